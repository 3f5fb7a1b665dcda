using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Tables;

/// <summary>
/// The first row of a case: its version, by which every unit of work is checked, and all that lists across cases need of it, so that one
/// read verifies an index row.
/// </summary>
internal sealed record CaseHead
{
    /// <summary>More than there are of a case while a request is sent again.</summary>
    private const int MostSaves = 10;

    public static DocumentType<CaseHead> Type { get; } = new("head of a case");

    public required string Case { get; init; }

    public required long Version { get; init; }

    public required string Agency { get; init; }

    public required string Number { get; init; }

    public string? Unit { get; init; }

    /// <summary>Ids of the people who hold or held an assignment.</summary>
    public required IReadOnlyList<string> Assigned { get; init; }

    /// <summary>Ids of the plans with a version pending approval.</summary>
    public required IReadOnlyList<string> Pending { get; init; }

    public required IReadOnlyList<HeadWake> Wakes { get; init; }

    /// <summary>Ids of the latest saves, the last of them last. One whose answer was lost finds its own here.</summary>
    public IReadOnlyList<string> Saves { get; init; } = [];

    /// <summary>The index rows that point here.</summary>
    public IReadOnlyList<IndexRow> Index { get; init; } = [];

    public CaseListing Listing => new(Case, Agency, Number, Unit);

    public bool IsIn(IndexRow row) => Index.Any(own => own.Partition == row.Partition && own.Key == row.Key);

    /// <summary>The head after a unit of work.</summary>
    /// <param name="former">Of the directory of the agency that had the case.</param>
    /// <param name="state">Of the directory of the agency that has the case then.</param>
    public static CaseHead After(CaseHead? before, CaseChange change, DirectoryHead former, DirectoryHead state)
    {
        var agency = change.File?.Agency ?? before!.Agency;
        var plans = change.Plans.ToLookup(StoreRules.IsPendingApproval, plan => plan.Id);
        return new CaseHead
        {
            Case = change.Case,
            Version = change.ExpectedVersion + 1,
            Agency = agency,
            Number = change.File?.Number ?? before!.Number,
            Unit = change.File is null ? before!.Unit : change.File.Unit,
            Assigned = change.File is null ? before!.Assigned : [.. StoreRules.Assigned(change.File)],
            Pending = [.. (before?.Pending ?? []).Except(plans[false]).Union(plans[true]).Order(StringComparer.Ordinal)],
            Wakes = [.. WakesAfter(before, change, former, state)],
            Saves = before?.Saves ?? [],
        }.Indexed(before);
    }

    public CaseHead SavedBy(string save) => this with { Saves = [.. Saves.TakeLast(MostSaves - 1), save] };

    private static Dictionary<string, HeadWake>.ValueCollection WakesAfter(CaseHead? before, CaseChange change, DirectoryHead former, DirectoryHead state)
    {
        // Wakes that come with the case from another agency bring along what has hastened them there; what this one changed before is no news to them.
        var wakes = (before?.Wakes ?? []).Select(wake => former == state ? wake : wake with { Due = former.DueOf(wake), Epoch = state.Epoch })
            .ToDictionary(wake => wake.Subject, StringComparer.Ordinal);
        foreach (var wake in change.Wakes)
        {
            var now = state.Exists ? new DirectoryState(state.Agency, state.Revision) : null;
            if (StoreRules.DueAfter(wake.Due, change.DecidedWith, now, state.HastenedTo) is { } due)
            {
                wakes[wake.Subject] = new HeadWake(wake.Subject, due.ToUniversalTime(), state.Epoch);
            }
            else
            {
                wakes.Remove(wake.Subject);
            }
        }

        return wakes.Values;
    }

    private CaseHead Indexed(CaseHead? before)
    {
        var known = (before?.Index ?? []).ToDictionary(row => (row.Partition, row.Stem));
        return this with { Index = [.. Rows().Select(row => known.GetValueOrDefault((row.Partition, row.Stem), row))] };
    }

    private IEnumerable<IndexRow> Rows()
    {
        var place = new Place(TableNames.Cases, TableKey.Of(Case), TableNames.Head);
        return
        [
            new IndexRow(IndexRows.CasesOf(Agency), TableKey.Of(Case), Version, place, Case),
            .. Assigned.Select(person => new IndexRow(IndexRows.CasesOf(Agency, person), TableKey.Of(Case), Version, place, Case)),
            .. Pending.Select(plan => new IndexRow(IndexRows.PendingIn(Agency), TableKey.Of(plan), Version, place, plan)),
            .. Wakes.Select(wake => new IndexRow(IndexRows.WakesOf(Agency), HeadWake.Stem(wake.Epoch, wake.Due, wake.Subject), Version, place, wake.Subject)),
        ];
    }
}

/// <param name="Epoch">The revision of the agency's directory that last hastened wakes when this one was saved; later ones hasten it.</param>
internal sealed record HeadWake(string Subject, DateTimeOffset Due, long Epoch)
{
    public static string Stem(long epoch, DateTimeOffset due, string subject) => $"{TableKey.Of(epoch)}~{TableKey.Of(due)}~{TableKey.Of(subject)}";
}
