using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
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
}

/// <summary>One open deadline that a change of rules touches; dates as rolled, null where it isn't there before or after.</summary>
public sealed record MovedDeadline(string Case, string CaseNumber, string Occurrence, string Name, DateOnly? Before, DateOnly? After);

/// <summary>What a change of rules would do to the agency's open deadlines.</summary>
/// <param name="Open">Open deadlines as they now are.</param>
public sealed record RulesDiff(int Cases, int Open, int Moved, int New, int Gone, IReadOnlyList<MovedDeadline> Deadlines);

/// <summary>Changes an agency's rules: shows beforehand what would move, dates the change, keeps who made it and why, and has every case looked at again.</summary>
public sealed class RuleKeeping(ICaseStore cases, IDirectoryStore directories, IWakeStore wakes)
{
    public async Task<Result<Agency>> Change(Caller caller, ProposedRules proposed, CancellationToken ct) =>
        await Check(caller, proposed) is { Refusal: { } refusal } ? refusal : await Save(caller, Changed(caller, proposed), ct);

    /// <summary>Compares every case's open deadlines, read now, under the rules as they are and as they would be once in force.</summary>
    public async Task<Result<RulesDiff>> Diff(Caller caller, ProposedRules proposed, CancellationToken ct)
    {
        var checkedAgency = await Check(caller, proposed);
        if (checkedAgency.Refusal is { } refusal)
        {
            return refusal;
        }

        var agency = caller.Directory.Agency;
        return await Compare(agency, Changed(caller, proposed with { InForceFrom = caller.Today }), caller.Now, file => Access.MaySee(caller, file), ct);
    }

    /// <summary>Compares two states of an agency over all its cases; deadlines of those <paramref name="shows"/> refuses are counted and not listed.</summary>
    public async Task<RulesDiff> Compare(Agency before, Agency after, DateTimeOffset now, Func<CaseFile, bool> shows, CancellationToken ct)
    {
        var (old, @new) = (RuleBook.For(before), RuleBook.For(after));
        var listed = new List<MovedDeadline>();
        var (count, open, moved, added, gone) = (0, 0, 0, 0, 0);
        foreach (var listing in await cases.Cases(before.Id, ct))
        {
            if (await cases.Find(listing.Case, ct) is not { } record)
            {
                continue;
            }

            count++;
            var then = Open(record, old, now);
            var next = Open(record, @new, now);
            open += then.Count;
            var pairs = then.Keys.Union(next.Keys, StringComparer.Ordinal)
                .Select(key => (Before: then.GetValueOrDefault(key), After: next.GetValueOrDefault(key)))
                .Where(pair => pair.Before?.Due != pair.After?.Due).ToArray();
            moved += pairs.Count(pair => pair is { Before: not null, After: not null });
            added += pairs.Count(pair => pair.Before is null);
            gone += pairs.Count(pair => pair.After is null);
            listed.AddRange(pairs.Where(_ => shows(record.File)).Select(pair =>
                new MovedDeadline(record.File.Id, record.File.Number, (pair.Before ?? pair.After)!.Occurrence, (pair.After ?? pair.Before)!.Rule.Name, pair.Before?.Due, pair.After?.Due)));
        }

        return new RulesDiff(count, open, moved, added, gone, [.. listed.OrderBy(each => each.After ?? each.Before).ThenBy(each => each.Occurrence, StringComparer.Ordinal)]);
    }

    private static Dictionary<string, Deadline> Open(CaseRecord record, RuleBook rules, DateTimeOffset now) =>
        Agenda.For(record.File, record.Plans, rules, record.Marks, now).Deadlines.Where(deadline => deadline.IsOpen).ToDictionary(deadline => deadline.Occurrence, StringComparer.Ordinal);

    private static Task<Result<Agency>> Check(Caller caller, ProposedRules proposed)
    {
        if (!caller.Is(Role.Administrator))
        {
            return Task.FromResult<Result<Agency>>(new Refusal.Forbidden("Only administrators change the agency's rules."));
        }

        var violations = PlausibleDates.Check("rules", (proposed.InForceFrom, "inForceFrom")).ToList();
        if (proposed.InForceFrom < caller.Today)
        {
            violations.Add(new Violation("rules", "A change can't be in force from a day that has passed.", "inForceFrom"));
        }

        if (string.IsNullOrWhiteSpace(proposed.Why))
        {
            violations.Add(new Violation("rules", "Say why the rules change.", "why"));
        }

        violations.AddRange(PeopleValidator.Check(caller.Directory.Agency with { Packs = proposed.Packs }).Where(violation => violation.Field == "packs"));
        if (violations.Exists(violation => violation.Field == "packs") || !PlausibleDates.Contains(proposed.InForceFrom))
        {
            return Task.FromResult<Result<Agency>>(new Refusal.Invalid(violations));
        }

        violations.AddRange(RulePacks.Check(proposed.Packs, proposed.Layer ?? new RuleLayer()).Select(violation => new Violation("rules", violation.Message, $"layer{violation.Path[1..]}")));
        return Task.FromResult<Result<Agency>>(violations.Count > 0 ? new Refusal.Invalid(violations) : caller.Directory.Agency);
    }

    private async Task<Result<Agency>> Save(Caller caller, Agency changed, CancellationToken ct)
    {
        if (await directories.Save(changed, ct) == SaveOutcome.Conflict)
        {
            return new Refusal.Stale("The agency");
        }

        await wakes.Hasten(changed.Id, caller.Now, ct);
        return changed;
    }

    private static Agency Changed(Caller caller, ProposedRules proposed)
    {
        var agency = caller.Directory.Agency;
        var change = new RuleChange { InForceFrom = proposed.InForceFrom, Packs = proposed.Packs, Layer = proposed.Layer, By = caller.Person.Id, At = caller.Now, Why = proposed.Why };
        return agency with { Revision = agency.Revision + 1, RuleChanges = [.. agency.RuleChanges, change] };
    }
}
