using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Loop;

/// <summary>A message after an attempt at it.</summary>
/// <param name="Reached">False when no message could have been handed over, so that the others needn't be tried either.</param>
public sealed record Handover(Message Message, bool Reached);

/// <summary>
/// Hands over one stored message and records how it went: at least once, with back-off, and a dead letter in the end. While no message can be
/// handed over at all, none uses up its tries.
/// </summary>
public sealed class MailDispatch(IOutbox outbox, ICaseStore cases, IDirectoryStore directories, IMailSender sender, DeadLetters deadLetters, DigestJob digests)
{
    /// <summary>Tries before a message becomes a dead letter that an administrator sees; with the back-off, about three days.</summary>
    public const int MostAttempts = 24;

    /// <summary>How long a message waits when the server couldn't be reached.</summary>
    public static readonly TimeSpan PauseOfAnOutage = TimeSpan.FromMinutes(1);

    /// <summary>How long after it was written a digest is taken to say what it may; after an outage it is looked at again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    /// <summary>
    /// Sends the message unless it was sent or given up meanwhile, isn't to be tried yet, or tells of a case that was transferred or sealed to others
    /// since; a digest goes out without such cases.
    /// </summary>
    public async Task<Handover?> Dispatch(string messageId, DateTimeOffset now, CancellationToken ct)
    {
        if (await outbox.Find(messageId, ct) is not { State: MessageState.Waiting } message || message.NextAttempt > now)
        {
            return null;
        }

        using var span = Telemetry.Handover(message);
        var directory = await directories.Find(message.Agency, ct);
        var person = directory?.Person(message.Person);
        string? over = null;
        if (directory is not null && person is { Active: true })
        {
            over = await WhyOver(message, directory, person, now, ct);
            if (message.Kind == MessageKind.Digest && now - message.StoredAt >= Fresh)
            {
                var revised = await digests.Revised(message, directory, person, now, ct);
                (message, over) = (revised ?? message, revised is null ? "Its cases were transferred or sealed to others." : null);
            }
        }

        var isOver = over is not null;
        var outcome = over is not null ? new SendOutcome.Rejected(over) : await Attempt(message, person, ct);
        while (true)
        {
            var after = After(person is null ? message : message with { Address = person.Email }, outcome, now);
            if ((after.State == MessageState.Dead && !isOver ? await deadLetters.Save(after, now, ct) : await outbox.Update(after, ct) ? after : null) is { } stored)
            {
                Telemetry.HandedOver(stored);
                return new Handover(stored, outcome is not SendOutcome.Unreachable);
            }

            if (await outbox.Find(messageId, ct) is not { State: MessageState.Waiting } changed)
            {
                return null;
            }

            message = changed with { Subject = message.Subject, Body = message.Body, Items = message.Items };
        }
    }

    /// <summary>One minute, doubling up to four hours.</summary>
    public static TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromMinutes(Math.Min(Math.Pow(2, Math.Min(attempts - 1, 20)), LongestPause.TotalMinutes));

    /// <summary>Has a dead letter tried again from the beginning.</summary>
    public static Message Released(Message dead, DateTimeOffset now) => dead with { State = MessageState.Waiting, NextAttempt = now, Unheard = false, Revision = dead.Revision + 1 };

    /// <summary>
    /// Why a message about a case isn't to reach its person any more, or null: the agency it came to tells its own people, and whoever it was sealed to is
    /// asked anew. That something couldn't be delivered names the case and nothing of it.
    /// </summary>
    private async Task<string?> WhyOver(Message message, AgencyDirectory directory, Person person, DateTimeOffset now, CancellationToken ct) =>
        message.Case is not { } about || await cases.Find(about, ct) is not { File: var file } ? null
        : file.Agency != message.Agency ? "The case was transferred to another agency."
        : message is { Kind: MessageKind.Undelivered, Role: Role.Administrator } || directory.MayBeTold(person, message.Role, file, directory.Calendar.DateAt(now)) ? null
        : "The case was sealed to others.";

    /// <summary>To the address its person has by now. A message that breaks the sender is put off like one the server puts off, and given up in the end.</summary>
    private async Task<SendOutcome> Attempt(Message message, Person? person, CancellationToken ct)
    {
        if (person is not { Active: true })
        {
            return new SendOutcome.Rejected($"{person?.Name ?? message.Person} is not with the agency any more.");
        }

        try
        {
            return await sender.Send(message with { Address = person.Email }, ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            return new SendOutcome.Unavailable($"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private static Message After(Message message, SendOutcome outcome, DateTimeOffset now)
    {
        var attempts = message.Attempts + 1;
        var next = message with { Revision = message.Revision + 1 };
        return outcome switch
        {
            SendOutcome.Sent => next with { State = MessageState.Sent, Attempts = attempts, SentAt = now, LastError = null },
            SendOutcome.Rejected rejected => next with { State = MessageState.Dead, Attempts = attempts, LastError = Reasons.Line(rejected.Reason) },
            SendOutcome.Unavailable unavailable when attempts >= MostAttempts => next with { State = MessageState.Dead, Attempts = attempts, LastError = Reasons.Line($"Given up after {attempts} tries. {unavailable.Reason}") },
            SendOutcome.Unavailable unavailable => next with { Attempts = attempts, NextAttempt = now + PauseAfter(attempts), LastError = Reasons.Line(unavailable.Reason) },
            SendOutcome.Unreachable unreachable => next with { NextAttempt = now + PauseOfAnOutage, LastError = Reasons.Line(unreachable.Reason) },
            _ => throw new InvalidOperationException("A sender answered something unknown."),
        };
    }
}
