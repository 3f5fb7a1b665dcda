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

/// <summary>A case's or plan's history: what happened, who was told, and what became of the mail.</summary>
public sealed record HistoryDetail(IReadOnlyList<HistoryEntry> Entries, IReadOnlyList<Notice> Notices, IReadOnlyList<MailTrace> Mail);

/// <summary>A mail without its text.</summary>
public sealed record MailTrace(string Id, MessageKind Kind, string Person, Role Role, string Address, string Subject, MessageState State, DateTimeOffset StoredAt, DateTimeOffset? SentAt, int Attempts, string? LastError);
