using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Tests.Protocol;

/// <summary>
/// The platform's side of the worker protocol, as far as one worker needs it: a gRPC service with one call, a stream in both directions, over
/// which it asks and the worker answers.
/// </summary>
internal sealed class ScriptedHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource<JsonNode> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonNode>> _asked = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _writing = new(1);
    private HttpResponse _worker = null!;
    private int _requests;

    private ScriptedHost(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>What the worker wrote into the platform's log, at the level of a warning or above.</summary>
    public ConcurrentQueue<string> Warnings { get; } = new();

    public static async Task<ScriptedHost> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2);
        });
        var app = builder.Build();
        var host = new ScriptedHost(app);
        app.MapPost("/AzureFunctionsRpcMessages.FunctionRpc/EventStream", host.Talk);
        await app.StartAsync();
        host.Address = new Uri(app.Urls.First());
        return host;
    }

    /// <summary>What the worker begins with.</summary>
    public Task<JsonNode> Started() => _started.Task.WaitAsync(Engine.Soon());

    /// <summary>Sends a request of a kind and waits for the answer that bears its id.</summary>
    public async Task<JsonNode> Ask(string kind, JsonNode content)
    {
        var id = FormattableString.Invariant($"request-{Interlocked.Increment(ref _requests)}");
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Tell(kind, content, id);
        return await answer.Task.WaitAsync(Engine.Soon());
    }

    public async Task Tell(string kind, JsonNode content, string id = "")
    {
        var frame = RpcMessages.Framed(new JsonObject { ["requestId"] = id, [kind] = content });
        await _writing.WaitAsync();
        try
        {
            await _worker.Body.WriteAsync(frame);
            await _worker.Body.FlushAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _writing.Dispose();
    }

    private async Task Talk(HttpContext call)
    {
        _worker = call.Response;
        _worker.ContentType = "application/grpc";
        await _worker.StartAsync();
        try
        {
            while (await RpcMessages.Read(call.Request.BodyReader, call.RequestAborted) is { } message)
            {
                Take(message);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The worker has ended.
        }

        foreach (var asked in _asked.Values)
        {
            asked.TrySetException(new IOException("The worker ended before it answered."));
        }
    }

    private void Take(JsonNode message)
    {
        if (message["startStream"] is not null)
        {
            _started.TrySetResult(message);
        }
        else if (message["rpcLog"] is { } log)
        {
            if (log["level"]?.GetValue<string>() is "Warning" or "Error" or "Critical")
            {
                Warnings.Enqueue($"{log["category"]}: {log["message"]} {log["exception"]?["message"]}");
            }
        }
        else if (_asked.TryRemove(message["requestId"]?.GetValue<string>() ?? "", out var asked))
        {
            asked.TrySetResult(message);
        }
    }
}
