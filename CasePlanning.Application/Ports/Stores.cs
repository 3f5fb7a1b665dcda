using System.Runtime.CompilerServices;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Ports;

/// <summary>Cases, each saved one unit of work at a time with optimistic concurrency.</summary>
public interface ICaseStore
{
    /// <summary>The case, or null.</summary>
    Task<CaseRecord?> Find(string caseId, CancellationToken ct);

    /// <summary>The cases of these ids that exist, in the order of the ids. A store that reads many at once faster than one after the other does so.</summary>
    async Task<IReadOnlyList<CaseRecord>> Find(IReadOnlyList<string> caseIds, CancellationToken ct)
    {
        var found = new List<CaseRecord>(caseIds.Count);
        foreach (var id in caseIds)
        {
            if (await Find(id, ct) is { } record)
            {
                found.Add(record);
            }
        }

        return found;
    }

    /// <summary>The agency's cases by id, each as it is when its turn comes.</summary>
    async IAsyncEnumerable<CaseRecord> Each(string agency, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var listing in await Cases(agency, ct))
        {
            if (await Find(listing.Case, ct) is { } record)
            {
                yield return record;
            }
        }
    }

    Task<PlanContent?> FindContent(string planId, int version, CancellationToken ct);

    Task<PlanProgress?> FindProgress(string planId, int version, CancellationToken ct);

    /// <summary>The history of a case, oldest first.</summary>
    Task<IReadOnlyList<HistoryEntry>> History(string caseId, CancellationToken ct);

    /// <summary>Every notice raised for a case, oldest first.</summary>
    Task<IReadOnlyList<Notice>> Notices(string caseId, CancellationToken ct);

    /// <summary>The answer kept under an idempotency key, or null when there is none or its time has passed.</summary>
    Task<StoredReply?> FindReply(string key, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Saves a unit of work. A notice, inbox item, message or history entry whose key exists is left as it is; everything else is put in place.
    /// A file of another agency than the one on record takes what still waits in the former agency's inboxes away with it.
    /// A unit whose documents are longer than <see cref="CaseChange.MostBytes"/> is too large, and nothing of it is saved.
    /// Throws <see cref="InvalidOperationException"/> for a unit of more than <see cref="CaseChange.MostRows"/> rows, or one that touches another case.
    /// </summary>
    Task<SaveOutcome> Save(CaseChange change, CancellationToken ct);

    /// <summary>
    /// Saves units of work of different cases, each as if it were alone, and says how each ended. What a loop saves together lets those pass who
    /// save one. Throws when any of them can't be saved; the others may be saved then.
    /// </summary>
    async Task<IReadOnlyList<SaveOutcome>> Save(IReadOnlyList<CaseChange> changes, CancellationToken ct) =>
        await Task.WhenAll(changes.Select(change => Save(change, ct)));

    /// <summary>The agency's cases by id, optionally only those a person holds or held an assignment to.</summary>
    Task<IReadOnlyList<CaseListing>> Cases(string agency, CancellationToken ct, string? assignedTo = null);

    /// <summary>Ids of the plans with a version pending approval in an agency.</summary>
    Task<IReadOnlyList<string>> PlansPendingApproval(string agency, CancellationToken ct);
}

/// <summary>Agencies, units and people.</summary>
public interface IDirectoryStore
{
    Task<IReadOnlyList<Agency>> Agencies(CancellationToken ct);

    /// <summary>An agency with its units and people as they now are, or null.</summary>
    Task<AgencyDirectory?> Find(string agency, CancellationToken ct);

    /// <summary>The person with this token subject or, ignoring case, e-mail address; null when there is none.</summary>
    Task<Person?> FindPerson(string subject, CancellationToken ct);

    /// <summary>
    /// Saves one entry if its revision is one above the stored one (1 for a new one). With an instant to hasten to, every later wake of the
    /// agency's cases is brought forward to it in the same transaction, and so is every wake that is saved afterwards by a unit of work decided
    /// with the directory as it was before.
    /// </summary>
    Task<SaveOutcome> Save(Agency agency, CancellationToken ct, DateTimeOffset? hasten = null);

    /// <inheritdoc cref="Save(Agency, CancellationToken, DateTimeOffset?)"/>
    Task<SaveOutcome> Save(Unit unit, CancellationToken ct, DateTimeOffset? hasten = null);

    /// <inheritdoc cref="Save(Agency, CancellationToken, DateTimeOffset?)"/>
    Task<SaveOutcome> Save(Person person, CancellationToken ct, DateTimeOffset? hasten = null);
}

