using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Application.Mail;

/// <summary>What a mail gateway learned of a message after it took it.</summary>
public enum DeliveryOutcome
{
    /// <summary>It is in the person's mailbox.</summary>
    Delivered,

    /// <summary>The person's mail server puts it off; the gateway goes on trying.</summary>
    Deferred,

    /// <summary>The person's mail server refused it for good.</summary>
    Bounced,

    /// <summary>The gateway gave it up without handing it over.</summary>
    Dropped,
}

/// <summary>One report of a mail gateway.</summary>
/// <param name="Reason">The words of the mail server or gateway; required unless the message was delivered.</param>
/// <param name="At">When it happened.</param>
public sealed record DeliveryReport(DeliveryOutcome Outcome, string? Reason, DateTimeOffset At);

/// <summary>
/// Takes what mail gateways report. A bounce has the consequences of a refusal. Reports may come late, twice and in any order: a message that
/// didn't arrive stays so, the first delivery counts, and what is of an attempt before a release changes nothing.
/// </summary>
public sealed class Deliveries(IOutbox outbox, DeadLetters deadLetters)
{
    /// <summary>How far a gateway's clock may be ahead or behind.</summary>
    private static readonly TimeSpan MostApart = TimeSpan.FromMinutes(10);

    /// <summary>Records a report on a message of the caller's agency, and answers with the message as it then stands.</summary>
    public async Task<Result<Message>> Report(Caller caller, string messageId, DeliveryReport report, CancellationToken ct)
    {
        if (!caller.Is(Role.Administrator))
        {
            return new Refusal.Forbidden("Mail gateways sign in as administrators.");
        }

        if (await outbox.Find(messageId, ct) is not { } message || message.Agency != caller.Person.Agency)
        {
            return new Refusal.NotFound($"Message {messageId}");
        }

        Violation[] violations =
        [
            .. report.Outcome == DeliveryOutcome.Delivered || !string.IsNullOrWhiteSpace(report.Reason) ? [] : new[] { new Violation("delivery", "Say why it didn't arrive.", "reason") },
            .. report.At <= caller.Now + MostApart ? [] : new[] { new Violation("delivery", "It can't have happened in the future.", "at") },
            .. report.At >= message.StoredAt - MostApart ? [] : new[] { new Violation("delivery", "It can't have happened before the message was stored.", "at") },
        ];
        return violations.Length > 0 ? new Refusal.Invalid(violations) : await Record(message, report, caller.Now, ct);
    }

    private async Task<Message> Record(Message message, DeliveryReport report, DateTimeOffset now, CancellationToken ct)
    {
        while (After(message, report) is { } after)
        {
            if ((after.State == MessageState.Dead ? await deadLetters.Save(after, now, ct) : await outbox.Update(after, ct) ? after : null) is { } stored)
            {
                return stored;
            }

            message = (await outbox.Find(message.Id, ct))!;
        }

        return message;
    }

    /// <summary>The message after a report, or null where the report says nothing new.</summary>
    private static Message? After(Message message, DeliveryReport report)
    {
        // A gateway that reports on a message has taken it, whatever this process got to know.
        var taken = message with { State = MessageState.Sent, SentAt = message.SentAt ?? report.At, Attempts = Math.Max(message.Attempts, 1), Revision = message.Revision + 1 };
        return (message.State, report.Outcome) switch
        {
            (MessageState.Dead, _) => null,
            _ when IsOfAnEarlierAttempt(message, report) => null,
            (_, DeliveryOutcome.Delivered) => message.DeliveredAt is null ? taken with { DeliveredAt = report.At, LastError = null } : null,
            (_, DeliveryOutcome.Deferred) => message.DeliveredAt is null && message.LastError != Words(report) ? taken with { LastError = Words(report) } : null,
            _ => taken with { State = MessageState.Dead, DeliveredAt = null, LastError = Words(report) },
        };
    }

    /// <summary>
    /// A message that was taken once and waits again was released after that: until it is handed over anew, whatever is reported is of before. Of one that
    /// was, whatever happened before it was.
    /// </summary>
    private static bool IsOfAnEarlierAttempt(Message message, DeliveryReport report) =>
        message.SentAt is { } sent && (message.State == MessageState.Waiting || report.At < sent - MostApart);

    private static string Words(DeliveryReport report) => Reasons.Line($"{report.Outcome}: {report.Reason}");
}
