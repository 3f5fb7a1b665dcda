using CasePlanning.Application.Mail;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Ports;

/// <summary>A case as loaded: its facts, plans and marks, and the version every change of it is checked against.</summary>
/// <param name="Version">Counts the units of work saved for the case; 1 after the first.</param>
public sealed record CaseRecord(long Version, CaseFile File, IReadOnlyList<CasePlan> Plans, Marks Marks);

/// <summary>Names a case in lists, without anything about the family.</summary>
public sealed record CaseListing(string Case, string Agency, string Number, string? Unit);

/// <summary>One step of an occurrence's reminders, raised. Kept for good; the key makes raising it twice one notice.</summary>
public sealed record Notice
{
    /// <summary>As <see cref="NoticeKey"/> writes it.</summary>
    public required string Key { get; init; }

    public required string Case { get; init; }

    public string? Plan { get; init; }

    public required string Occurrence { get; init; }

    public required string Rule { get; init; }

    public required string RuleName { get; init; }

    /// <summary>Days from the due date, e.g. <c>-14</c>, <c>0</c>, <c>+7</c>.</summary>
    public required string Step { get; init; }

    public required int Round { get; init; }

    public required Role Role { get; init; }

    public required DateOnly Counted { get; init; }

    public required DateOnly Due { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>Names of earlier steps that this one overtakes; they are never raised.</summary>
    public IReadOnlyList<string> Superseded { get; init; } = [];

    /// <summary>Ids of the people told.</summary>
    public required IReadOnlyList<string> People { get; init; }

    /// <summary>Why it went to them, where they aren't the first in line.</summary>
    public string? Because { get; init; }
}

/// <summary>A notice for one person, waiting for their digest.</summary>
public sealed record InboxItem
{
    /// <summary>The notice's key and the person, joined by <c>&gt;</c>.</summary>
    public required string Key { get; init; }

    public required string Case { get; init; }

    public required string CaseNumber { get; init; }

    public string? Plan { get; init; }

    public required string Agency { get; init; }

    public required string Person { get; init; }

    public required Role Role { get; init; }

    /// <summary>Why it is this person, when it isn't the first in line.</summary>
    public string? Because { get; init; }

    public required string Occurrence { get; init; }

    public required string Rule { get; init; }

    public required string RuleName { get; init; }

    public required string Step { get; init; }

    public required DateOnly Due { get; init; }

    /// <summary>Id of the request to decide on, where that is what is due.</summary>
    public string? Request { get; init; }

    /// <summary>The act that meets it, a word of the rule's pack; deadlines that one act meets on one day are one line.</summary>
    public required string MetBy { get; init; }

    /// <summary>Where the rule comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Why the date is what it is, in one sentence without names.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>The working morning whose digest may take it, UTC.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Message-ID of the mail that carried it, <see cref="Dropped"/> where nothing was left to say by then, or null while it waits.</summary>
    public string? MailedIn { get; init; }

    /// <summary>Stands for a mail where the duty was met, moved or taken over before its digest was written.</summary>
    public const string Dropped = "dropped";
}

public enum MessageState { Waiting, Sent, Dead }

public enum MessageKind { Digest, ApprovalRequest, Decision, Return, Recall, FirstDayOverdue, Transfer, Assignment, WeeklySummary, Undelivered }

/// <summary>A mail as it was stored, and how far it got. It is stored before it is sent and handed over at least once.</summary>
public sealed record Message
{
    /// <summary>The Message-ID, fixed when it is stored, without angle brackets.</summary>
    public required string Id { get; init; }

    public required MessageKind Kind { get; init; }

    public required string Agency { get; init; }

    /// <summary>The case it is about, or null for a digest.</summary>
    public string? Case { get; init; }

    public string? Plan { get; init; }

    /// <summary>Id of the person it goes to.</summary>
    public required string Person { get; init; }

    public required Role Role { get; init; }

    /// <summary>Why it is this person, when it isn't the first in line.</summary>
    public string? Because { get; init; }

    public required string Address { get; init; }

    public required string Subject { get; init; }

    /// <summary>What it says; how it looks is decided when it is handed over.</summary>
    public required MailBody Body { get; init; }

    /// <summary>The whole of it as plain text.</summary>
    public string Text => MailLayout.Text(Body);

    /// <summary>The same as an HTML page.</summary>
    public string Html => MailLayout.Html(Subject, Body);

    /// <summary>Keys of the inbox items it carries.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>Id of the message whose failure this one, or a chain of such ones, tells of.</summary>
    public string? About { get; init; }

    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>Trace and span of the write that stored it, as a W3C <c>traceparent</c>; null where nobody traced it.</summary>
    public string? Trace { get; init; }

