using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.People;

/// <summary>A change of an agency's rules as an administrator sends it.</summary>
public sealed record ProposedRules
{
    /// <summary>The first day it holds, in the agency's zone; today or later.</summary>
    public required DateOnly InForceFrom { get; init; }

    public required IReadOnlyList<string> Packs { get; init; }

    /// <summary>The agency's own file over its packs; null for none.</summary>
    public RuleLayer? Layer { get; init; }

    public required string Why { get; init; }

    /// <summary>Everything that keeps an agency from taking it today.</summary>
    public IReadOnlyList<Violation> Check(Agency agency, DateOnly today)
    {
        var packs = PeopleValidator.Check(agency with { Packs = Packs }).Where(violation => violation.Field == "packs").ToArray();
        return
        [
            .. PlausibleDates.Check("rules", (InForceFrom, "inForceFrom")),
            .. InForceFrom < today ? [new Violation("rules", "A change can't be in force from a day that has passed.", "inForceFrom")] : Array.Empty<Violation>(),
            .. string.IsNullOrWhiteSpace(Why) ? [new Violation("rules", "Say why the rules change.", "why")] : Array.Empty<Violation>(),
            .. packs,
            .. packs.Length > 0 || Layer is null ? [] : RulePacks.Check(Packs, Layer).Select(violation => new Violation("rules", violation.Message, $"layer{violation.Path[1..]}")),
        ];
    }

    /// <summary>The agency with this change on record, its next revision.</summary>
    public Agency On(Agency agency, string by, DateTimeOffset now)
    {
        var change = new RuleChange { InForceFrom = InForceFrom, Packs = Packs, Layer = Layer, By = by, At = now, Why = Why };
        return agency with { Revision = agency.Revision + 1, RuleChanges = [.. agency.RuleChanges, change] };
    }

    /// <summary>What it would move of an agency's deadlines if it were in force now.</summary>
    public Task<MovedDeadlines> Moves(Agency agency, DateOnly today, DateTimeOffset now, DeadlineComparison comparison, Func<Domain.Cases.CaseFile, bool> shows, CancellationToken ct) =>
        comparison.Compare(agency, (this with { InForceFrom = today }).On(agency, "nobody", now), now, shows, ct);
}

/// <summary>Changes an agency's rules: shows beforehand what would move, dates the change, keeps who made it and why, and has every case looked at again.</summary>
public sealed class RuleKeeping(IDirectoryStore directories, DeadlineComparison comparison)
{
    public async Task<Result<Agency>> Change(Caller caller, ProposedRules proposed, CancellationToken ct) =>
        Check(caller, proposed) is { } refusal ? refusal : await Save(caller, proposed.On(caller.Directory.Agency, caller.Person.Id, caller.Now), ct);

    /// <summary>Compares every case's open deadlines, read now, under the rules as they are and as they would be once in force.</summary>
    public async Task<Result<MovedDeadlines>> Diff(Caller caller, ProposedRules proposed, CancellationToken ct) =>
        Check(caller, proposed) is { } refusal ? refusal : await proposed.Moves(caller.Directory.Agency, caller.Today, caller.Now, comparison, file => Access.MaySee(caller, file), ct);

    private static Refusal? Check(Caller caller, ProposedRules proposed) =>
        !caller.Is(Role.Administrator) ? new Refusal.Forbidden("Only administrators change the agency's rules.")
        : proposed.Check(caller.Directory.Agency, caller.Today) is { Count: > 0 } violations ? new Refusal.Invalid(violations)
        : null;

    private async Task<Result<Agency>> Save(Caller caller, Agency changed, CancellationToken ct) =>
        await directories.Save(changed, ct, hasten: caller.Now) == SaveOutcome.Saved ? changed : new Refusal.Stale("The agency");
}
