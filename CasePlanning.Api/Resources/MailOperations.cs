using CasePlanning.Api.Pipeline;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

/// <summary>What a mail gateway reports of a message.</summary>
public sealed record DeliveryBody
{
    public required DeliveryOutcome Outcome { get; init; }

    /// <summary>The words of the mail server or gateway; may be left out for <c>delivered</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    internal DeliveryReport ToReport() => new(Outcome, Reason, At);
}

internal static class MailOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Mail",
        Define.Read<IReadOnlyList<MailTrace>>("listMail", "/api/mail", Policy.Administer, "The agency's mail without its text, newest first.",
            call => call.Get<TeamReading>().Mail(call.Caller, call.Query<MessageState>("state"), call.Aborted),
            query: new QueryParameter("state", typeof(MessageState), "Only mail in this state.")),
        Define.Plain<MailTrace>("releaseMail", HttpMethods.Post, "/api/mail/{id}/release", Policy.Administer, "Has a dead letter tried again.",
            call => call.Get<TeamReading>().Release(call.Caller, call.Route("id"), call.Aborted)).Repeatable(),
        Define.Plain<IReadOnlyList<MailTrace>>("releaseAllMail", HttpMethods.Post, "/api/people/{id}/mail/release", Policy.Administer,
            "Has every dead letter to a person tried again, but for digests and summaries of days gone by; answers with those that are.",
            call => call.Get<TeamReading>().ReleaseAllTo(call.Caller, call.Route("id"), call.Aborted)).Repeatable(),
        Define.Write<DeliveryBody, MailTrace>("reportDelivery", HttpMethods.Post, "/api/mail/{id}/delivery", Policy.Administer,
            "Records what a mail gateway learned of a message it took; a bounce or drop makes it a dead letter with all that follows. The same report again is harmless.",
            Report).Repeatable());

    private static async Task<Result<MailTrace>> Report(Call call, DeliveryBody body)
    {
        var reported = await call.Get<Deliveries>().Report(call.Caller, call.Route("id"), body.ToReport(), call.Aborted);
        return reported.Refusal is null ? await call.Get<TeamReading>().Seen(call.Caller, reported.Value, call.Aborted) : reported.Refusal;
    }
}