    public MessageState State { get; init; }

    public int Attempts { get; init; }

    /// <summary>When to try next while it waits, UTC.</summary>
    public required DateTimeOffset NextAttempt { get; init; }

    /// <summary>When the server took it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When it reached its person's mailbox, where a mail gateway says so.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    public string? LastError { get; init; }

    /// <summary>True for a dead letter that none of those to be told of it could be told of.</summary>
    public bool Unheard { get; init; }

    /// <summary>Counts the changes of what became of it; 0 as it was stored.</summary>
    public int Revision { get; init; }
}

/// <summary>When a plan or case should next be looked at.</summary>
/// <param name="Subject"><c>plan:…</c> or <c>case:…</c>; it names the case.</param>
/// <param name="Due">UTC; null takes the wake away.</param>
public sealed record Wake(string Subject, string Case, DateTimeOffset? Due);

/// <summary>Something that happened to a case, kept for good.</summary>
public sealed record HistoryEntry
{
    /// <summary>Orders the history within its case: the unit of work's version and a number within it.</summary>
    public required string Key { get; init; }

    public required string Case { get; init; }

    public string? Plan { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Id of the person who did it, or <c>system</c>.</summary>
    public required string By { get; init; }

    /// <summary>What happened in one word: <c>recorded</c>, <c>corrected</c>, <c>withdrawn</c>, <c>stage</c>, <c>submitted</c>, <c>met</c>, <c>missed</c> and so on.</summary>
    public required string Kind { get; init; }

    /// <summary>What happened, in a sentence.</summary>
    public required string What { get; init; }

    public string? Reason { get; init; }

    /// <summary>The rule and occurrence it is about, where it is about a deadline.</summary>
    public string? Occurrence { get; init; }

    public DateOnly? Due { get; init; }

    /// <summary>What was on record before, as JSON, where something was changed.</summary>
    public string? Before { get; init; }
}

/// <summary>The answer to a request that carried an idempotency key, kept 24 hours.</summary>
public sealed record StoredReply
{
    /// <summary>Caller, operation and the caller's key.</summary>
    public required string Key { get; init; }

    /// <summary>Hash of the request's path and body.</summary>
    public required string BodyHash { get; init; }

    public required int Status { get; init; }

    public string? ETag { get; init; }

    public string? Location { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset KeptUntil { get; init; }
}

/// <summary>
/// One unit of work: everything that changes in one case, saved together or not at all. At most <see cref="MostRows"/> rows,
/// so that one transaction of any store carries it.
/// </summary>
public sealed record CaseChange
{
    public const int MostRows = 90;

    /// <summary>Most people told of one thing, so that an agency's many administrators don't fill the rows of a unit. Anybody else may still act on it.</summary>
    public const int MostTold = 20;

    /// <summary>Most bytes of a unit's documents, written as UTF-8. A transaction of Azure Tables takes 4 MiB, in which a document is a third longer.</summary>
    public const int MostBytes = 3_000_000;

    public required string Case { get; init; }

    /// <summary>The version the case was loaded with; 0 for a case that must not exist yet.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>The directory it was decided with; where that has changed since, no wake is later than the instant the change hastened to. Null isn't compared.</summary>
    public DirectoryState? DecidedWith { get; init; }

    public CaseFile? File { get; init; }

    public IReadOnlyList<CasePlan> Plans { get; init; } = [];

    public IReadOnlyList<PlanContent> Contents { get; init; } = [];

    public IReadOnlyList<PlanProgress> Progress { get; init; } = [];

    public Marks? Marks { get; init; }

    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    public IReadOnlyList<Notice> Notices { get; init; } = [];

    public IReadOnlyList<InboxItem> Inbox { get; init; } = [];

    public IReadOnlyList<Message> Messages { get; init; } = [];

    public IReadOnlyList<Wake> Wakes { get; init; } = [];

    public StoredReply? Reply { get; init; }

    /// <summary>Rows this unit writes, its version row included.</summary>
    public int Rows => 1 + (File is null ? 0 : 1) + Plans.Count + Contents.Count + Progress.Count + (Marks is null ? 0 : 1)
        + History.Count + Notices.Count + Inbox.Count + Messages.Count + Wakes.Count + (Reply is null ? 0 : 1);
}

/// <summary>An agency's directory at one of its revisions.</summary>
public sealed record DirectoryState(string Agency, long Revision);

/// <summary>
/// How a save ended: saved, or another unit of work came first and this one has to be decided again, or its documents are longer than
/// <see cref="CaseChange.MostBytes"/>, or it takes back more inbox items than its transaction has room for, so that it can't be saved as it is.
/// </summary>
public enum SaveOutcome { Saved, Conflict, TooLarge }
