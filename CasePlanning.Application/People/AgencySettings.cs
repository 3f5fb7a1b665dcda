using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.People;

/// <summary>
/// Changes an agency's settings. Those that dates are counted with show beforehand what they would move, stay on record with who changed them
/// and why, and have every case looked at again.
/// </summary>
public sealed class AgencySettings(IDirectoryStore directories, DeadlineComparison comparison)
{
    /// <param name="caller">Who asks.</param>
    /// <param name="asked">The agency as it should be; its changes on record are kept as they are.</param>
    /// <param name="why">Why; needed where dates are counted with what changes.</param>
    /// <param name="readRevision">The revision the caller had read, or null.</param>
    /// <param name="ct">Cancels it before it saves.</param>
    public async Task<Result<Agency>> Change(Caller caller, Agency asked, string? why, int? readRevision, CancellationToken ct)
    {
        var before = caller.Directory.Agency;
        var moved = before.SettingsMovedBy(asked);
        if (Refused(caller, asked, moved.Count > 0 && string.IsNullOrWhiteSpace(why) ? [new Violation("agency", $"Say why; dates are counted with {string.Join(" and ", moved.Select(setting => setting.Name))}.", "why")] : []) is { } refusal)
        {
            return refusal;
        }

        if (readRevision is { } read && read != before.Revision)
        {
            return new Refusal.Stale("The agency");
        }

        var changed = Kept(asked, before) with
        {
            Revision = before.Revision + 1,
            SettingsChanges = moved.Count == 0 ? before.SettingsChanges : [.. before.SettingsChanges, new SettingsChange { What = moved, By = caller.Person.Id, At = caller.Now, Why = why! }],
        };
        return await directories.Save(changed, ct, hasten: caller.Now) == SaveOutcome.Saved ? changed : new Refusal.Stale("The agency");
    }

    /// <summary>Compares every case's open deadlines, read now, under the settings as they are and as they would be.</summary>
    public async Task<Result<MovedDeadlines>> Diff(Caller caller, Agency asked, CancellationToken ct) =>
        Refused(caller, asked, []) is { } refusal ? refusal
        : await comparison.Compare(caller.Directory.Agency, Kept(asked, caller.Directory.Agency), caller.Now, file => Access.MaySee(caller, file), ct);

    private static Refusal? Refused(Caller caller, Agency asked, IReadOnlyList<Violation> more) =>
        asked.Id != caller.Person.Agency ? new Refusal.Forbidden("Administrators keep their own agency.")
        : !caller.Is(Role.Administrator) ? new Refusal.Forbidden("Only administrators do this.")
        : (Violation[])[.. PeopleValidator.Check(asked), .. PacksMoved(asked, caller.Directory.Agency), .. more] is { Length: > 0 } violations ? new Refusal.Invalid(violations)
        : null;

    /// <summary>A change of packs is dated and shows beforehand what it moves, so it has a way of its own.</summary>
    private static Violation[] PacksMoved(Agency asked, Agency before) => asked.Packs.SequenceEqual(before.Packs, StringComparer.Ordinal) || asked.Packs.Except(RulePacks.Known, StringComparer.Ordinal).Any()
        ? []
        : [new Violation("agency", "Packs are changed with the agency's rules, which say from when; its settings keep them as they are.", "packs")];

    private static Agency Kept(Agency asked, Agency before) => asked with { RuleChanges = before.RuleChanges, SettingsChanges = before.SettingsChanges };
}
