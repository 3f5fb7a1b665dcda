using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CasePlanning.Functions.Tests.Protocol;

/// <summary>What the platform does with a worker: it asks for its functions, loads them and invokes them, HTTP over the worker's own endpoint.</summary>
internal sealed class Platform : IAsyncDisposable
{
    private readonly ScriptedHost _host;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly Uri _engine;
    private readonly Dictionary<string, JsonObject> _functions = new(StringComparer.Ordinal);
    private Uri _address = null!;
    private int _invocations;

    private Platform(ScriptedHost host, WorkerProcess worker, Uri engine) => (_host, Worker, _engine) = (host, worker, engine);

    public WorkerProcess Worker { get; }

    /// <summary>The functions that the worker has said it has.</summary>
    public IEnumerable<string> Loaded => _functions.Keys;

    public IReadOnlyCollection<string> Warnings => _host.Warnings;

    /// <summary>Starts a worker and takes it to where it can be invoked.</summary>
    /// <param name="engine">Where the Durable Task engine listens.</param>
    /// <param name="settings">As application settings.</param>
    public static async Task<Platform> Start(Uri engine, IReadOnlyDictionary<string, string> settings)
    {
        var host = await ScriptedHost.Start();
        var platform = new Platform(host, WorkerProcess.Start(host.Address, settings), engine);
        await platform.Load();
        return platform;
    }

    /// <summary>Sends an HTTP request to the worker beside the invocation it belongs to.</summary>
    public async Task<(int Status, JsonNode? Body)> Send(string function, HttpMethod method, string path, string? token = null, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Send(function, request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <inheritdoc cref="Send(string, HttpMethod, string, string?, string?, ValueTuple{string, string}[])"/>
    public async Task<HttpResponseMessage> Send(string function, HttpRequestMessage request)
    {
        var id = NextInvocation();
        var path = request.RequestUri!.IsAbsoluteUri ? request.RequestUri.PathAndQuery : request.RequestUri.OriginalString;
        var invocation = Invoke(function, id, new() { ["request"] = new JsonObject { ["http"] = new JsonObject { ["method"] = request.Method.Method, ["url"] = path } } });
        request.RequestUri = new Uri(_address, path);
        request.Headers.Add("x-ms-invocation-id", id);
        var response = await _http.SendAsync(request, Engine.Soon());
        await invocation;
        return response;
    }

    public Task<JsonNode> RunTimer(string function) => Invoke(function, NextInvocation(), new() { ["timer"] = Json("""{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""") });

    /// <summary>One turn of an orchestration, from its history to what the code decided.</summary>
    public async Task<string> RunOrchestration(string function, string history) =>
        Returned(await Invoke(function, NextInvocation(), new() { ["context"] = Text(history) })).GetValue<string>();

    public async Task<JsonNode> RunActivity(string function, string input) =>
        Returned(await Invoke(function, NextInvocation(), new() { ["subject"] = Json(JsonSerializer.Serialize(input)) }));

    public Task Terminate() => _host.Tell("workerTerminate", new JsonObject());

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Worker.DisposeAsync();
        await _host.DisposeAsync();
    }

    private async Task Load()
    {
        var started = await _host.Started();
        Assert.Equal(WorkerProcess.Id, started["startStream"]!["workerId"]!.GetValue<string>());

        var initialised = Succeeded(await _host.Ask("workerInitRequest", new JsonObject { ["hostVersion"] = "4.0.0", ["functionAppDirectory"] = WorkerProcess.Folder, ["workerDirectory"] = WorkerProcess.Folder }), "workerInitResponse");
        _address = new Uri(initialised["capabilities"]!["HttpUri"]!.GetValue<string>());

        var described = Succeeded(await _host.Ask("functionsMetadataRequest", new JsonObject { ["functionAppDirectory"] = WorkerProcess.Folder }), "functionMetadataResponse");
        foreach (var function in described["functionMetadataResults"]!.AsArray().Select(each => each!.DeepClone().AsObject()))
        {
            Succeeded(await _host.Ask("functionLoadRequest", new JsonObject { ["functionId"] = IdOf(function), ["metadata"] = function }), "functionLoadResponse");
            _functions[function["name"]!.GetValue<string>()] = function;
        }

        await Open();
    }

    /// <summary>The worker answers the platform before its endpoint is open; the platform tries again until it is.</summary>
    private async Task Open()
    {
        for (var soon = Engine.Soon(); ; soon.ThrowIfCancellationRequested())
        {
            try
            {
                using var connection = new TcpClient();
                await connection.ConnectAsync(_address.Host, _address.Port, soon);
                return;
            }
            catch (SocketException)
            {
                await Task.Yield();
            }
        }
    }

    private async Task<JsonNode> Invoke(string function, string id, Dictionary<string, JsonObject> inputs)
    {
        inputs["client"] = Text(JsonSerializer.Serialize(new { rpcBaseUrl = _engine, taskHubName = "CasePlanning", connectionName = "TaskHub", requiredQueryStringParameters = "", httpBaseUrl = _engine }));
        var request = new JsonObject
        {
            ["invocationId"] = id,
            ["functionId"] = IdOf(_functions[function]),
            ["traceContext"] = new JsonObject(),
            ["inputData"] = new JsonArray([.. from input in inputs where IsBound(_functions[function], input.Key) select new JsonObject { ["name"] = input.Key, ["data"] = input.Value }]),
        };
        return Succeeded(await _host.Ask("invocationRequest", request), "invocationResponse");
    }

    private string NextInvocation() => FormattableString.Invariant($"invocation-{Interlocked.Increment(ref _invocations)}");

    private static string IdOf(JsonObject function) => function["functionId"]!.GetValue<string>();

    private static bool IsBound(JsonObject function, string name) => function["bindings"]!.AsObject().ContainsKey(name);

    private static JsonObject Json(string json) => new() { ["json"] = json };

    private static JsonObject Text(string text) => new() { ["string"] = text };

    private static JsonNode Returned(JsonNode response)
    {
        var value = response["returnValue"]!;
        return value["string"] ?? JsonNode.Parse(value["json"]!.GetValue<string>())!;
    }

    private static JsonNode Succeeded(JsonNode answer, string kind)
    {
        var response = answer[kind] ?? throw new InvalidOperationException($"The worker answered {answer}");
        Assert.True(response["result"]?["status"]?.GetValue<string>() == "Success", $"{response}");
        return response;
    }
}
