using CasePlanning.Storage.Tests.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace CasePlanning.Functions.Tests.Tables;

/// <summary>Stands before an account in Azurite, passes everything on, and counts the requests as the service would bill them.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly WebApplication _app;
    private readonly Uri _azurite;
    private int _gets;
    private int _pages;
    private int _transactions;
    private (int Requests, TaskCompletionSource Passed) _awaited = (-1, new());

    private Wire(WebApplication app, Uri azurite) => (_app, _azurite) = (app, azurite);

    /// <summary>The connection string of the account behind this.</summary>
    public string Account { get; private set; } = "";

    /// <summary>That of the account itself.</summary>
    public string Direct { get; private set; } = "";

    public TableCalls Counted => new(Volatile.Read(ref _gets), Volatile.Read(ref _pages), Volatile.Read(ref _transactions));

    public static async Task<Wire> Start()
    {
        var account = await Azurite.Account();
        var endpoint = new Uri(account[(account.IndexOf("TableEndpoint=", StringComparison.Ordinal) + "TableEndpoint=".Length)..].TrimEnd(';'));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var wire = new Wire(app, new Uri(endpoint.GetLeftPart(UriPartial.Authority)));
        app.Run(wire.Pass);
        await app.StartAsync();
        wire.Direct = account;
        wire.Account = account.Replace(endpoint.Authority, new Uri(app.Urls.First()).Authority, StringComparison.Ordinal);
        return wire;
    }

    /// <summary>What a piece of work asks for.</summary>
    public async Task<TableCalls> Of(Func<Task> work)
    {
        var before = Counted;
        await work();
        return Counted - before;
    }

    /// <summary>Completes when a number of further requests have come by; the last of them goes on its way then.</summary>
    public Task After(int requests)
    {
        _awaited = (Counted.All + requests, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return requests == 0 ? Task.CompletedTask : _awaited.Passed.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task Pass(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        Count(context.Request.Method, target);
        if (Counted.All == _awaited.Requests)
        {
            _awaited.Passed.TrySetResult();
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_azurite, target));
        request.Content = HttpMethods.IsGet(context.Request.Method) ? null : new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers.Where(header => header.Key is not ("Host" or "Transfer-Encoding")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not ("Transfer-Encoding" or "Connection" or "Keep-Alive")))
        {
            context.Response.Headers[name] = new StringValues([.. values]);
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private void Count(string method, string target)
    {
        if (target.Contains("$batch", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _transactions);
        }
        else if (HttpMethods.IsGet(method))
        {
            Interlocked.Increment(ref target.Contains("RowKey=", StringComparison.Ordinal) && !target.Contains('?', StringComparison.Ordinal) ? ref _gets : ref _pages);
        }
    }
}
