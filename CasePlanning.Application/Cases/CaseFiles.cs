using System.Text.Json;
using System.Text.RegularExpressions;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Approval;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Application.Cases;

/// <summary>What a case is opened with.</summary>
public sealed record NewCase
{
    /// <summary>The agency's own case number; 1 to 40 letters, digits or hyphens. With the agency it names the case.</summary>
    public required string Number { get; init; }

    /// <summary>The date of the opening, in the agency's zone.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>The unit that answers for the case while nobody is assigned.</summary>
    public string? Unit { get; init; }

    /// <summary>Ids of the only people who may see the case; null for a case that isn't sealed.</summary>
    public IReadOnlyList<string>? SealedTo { get; init; }

    /// <summary>First facts, recorded with the opening.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];
}

/// <summary>A fact as it now stands on its case; <paramref name="New"/> is false when it was on record before.</summary>
public sealed record FactOnRecord(string Case, Fact Fact, bool New);

/// <summary>Opens cases, and records, corrects and withdraws their facts.</summary>
public sealed partial class CaseFiles(UnitOfWork units, ICaseStore cases, MailTexts mail)
{
    /// <summary>Opens a case; opening it again with the same content answers with the case as it is.</summary>
    public async Task<Result<CaseFile>> Open(Caller caller, NewCase asked, CancellationToken ct)
    {
        if (!caller.Is(Role.Administrator) && !caller.Is(Role.Supervisor) && !caller.Is(Role.Worker))
        {
            return new Refusal.Forbidden("Cases are opened by workers, supervisors and administrators.");
        }

        var id = $"{caller.Person.Agency}-{asked.Number}".ToLowerInvariant();
        var opening = Stamp(new Opening { Source = "opening", On = asked.OpenedOn }, caller);
        var file = new CaseFile { Id = id, Agency = caller.Person.Agency, Number = asked.Number, Unit = asked.Unit ?? caller.Person.Unit, SealedTo = asked.SealedTo, Facts = [opening] };
        var violations = new List<Violation>();
        violations.AddRange(NumberPattern().IsMatch(asked.Number) ? [] : [new Violation("case", "A case number takes 1 to 40 letters, digits or hyphens.", "number")]);
        violations.AddRange(asked.Unit is null || caller.Directory.Unit(asked.Unit) is not null ? [] : [new Violation("case", $"There is no unit '{asked.Unit}' in this agency.", "unit")]);
        violations.AddRange(asked.SealedTo is { Count: 0 } ? [new Violation("case", "A sealed case is open to somebody; name who, or leave it unsealed.", "sealedTo")] : []);
        violations.AddRange((asked.SealedTo ?? []).Where(person => caller.Directory.Person(person) is not { Active: true }).Select(person => new Violation("case", $"There is no person '{person}' in this agency.", "sealedTo")));
        violations.AddRange(FactValidator.Check(file, opening, caller.Today).Select(violation => violation with { Field = "openedOn" }));
        foreach (var fact in asked.Facts.OrderBy(fact => fact is Participant ? 0 : 1))
        {
            violations.AddRange(fact is Opening || PlanOf(fact) is not null || fact is Excusal ? [new Violation("fact", $"A {Word(fact)} doesn't come with a new case; it is recorded later, by its own rules.", $"facts/{fact.Key}")] : []);
            violations.AddRange(file.Find(fact.Kind, fact.Source) is null ? [] : [new Violation("fact", $"The {Word(fact)} {fact.Source} is given twice.", $"facts/{fact.Key}")]);
            violations.AddRange(CheckFact(file, fact, caller).Select(violation => violation with { Field = $"facts/{fact.Key}/{violation.Field}" }));
            file = file.With(Stamp(fact, caller)) with { Revision = 1 };
        }

        if (violations.Count > 0)
        {
            return new Refusal.Invalid(violations);
        }

        if (await cases.Find(id, ct) is { } existing)
        {
            return Existing(caller, existing.File, file);
        }

        var work = new CaseWork(null, file, caller.Directory, mail, caller.Person.Id, caller.Now);
        work.Log("opened", FormattableString.Invariant($"The case was opened on {asked.OpenedOn:yyyy-MM-dd}."));
        switch (await units.Save(work, file, caller, ct))
        {
            case SaveOutcome.Saved:
                return file;
            case SaveOutcome.TooLarge:
                return UnitOfWork.TooLarge(id);
        }

        if (caller.ReplyKey is { } key && await cases.FindReply(key, caller.Now, ct) is not null)
        {
            return new Refusal.KeyReused();
        }

        return Existing(caller, (await cases.Find(id, ct))!.File, file);
    }

    /// <summary>Records a fact; recording the same again is harmless, recording something else under its id is refused.</summary>
    public Task<Result<FactOnRecord>> Record(Caller caller, string caseId, Fact fact, CancellationToken ct) =>
        units.Change(caller, caseId, Access.MayRecordFacts, work => Task.FromResult(RecordIn(work, fact, caller)), ct);

    /// <summary>Puts other content in place of a fact's; what was said before stays in the history.</summary>
    public Task<Result<FactOnRecord>> Correct(Caller caller, string caseId, Fact fact, string reason, CancellationToken ct) =>
        units.Change(caller, caseId, MayChange(fact.Kind), work => Task.FromResult(Replace(work, fact.Kind, fact.Source, reason, before =>
        {
            var violations = CheckFact(work.File, fact, caller);
            violations.AddRange(fact is PlanClosing ? [new Violation("MN-15", "A closing isn't corrected: withdraw it, and close the plan again with what closing needs.", "fact")] : []);
            violations.AddRange(PlanOf(before) == PlanOf(fact) ? [] : [new Violation("fact", "A correction can't move it to another plan; withdraw it, and record it there.", "plan")]);
            return violations.Count > 0
                ? new Refusal.Invalid(violations)
                : fact with { RecordedAt = caller.Now, RecordedOn = before.RecordedOn, RecordedBy = caller.Person.Id, Revision = before.Revision + 1 };
        })), ct);

