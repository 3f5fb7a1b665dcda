using System.Text.Json.Serialization;

namespace CasePlanning.Domain.Cases;

/// <summary>What is known about a case: who it belongs to, who may see it, and its facts.</summary>
public sealed record CaseFile
{
    /// <summary>Agency and case number joined by a hyphen; the caller's number makes it, so opening a case twice is one case.</summary>
    public required string Id { get; init; }

    public required string Agency { get; init; }

    public required string Number { get; init; }

    /// <summary>The unit that answers for the case while nobody is assigned.</summary>
    public string? Unit { get; init; }

    /// <summary>Ids of the only people who may see a sealed case; null when it isn't sealed.</summary>
    public IReadOnlyList<string>? SealedTo { get; init; }

    /// <summary>Counts the changes of this document; its ETag.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Every fact, withdrawn ones included, in the order of kind, date and source id.</summary>
    public IReadOnlyList<Fact> Facts { get; init => field = FactList.Of(value); } = FactList.Of([]);

    public bool IsOpenTo(string person) => SealedTo is null || SealedTo.Contains(person, StringComparer.Ordinal);

    /// <summary>The facts of a kind that hold, by date and then source id, whatever the order they were recorded in.</summary>
    public FactsOf<T> Of<T>() where T : Fact => ((FactList)Facts).OfKind<T>();

    public T? Find<T>(string source) where T : Fact =>
        Facts.OfType<T>().FirstOrDefault(fact => string.Equals(fact.Source, source, StringComparison.Ordinal));

    /// <summary>A participant's name, for people who may see the case; the source id where there is no such participant.</summary>
    public string NameOf(string participant) => Find<Participant>(participant)?.Name ?? participant;

    public Fact? Find(string kind, string source) =>
        Facts.FirstOrDefault(fact => string.Equals(fact.Kind, kind, StringComparison.Ordinal) && string.Equals(fact.Source, source, StringComparison.Ordinal));

    /// <summary>The file with this fact in place of the one with its key, or beside the others.</summary>
    public CaseFile With(Fact fact) => this with
    {
        Revision = Revision + 1,
        Facts =
        [
            .. Facts.Where(other => !string.Equals(other.Key, fact.Key, StringComparison.Ordinal))
                .Append(fact)
                .OrderBy(each => each.Kind, StringComparer.Ordinal)
                .ThenBy(each => each.On)
                .ThenBy(each => each.Source, StringComparer.Ordinal),
        ],
    };

    [JsonIgnore]
    public Opening? Opening => Of<Opening>().FirstOrDefault();

    /// <summary>The last time the case came from another agency, or null.</summary>
    [JsonIgnore]
    public Transfer? LastTransfer
    {
        get
        {
            Transfer? last = null;
            foreach (var transfer in Of<Transfer>())
            {
                last = last is null || transfer.RecordedAt >= last.RecordedAt ? transfer : last;
            }

            return last;
        }
    }

    /// <summary>The primary assignment in force on a date, or null when the case has no worker.</summary>
    public Assignment? WorkerOn(DateOnly date)
    {
        Assignment? last = null;
        foreach (var assignment in Of<Assignment>())
        {
            last = assignment.Primary && IsInForce(assignment, date) ? assignment : last;
        }

        return last;
    }

    /// <summary>True when the person holds any assignment to the case on that date (WI-01).</summary>
    public bool IsAssigned(string person, DateOnly date) =>
        Of<Assignment>().Any(assignment => string.Equals(assignment.Person, person, StringComparison.Ordinal) && IsInForce(assignment, date)
            && (!assignment.Primary || ReferenceEquals(assignment, WorkerOn(date))));

    /// <summary>The focus children on the case on that date.</summary>
    public IEnumerable<Participant> FocusChildren(DateOnly date) =>
        Of<Participant>().Where(participant => participant.Role == ParticipantRole.FocusChild && participant.On <= date && (participant.Until ?? date) >= date);

    /// <summary>An assignment holds through its last day; one that a transfer ended is over on that very day.</summary>
    private bool IsInForce(Assignment assignment, DateOnly date) => assignment.On <= date && (assignment.Until ?? date) >= date
        && !(assignment.Until == date && Of<Transfer>().Any(transfer => transfer.On == date));
}
