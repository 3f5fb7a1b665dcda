using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Storage.Moving;

/// <summary>
/// A store as a whole, read and written as it stands, so that it can be moved into another. Nothing else may work in it meanwhile.
/// Everything comes in the order of <see cref="MoveOrder"/>, the same from every store.
/// </summary>
public interface IMovable
{
    IAsyncEnumerable<WholeAgency> Agencies(CancellationToken ct);

    /// <summary>The messages that belong to no case.</summary>
    IAsyncEnumerable<Message> Mail(CancellationToken ct);

    IAsyncEnumerable<WholeCase> Cases(CancellationToken ct);

    IAsyncEnumerable<StoredReply> Replies(CancellationToken ct);

    /// <summary>Puts an agency in place; false where it is already there. Agencies come before everything that is theirs.</summary>
    Task<bool> Put(WholeAgency agency, CancellationToken ct);

    /// <summary>Puts a message that belongs to no case in place; false where it is already there.</summary>
    Task<bool> Put(Message message, CancellationToken ct);

    /// <summary>Puts a case in place; false where it is already there. One that was interrupted is put in place anew.</summary>
    Task<bool> Put(WholeCase whole, CancellationToken ct);

    Task Put(StoredReply reply, CancellationToken ct);

    /// <summary>Names what the store holds, for sentences; empty for an empty store.</summary>
    Task<IReadOnlyList<string>> Holds(CancellationToken ct);

    /// <summary>What <see cref="SetMark"/> left, or null.</summary>
    Task<string?> FindMark(CancellationToken ct);

    /// <summary>Leaves a mark while something is moved in, or takes it away.</summary>
    Task SetMark(string? mark, CancellationToken ct);
}

/// <summary>An agency with its directory.</summary>
/// <param name="Revision">How often the directory was saved.</param>
/// <param name="HastenedTo">The instant that the last change of it which concerned wakes hastened them to.</param>
public sealed record WholeAgency(
    Agency Agency, long Revision, DateTimeOffset? HastenedTo, IReadOnlyList<Unit> Units, IReadOnlyList<Person> People, IReadOnlyList<CalendarFeed> Feeds);

/// <summary>A case with everything that is in its partition.</summary>
/// <param name="Version">Counts the units of work saved for the case.</param>
public sealed record WholeCase(long Version, CaseFile File)
{
    public Marks? Marks { get; init; }

    public IReadOnlyList<CasePlan> Plans { get; init; } = [];

    public IReadOnlyList<PlanContent> Contents { get; init; } = [];

    public IReadOnlyList<PlanProgress> Progress { get; init; } = [];

    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    public IReadOnlyList<Notice> Notices { get; init; } = [];

    public IReadOnlyList<InboxItem> Inbox { get; init; } = [];

    public IReadOnlyList<Message> Messages { get; init; } = [];

    public IReadOnlyList<Wake> Wakes { get; init; } = [];

    /// <summary>The unit of work that would leave the case at its version, however many rows it has.</summary>
    internal CaseChange AsChange() => new()
    {
        Case = File.Id,
        ExpectedVersion = Version - 1,
        File = File,
        Marks = Marks,
        Plans = Plans,
        Contents = Contents,
        Progress = Progress,
        History = History,
        Notices = Notices,
        Inbox = Inbox,
        Messages = Messages,
        Wakes = Wakes,
    };
}