    /// <summary>Withdraws a fact; it stays on record with the reason and counts for nothing.</summary>
    public Task<Result<FactOnRecord>> Withdraw(Caller caller, string caseId, string kind, string source, string reason, CancellationToken ct) =>
        units.Change(caller, caseId, MayChange(kind), work => Task.FromResult(Replace(work, kind, source, reason, before =>
            before is Opening ? new Refusal.Invalid([new Violation("fact", "A case's opening can be corrected, but not withdrawn.", "source")])
            : before is Transfer ? new Refusal.Invalid([new Violation("fact", "A transfer isn't withdrawn; the agency that holds the case transfers it back.", "source")])
            : before.Withdrawn is not null ? new Refusal.AlreadyRecorded("This fact was withdrawn before.")
            : before with { Withdrawn = reason, RecordedAt = caller.Now, RecordedBy = caller.Person.Id, Revision = before.Revision + 1 })), ct);

    /// <summary>Adds a fact within a unit of work that other use cases have begun.</summary>
    internal static Result<FactOnRecord> RecordIn(CaseWork work, Fact fact, Caller caller)
    {
        var before = work.File.Find(fact.Kind, fact.Source);
        if (before is not null)
        {
            return before.Withdrawn is null && before.SaysTheSameAs(fact)
                ? new FactOnRecord(work.File.Id, before, New: false)
                : new Refusal.AlreadyRecorded(before.Withdrawn is null
                    ? $"The {Word(fact)} {fact.Source} is on record with other content. Correct it, with a reason."
                    : $"The {Word(fact)} {fact.Source} was withdrawn. Correct it, with a reason, or record it under another id.");
        }

        if (fact is Meeting { What: MeetingKind.SupervisorReview } && !caller.Is(Role.Administrator) && !Access.MaySupervise(caller, work.File))
        {
            return new Refusal.Forbidden("A supervisor's review is recorded by the supervisor, or by whoever stands in.", [new Violation("MN-15", "Closing needs the supervisor's own review.", "what", Sources.Minnesota)]);
        }

        var violations = CheckFact(work.File, fact, caller);
        if (violations.Count > 0)
        {
            return new Refusal.Invalid(violations);
        }

        var stamped = Stamp(fact, caller);
        work.Put(work.File.With(stamped));
        work.Log("recorded", FormattableString.Invariant($"The {Word(fact)} {fact.Source} of {fact.On:yyyy-MM-dd} was recorded."));
        return new FactOnRecord(work.File.Id, stamped, New: true);
    }

    /// <summary>What was a supervisor's to give is a supervisor's to change.</summary>
    private static Func<Caller, CaseFile, bool> MayChange(string kind) => kind is "excusal" or "reopening" or "closing" ? Access.MaySupervise : Access.MayRecordFacts;

    private static string? PlanOf(Fact fact) => fact switch
    {
        PlanReview review => review.Plan,
        PlanClosing closing => closing.Plan,
        PlanReopening reopening => reopening.Plan,
        _ => null,
    };

    private static Result<FactOnRecord> Replace(CaseWork work, string kind, string source, string reason, Func<Fact, Result<Fact>> replace)
    {
        if (work.File.Find(kind, source) is not { } before)
        {
            return new Refusal.NotFound($"{kind} {source}");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal.Invalid([new Violation("fact", "Give the reason for the correction or withdrawal.", "reason")]);
        }

        return replace(before).Then<FactOnRecord>(after =>
        {
            work.Put(work.File.With(after));
            work.Log(after.Withdrawn is null ? "corrected" : "withdrawn", $"The {Word(before)} {source} was {(after.Withdrawn is null ? "corrected" : "withdrawn")}.", reason: reason, before: JsonSerializer.Serialize(before, ApplicationJson.Options));
            return new FactOnRecord(work.File.Id, after, New: false);
        });
    }

    private static Result<CaseFile> Existing(Caller caller, CaseFile existing, CaseFile asked) =>
        existing.Agency != caller.Person.Agency && existing.Of<Transfer>().Any(transfer => transfer.From == caller.Person.Agency)
            ? new Refusal.AlreadyRecorded("This number was used for a case that your agency has transferred; give the case another one.")
        : !Access.MaySee(caller, existing) ? new Refusal.AlreadyRecorded("This case number is in use.")
        : asked.Unit == existing.Unit && (asked.SealedTo ?? []).ToHashSet(StringComparer.Ordinal).SetEquals(existing.SealedTo ?? [])
            && asked.Facts.All(fact => existing.Find(fact.Kind, fact.Source)?.SaysTheSameAs(fact) == true) ? existing
        : new Refusal.AlreadyRecorded($"Case {existing.Number} is open with other content.");

    private static List<Violation> CheckFact(CaseFile file, Fact fact, Caller caller)
    {
        var violations = FactValidator.Check(file, fact, caller.Today).ToList();
        if (fact is Assignment assignment && caller.Directory.Person(assignment.Person) is null)
        {
            violations.Add(new Violation("fact", $"There is no person '{assignment.Person}' in this agency.", "person"));
        }

        return violations;
    }

    private static Fact Stamp(Fact fact, Caller caller) =>
        fact with { RecordedAt = caller.Now, RecordedOn = caller.Today, RecordedBy = caller.Person.Id, Revision = 1, Withdrawn = null };

    private static string Word(Fact fact) => fact.Kind.Replace('-', ' ');

    [GeneratedRegex("^[A-Za-z0-9-]{1,40}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NumberPattern();
}
