using System.Text.Json;
using CasePlanning.Application;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Functions.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using static Microsoft.Azure.Functions.Worker.AuthorizationLevel;

namespace CasePlanning.Functions.Mail;

/// <summary>
/// Takes what SendGrid reports of the mail it took, by the use case of <c>POST /api/mail/{id}/delivery</c>. Its signature says who it is. Reports
/// may come late, twice and in any order; those that failed here are sent again for a day.
/// </summary>
public sealed class SendGridEvents(SendGridSettings settings, IOutbox outbox, IDirectoryStore directories, Deliveries deliveries, TimeProvider clock, ILogger<SendGridEvents> log)
{
    public const string Name = "takeSendGridEvents";

    /// <summary>SendGrid sends less than a megabyte at a time.</summary>
    private const int LargestBody = 4 * 1024 * 1024;

    [Function(Name)]
    public async Task<IResult> Take([HttpTrigger(Anonymous, "post", Route = "hooks/sendgrid")] HttpRequest request, CancellationToken ct)
    {
        if (settings.EventKey is not { } key)
        {
            return Results.NotFound();
        }

        if (await Read(request, ct) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var timestamp = request.Headers[EventSignature.TimestampHeader].ToString();
        if (!EventSignature.IsOf(timestamp, clock.GetUtcNow()) || !EventSignature.Holds(key, request.Headers[EventSignature.Header].ToString(), timestamp, body))
        {
            return Results.Unauthorized();
        }

        if (Parse(body) is not { } events)
        {
            return Results.BadRequest();
        }

        foreach (var reported in events)
        {
            await Take(reported, ct);
        }

        return Results.NoContent();
    }

    private static IReadOnlyList<SendGridEvent>? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<IReadOnlyList<SendGridEvent>>(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task Take(SendGridEvent reported, CancellationToken ct)
    {
        if (reported is not { Message: { } id, Report: { } report } || await outbox.Find(id, ct) is not { } message || await directories.Find(message.Agency, ct) is not { } directory)
        {
            return;
        }

        var answer = await deliveries.Report(new Caller(Gateway(message.Agency), directory, clock.GetUtcNow()), id, report, ct);
        if (answer.Refusal is { } refusal)
        {
            log.LogWarning("SendGrid's report on mail {Id} was refused: {Title} {Reasons}", id, refusal.Title, string.Join(' ', refusal.Reasons.Select(reason => reason.Message)));
        }
    }

    /// <summary>Mail gateways sign in as administrators; this one has signed what it sends.</summary>
    private static Person Gateway(string agency) => new() { Id = "sendgrid", Agency = agency, Name = "SendGrid", Email = "", Roles = [Role.Administrator] };

    /// <summary>The body, or null when it is larger than any that SendGrid sends.</summary>
    private static async Task<byte[]?> Read(HttpRequest request, CancellationToken ct)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (body.Length + read > LargestBody)
            {
                return null;
            }

            await body.WriteAsync(buffer.AsMemory(0, read), ct);
        }

        return body.ToArray();
    }
}