/// <summary>When plans and cases should next be looked at.</summary>
public interface IWakeStore
{
    /// <summary>Wakes due at an instant, the earliest first.</summary>
    Task<IReadOnlyList<Wake>> Due(DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>The instant of the earliest wake, or null.</summary>
    Task<DateTimeOffset?> Earliest(CancellationToken ct);

    /// <summary>The wake of a plan or case, or null.</summary>
    Task<Wake?> Find(string subject, CancellationToken ct);
}

/// <summary>Notices waiting for people's digests.</summary>
public interface IInboxStore
{
    /// <summary>People with items that a digest may take at an instant.</summary>
    Task<IReadOnlyList<(string Agency, string Person)>> PeopleWaiting(DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>The earliest instant at which a digest may take something, or null.</summary>
    Task<DateTimeOffset?> Earliest(CancellationToken ct);

    /// <summary>A person's items that no mail has carried yet, by due date and key.</summary>
    Task<IReadOnlyList<InboxItem>> Waiting(string person, CancellationToken ct);

    /// <summary>Marks items as carried by a message; those already carried stay as they are.</summary>
    Task MarkMailed(IReadOnlyList<string> items, string messageId, CancellationToken ct);

    /// <summary>Has items wait for a later morning.</summary>
    Task Postpone(IReadOnlyList<string> items, DateTimeOffset notBefore, CancellationToken ct);

    /// <summary>Has items of cases on record wait that were raised for somebody else before; one whose key exists is left as it is.</summary>
    Task Add(IReadOnlyList<InboxItem> items, CancellationToken ct);

    /// <summary>The items a message carried, by due date and key.</summary>
    Task<IReadOnlyList<InboxItem>> CarriedBy(string messageId, CancellationToken ct);

    /// <summary>Every item of a case, carried or waiting, the first raised first.</summary>
    Task<IReadOnlyList<InboxItem>> OfCase(string caseId, CancellationToken ct);
}

/// <summary>Stored mail.</summary>
public interface IOutbox
{
    /// <summary>Stores a message that belongs to no case; false when its id exists.</summary>
    Task<bool> Add(Message message, CancellationToken ct);

    Task<Message?> Find(string id, CancellationToken ct);

    /// <summary>Messages to be tried at an instant, the longest stored first.</summary>
    Task<IReadOnlyList<Message>> Waiting(DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>The earliest next attempt of a waiting message, or null.</summary>
    Task<DateTimeOffset?> Earliest(CancellationToken ct);

    /// <summary>How many dead letters there are that nobody could be told of.</summary>
    Task<int> Unheard(CancellationToken ct);

    /// <summary>When the longest waiting message was stored, whenever it is tried next; null when none waits.</summary>
    Task<DateTimeOffset?> OldestWaiting(CancellationToken ct);

    /// <summary>
    /// Puts what became of a message in place, and what it says by then, with the messages that follow from it: all of it, or nothing and false when
    /// <see cref="Message.Revision"/> isn't one above the stored. Of those that follow, one whose id exists is left as it is.
    /// </summary>
    Task<bool> Update(Message message, CancellationToken ct, params IReadOnlyList<Message> following);

    /// <summary>An agency's mail, newest first, optionally in one state or about one case.</summary>
    Task<IReadOnlyList<Message>> List(string agency, CancellationToken ct, MessageState? state = null, string? caseId = null, int limit = 200);
}

/// <summary>How handing over a message ended.</summary>
public abstract record SendOutcome
{
    public sealed record Sent : SendOutcome;

    /// <summary>Refused for good; trying again won't help.</summary>
    public sealed record Rejected(string Reason) : SendOutcome;

    /// <summary>This message can't be handed over now; to be tried again.</summary>
    public sealed record Unavailable(string Reason) : SendOutcome;

    /// <summary>No message can be handed over now: the server is down, refuses the sign-in or can't be trusted. It says nothing about this one.</summary>
    public sealed record Unreachable(string Reason) : SendOutcome;
}

/// <summary>Hands one message to the outside world. It may be called twice for one message; the Message-ID is the same.</summary>
public interface IMailSender
{
    Task<SendOutcome> Send(Message message, CancellationToken ct);
}

/// <summary>Tells a loop that its next wake moved nearer, or that there is none any more. It carries nothing; a lost signal costs time, not correctness.</summary>
public interface ISignal
{
    /// <param name="subject"><c>plan:…</c>, <c>case:…</c>.</param>
    /// <param name="due">The next wake; the present where there is none.</param>
    /// <param name="ct">Of whoever saved.</param>
    Task Nearer(string subject, DateTimeOffset due, CancellationToken ct);
}
