using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Tables;

/// <summary>The first row of an agency: how often its directory was saved, and which of these saves have its cases looked at again.</summary>
/// <param name="Revision">0 for an agency nobody saved.</param>
/// <param name="Hastenings">By revision. A wake saved before one of them is due by its instant at the latest, without a row being written.</param>
internal sealed record DirectoryHead(string Agency, long Revision, IReadOnlyList<Hastening> Hastenings)
{
    /// <summary>Older ones are merged: a wake that has waited through so many changes is overdue by either instant.</summary>
    private const int MostHastenings = 50;

    public static DocumentType<DirectoryHead> Type { get; } = new("head of a directory");

    public bool Exists => Revision > 0;

    /// <summary>The revision that last hastened wakes, or 0.</summary>
    public long Epoch => Hastenings.Count == 0 ? 0 : Hastenings[^1].Revision;

    public DateTimeOffset? HastenedTo => Hastenings.Count == 0 ? null : Hastenings[^1].To;

    public static DirectoryHead None(string agency) => new(agency, 0, []);

    public DirectoryHead Saved(DateTimeOffset? hasten) => this with
    {
        Revision = Revision + 1,
        Hastenings = hasten is not { } to ? Hastenings
            : Hastenings.Count < MostHastenings ? [.. Hastenings, new Hastening(Revision + 1, to.ToUniversalTime())]
            : [new Hastening(Hastenings[1].Revision, Earlier(Hastenings[0].To, Hastenings[1].To)), .. Hastenings.Skip(2), new Hastening(Revision + 1, to.ToUniversalTime())],
    };

    /// <summary>When a wake is due with all that has hastened it since it was saved.</summary>
    public DateTimeOffset DueOf(HeadWake wake) =>
        Hastenings.Where(hastening => hastening.Revision > wake.Epoch).Aggregate(wake.Due, (due, hastening) => Earlier(due, hastening.To));

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}

internal sealed record Hastening(long Revision, DateTimeOffset To);
