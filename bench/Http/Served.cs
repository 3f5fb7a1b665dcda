using System.Globalization;
using CasePlanning.Host.Loop;
using CasePlanning.Host.Serve;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Bench.Http;

/// <summary>The self-hosted process as it is, in this process, over a data directory.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LoggedErrors _errors = new();

    private Served(WebApplication app)
    {
        _app = app;
        Get<ILoggerFactory>().AddProvider(_errors);
    }

    public Uri Address => new(_app.Urls.First());

    public WakeDispatcher Wakes => _app.Services.GetRequiredService<WakeDispatcher>();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="data">Its data directory.</param>
    /// <param name="page">A document served beside its own, from memory.</param>
    public static async Task<Served> Start(string data, byte[]? page = null)
    {
        Environment.SetEnvironmentVariable("DOTNET_ENVIRONMENT", "Development");
        var output = Console.Out;
        Console.SetOut(TextWriter.Null);
        var app = HostBuilding.Build("http://127.0.0.1:0", data, packs: null);
        if (page is not null)
        {
            app.MapGet("/static", (RequestDelegate)(context =>
            {
                context.Response.ContentType = "application/json; charset=utf-8";
                context.Response.ContentLength = page.Length;
                return context.Response.Body.WriteAsync(page, context.RequestAborted).AsTask();
            }));
        }

        var served = new Served(app);
        await HostBuilding.Prepare(app);
        await app.StartAsync(CancellationToken.None);
        Console.SetOut(output);
        return served;
    }

    /// <summary>Has a second process ask.</summary>
    public async Task<Seen> Ask(string kind, TimeSpan duration, int connections)
    {
        var seen = await SecondProcess.Ask<Seen>(
            workstation: false, "load", Address.ToString(), kind, duration.TotalSeconds.ToString(CultureInfo.InvariantCulture), connections.ToString(CultureInfo.InvariantCulture));
        WrongAnswerException.Check($"answers to {kind} that were no success", 0, seen.Refused);
        return seen;
    }

    /// <summary>Ends it, and throws if it logged an error.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _errors.Check();
    }
}
