using CasePlanning.Application.Cases;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Loop;

/// <summary>What a loop needs to know after a tick.</summary>
/// <param name="Stage">The plan's stage; null for the case's own duties.</param>
/// <param name="NextDeadline">The next open deadline in words, or null.</param>
/// <param name="NextWake">When to tick again, UTC; null when only a change can bring something due.</param>
/// <param name="Ended">True when the subject has closed or doesn't exist, so that its loop can end.</param>
/// <param name="Stored">Ids of the messages that it stored to be sent at once.</param>
public sealed record TickResult(Stage? Stage, string? NextDeadline, DateTimeOffset? NextWake, bool Ended, IReadOnlyList<string> Stored);

/// <summary>
/// The one thing every loop does: read the agenda of a subject's case and save what is due. It is safe to call at any time, any number
/// of times, by several loops at once.
/// </summary>
public sealed class Ticker(ICaseStore cases, IDirectoryStore directories, IWakeStore wakes, MailTexts mail)
{
    private const int MostTries = 100;

    /// <param name="subject"><c>plan:…</c> or <c>case:…</c>.</param>
    /// <param name="now">The instant to tick at.</param>
    /// <param name="ct">Cancels the tick before it saves.</param>
    public async Task<TickResult> Tick(string subject, DateTimeOffset now, CancellationToken ct)
    {
        using var span = Telemetry.Tick(subject);
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await cases.Find(CaseOf(subject), ct) is not { } record)
            {
                return new TickResult(null, null, null, Ended: true, Stored: []);
            }

            var (change, agenda) = Decide(record, await DirectoryOf(record, ct), now);
            var outcome = await IsIdle(change, subject, ct) ? SaveOutcome.Saved : await cases.Save(change, ct);
            if (outcome == SaveOutcome.Saved)
            {
                return ResultFor(subject, change, agenda);
            }

            if (outcome == SaveOutcome.TooLarge)
            {
                throw new InvalidOperationException($"{subject} could not be ticked. {UnitOfWork.TooLarge(record.File.Id).Title}");
            }
        }

        throw new InvalidOperationException($"{subject} could not be ticked in {MostTries} tries.");
    }

    /// <summary>Ticks subjects of different cases, which are read and saved together. What fails for one fails for all of them; they can be ticked one by one then.</summary>
    public async Task Tick(IReadOnlyList<string> subjects, DateTimeOffset now, CancellationToken ct)
    {
        using var span = Telemetry.Tick(subjects.Count);
        var subjectOf = subjects.ToDictionary(CaseOf, StringComparer.Ordinal);
        var records = await cases.Find([.. subjectOf.Keys], ct);
        var directoryOf = new Dictionary<string, AgencyDirectory>(StringComparer.Ordinal);
        var changes = new List<CaseChange>(records.Count);
        foreach (var record in records)
        {
            if (!directoryOf.TryGetValue(record.File.Agency, out var directory))
            {
                directoryOf[record.File.Agency] = directory = await DirectoryOf(record, ct);
            }

            var (change, _) = Decide(record, directory, now);
            if (!await IsIdle(change, subjectOf[record.File.Id], ct))
            {
                changes.Add(change);
            }
        }

        var outcomes = changes.Count == 0 ? [] : await cases.Save(changes, ct);
        for (var index = 0; index < outcomes.Count; index++)
        {
            if (outcomes[index] != SaveOutcome.Saved)
            {
                await Tick(subjectOf[changes[index].Case], now, ct);
            }
        }
    }

    public static string CaseOf(string subject) =>
        subject.StartsWith("plan:", StringComparison.Ordinal) ? CasePlan.CaseOf(subject[5..]) : subject["case:".Length..];

    private (CaseChange Change, Agenda Agenda) Decide(CaseRecord record, AgencyDirectory directory, DateTimeOffset now) =>
        new CaseWork(record, record.File, directory, mail, CaseWork.System, now).Finish(reply: null);

    private async Task<AgencyDirectory> DirectoryOf(CaseRecord record, CancellationToken ct) =>
        await directories.Find(record.File.Agency, ct) ?? throw new InvalidOperationException($"Agency {record.File.Agency} of case {record.File.Id} doesn't exist.");

    /// <summary>A tick that would only write the wake that is stored already writes nothing.</summary>
    private async Task<bool> IsIdle(CaseChange change, string subject, CancellationToken ct) =>
        change.Rows == 1 + change.Wakes.Count
        && change.Wakes.FirstOrDefault(wake => wake.Subject == subject) is { } computed
        && (await wakes.Find(subject, ct))?.Due == computed.Due;

    private static TickResult ResultFor(string subject, CaseChange change, Agenda agenda)
    {
        var view = agenda.Plans.FirstOrDefault(plan => $"plan:{plan.Plan.Id}" == subject);
        var next = change.Wakes.FirstOrDefault(wake => wake.Subject == subject)?.Due;
        var closed = view is null ? agenda.Plans.Count > 0 && agenda.Plans.All(plan => plan.Stage == Stage.Closed) : view.Stage == Stage.Closed;
        return new TickResult(view?.Stage, agenda.Next(subject) is { } deadline ? Explanation.SentenceOf(deadline) : null, next, closed && next is null, [.. change.Messages.Select(message => message.Id)]);
    }
}
