using CasePlanning.Application.Ports;

namespace CasePlanning.Application.Loop;

/// <summary>Hands over one stored message and records how it went: at least once, with back-off, and a dead letter in the end.</summary>
public sealed class MailDispatch(IOutbox outbox, ICaseStore cases, IMailSender sender)
{
    /// <summary>Tries before a message becomes a dead letter that an administrator sees; with the back-off, about three days.</summary>
    public const int MostAttempts = 24;

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    /// <summary>Sends the message unless it was sent or given up meanwhile, or tells an agency of a case that it has transferred.</summary>
    public async Task<Message?> Dispatch(string messageId, DateTimeOffset now, CancellationToken ct)
    {
        if (await outbox.Find(messageId, ct) is not { State: MessageState.Waiting } message || message.NextAttempt > now)
        {
            return null;
        }

        var attempts = message.Attempts + 1;
        var outcome = message.Case is { } about && (await cases.Find(about, ct))?.File.Agency is { } holder && holder != message.Agency
            ? new SendOutcome.Rejected("The case was transferred to another agency.")
            : await sender.Send(message, ct);
        var after = outcome switch
        {
            SendOutcome.Sent => message with { State = MessageState.Sent, Attempts = attempts, SentAt = now, LastError = null },
            SendOutcome.Rejected rejected => message with { State = MessageState.Dead, Attempts = attempts, LastError = rejected.Reason },
            SendOutcome.Unavailable when attempts >= MostAttempts => message with { State = MessageState.Dead, Attempts = attempts, LastError = $"Given up after {attempts} tries." },
            SendOutcome.Unavailable unavailable => message with { Attempts = attempts, NextAttempt = now + PauseAfter(attempts), LastError = unavailable.Reason },
            _ => throw new InvalidOperationException("A sender answered something else than sent, rejected or unavailable."),
        };
        await outbox.Update(after, ct);
        return after;
    }

    /// <summary>One minute, doubling up to four hours.</summary>
    public static TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromMinutes(Math.Min(Math.Pow(2, Math.Min(attempts - 1, 20)), LongestPause.TotalMinutes));

    /// <summary>Has a dead letter tried again from the beginning.</summary>
    public static Message Released(Message dead, DateTimeOffset now) => dead with { State = MessageState.Waiting, NextAttempt = now };
}
