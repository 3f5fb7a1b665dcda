using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Reading;

/// <summary>A case with its facts and plans as they now stand.</summary>
public sealed record CaseDetail
{
    public required string Id { get; init; }

    public required string Number { get; init; }

    public required string Agency { get; init; }

    public string? Unit { get; init; }

    public IReadOnlyList<string>? SealedTo { get; init; }

    /// <summary>Id of the worker assigned today, or null.</summary>
    public string? Worker { get; init; }

    public required IReadOnlyList<PlanSummary> Plans { get; init; }

    /// <summary>Every fact, withdrawn ones included.</summary>
    public required IReadOnlyList<Fact> Facts { get; init; }

    public required int Revision { get; init; }
}

/// <summary>A plan in a list: its stage, with the version in effect beside it.</summary>
public sealed record PlanSummary
{
    public required string Id { get; init; }

    public required Setting Setting { get; init; }

    public required Stage Stage { get; init; }

    /// <summary>Number of the version in effect, or null.</summary>
    public int? InEffect { get; init; }

    /// <summary>Number of the version being prepared, or null.</summary>
    public int? InPreparation { get; init; }

    /// <summary>The next open deadline in one sentence, or null.</summary>
    public string? NextDeadline { get; init; }
}

/// <summary>A plan as it now stands.</summary>
public sealed record PlanDetail
{
    public required string Id { get; init; }

    public required string Case { get; init; }

    public required string CaseNumber { get; init; }

    public required Setting Setting { get; init; }

    public required Stage Stage { get; init; }

    /// <summary>Why it is closed, or null.</summary>
    public string? ClosedBecause { get; init; }

    /// <summary>Source ids of its focus children today.</summary>
    public required IReadOnlyList<string> FocusChildren { get; init; }

    /// <summary>The day an update was started, while one is.</summary>
    public DateOnly? UpdateStarted { get; init; }

    public PlanVersion? InEffect { get; init; }

    public PlanVersion? InPreparation { get; init; }

    public required IReadOnlyList<PlanVersion> Versions { get; init; }

    public string? NextDeadline { get; init; }

    /// <summary>What can be done with it in this stage.</summary>
    public required IReadOnlyList<PlanAct> Possible { get; init; }

    public required int Revision { get; init; }
}

/// <summary>A version with its content, the progress recorded on it, and what still keeps it from approval.</summary>
public sealed record VersionDetail
{
    public required string Plan { get; init; }

    public required PlanVersion Version { get; init; }

    public required PlanContent Content { get; init; }

    public IReadOnlyList<ObjectiveProgress> Progress { get; init; } = [];

    public required int Revision { get; init; }
}

/// <summary>Whether a version can be submitted and approved, and every rule it doesn't meet.</summary>
public sealed record ReadinessDetail(bool ReadyToSubmit, bool ReadyToApprove, IReadOnlyList<Violation> Unmet, IReadOnlyList<Violation> Warnings);

/// <summary>A deadline with its explanation and who was told of it.</summary>
public sealed record DeadlineDetail
{
    public required string Occurrence { get; init; }

    public required string Rule { get; init; }

    public required string Name { get; init; }

    /// <summary>E.g. <c>child:daniel</c>.</summary>
    public required string Subject { get; init; }

    public string? Plan { get; init; }

    public required DeadlineStatus Status { get; init; }

    public required DateOnly Counted { get; init; }

    public required DateOnly Due { get; init; }

    public DateOnly? MetOn { get; init; }

    /// <summary>The day the act was recorded, where that was later than its own day.</summary>
    public DateOnly? RecordedLateOn { get; init; }

    public DateOnly? ExcusedUntil { get; init; }

    public string? Because { get; init; }

    public required Explanation Explanation { get; init; }

    public required IReadOnlyList<Told> Told { get; init; }
}

/// <summary>Who was told of a step, and when.</summary>
public sealed record Told(string Step, Role Role, IReadOnlyList<string> People, DateTimeOffset At, IReadOnlyList<string> Superseded);

/// <summary>A submitted version that waits for a decision.</summary>
public sealed record ApprovalItem
{
    /// <summary>The request's id, as the mail's link carries it.</summary>
    public required string Request { get; init; }

    public required string Case { get; init; }

    public required string CaseNumber { get; init; }

    public required string Plan { get; init; }

    public required int Version { get; init; }

    public required string SubmittedBy { get; init; }

    public required DateOnly SubmittedOn { get; init; }

    public required DateOnly DecideBy { get; init; }

    /// <summary>True when the asker may decide today.</summary>
    public required bool MayDecide { get; init; }
}

/// <summary>A case's or plan's history: what happened, what was raised, who was told of what and whether it arrived, and the mail about it.</summary>
public sealed record HistoryDetail(IReadOnlyList<HistoryEntry> Entries, IReadOnlyList<Notice> Notices, IReadOnlyList<Telling> Told, IReadOnlyList<MailTrace> Mail);

/// <summary>How far what somebody is told has got.</summary>
public enum TellingState
{
    /// <summary>It waits for the person's next digest.</summary>
    Queued,

    /// <summary>The mail is stored and not handed over yet.</summary>
    Stored,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>A mail gateway says that it arrived.</summary>
    Delivered,

    /// <summary>It didn't arrive.</summary>
    Failed,
}

/// <summary>One person told of one thing, and whether it arrived.</summary>
public sealed record Telling
{
    /// <summary>Id of the person.</summary>
    public required string Person { get; init; }

    public required Role Role { get; init; }

    /// <summary>What it is about, in a few words without names.</summary>
    public required string What { get; init; }

    /// <summary>The deadline it is about, and the step of its reminders; null for other mail.</summary>
    public string? Occurrence { get; init; }

    public string? Step { get; init; }

    /// <summary>Why it is this person, when it isn't the first in line.</summary>
    public string? Because { get; init; }

    public required TellingState State { get; init; }

    /// <summary>When it was raised, or the mail stored.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>The mail that carries it, and to which address; null while it is queued.</summary>
    public string? Message { get; init; }

    public string? Address { get; init; }

    public DateTimeOffset? StoredAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Why it hasn't arrived, in the words of the mail server.</summary>
    public string? Reason { get; init; }
}

/// <summary>A mail without its text.</summary>
/// <param name="About">Id of the message whose failure it tells of, or null.</param>
/// <param name="Unheard">True for a dead letter that nobody could be told of.</param>
public sealed record MailTrace(
    string Id, MessageKind Kind, string Person, Role Role, string Address, string Subject, MessageState State, DateTimeOffset StoredAt, DateTimeOffset? SentAt, DateTimeOffset? DeliveredAt, int Attempts, string? LastError, string? About, bool Unheard);
