using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Tests.Mail;

/// <summary>Speaks the mail service's side of its wire format on loopback: takes what is posted to <c>/v3/mail/send</c> and answers as told.</summary>
internal sealed class MailService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(int Status, string Body)> _answers = new();

    private MailService(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public ConcurrentQueue<(string? Authorization, JsonElement Body)> Taken { get; } = new();

    public static async Task<MailService> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var service = new MailService(app);
        app.MapPost("/v3/mail/send", service.Take);
        await app.StartAsync();
        return service;
    }

    /// <summary>Answers the next request with this, before those that follow are taken.</summary>
    public void Answer(int status, string body = "") => _answers.Enqueue((status, body));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Taken.Enqueue((context.Request.Headers.Authorization, body.RootElement.Clone()));
        if (_answers.TryDequeue(out var answer))
        {
            context.Response.StatusCode = answer.Status;
            await context.Response.WriteAsync(answer.Body);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
    }
}
