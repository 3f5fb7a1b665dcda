using System.Text.Json.Serialization;

namespace CasePlanning.Domain.Plans;

/// <summary>Where the focus children live: a child at home gets a CPS plan, a placed child an out-of-home placement plan (MN-03).</summary>
public enum Setting { AtHome, OutOfHome }

/// <summary>Where a case plan stands. Derived, never stored.</summary>
public enum Stage { AwaitingPlan, Draft, PendingApproval, InEffect, RecordingProgress, Closed }

public enum VersionStatus { Draft, PendingApproval, InEffect, Superseded, Withdrawn, Rescinded }

public enum VersionKind { Initial, Update }

/// <summary>
/// The duty to plan for a case's focus children in one setting, one per case and setting. The fact that creates the duty creates it;
/// its versions are the documents that meet the duty.
/// </summary>
public sealed record CasePlan
{
    /// <summary>The case's id and the setting, e.g. <c>sample-2005-0042.placed</c>.</summary>
    public required string Id { get; init; }

    public required string Case { get; init; }

    public required Setting Setting { get; init; }

    /// <summary>Counts the changes of this document; its ETag.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>When an update was started and not yet created or taken back; the agency's date.</summary>
    public DateOnly? UpdateStarted { get; init; }

    /// <summary>By number, the first one first.</summary>
    public IReadOnlyList<PlanVersion> Versions { get; init; } = [];

    /// <summary>The version being drafted or waiting for approval, or null.</summary>
    [JsonIgnore]
    public PlanVersion? InPreparation => Versions.LastOrDefault(version => version.Status is VersionStatus.Draft or VersionStatus.PendingApproval);

    public PlanVersion? Version(int number) => Versions.FirstOrDefault(version => version.Number == number);

    public CasePlan With(PlanVersion version) => this with
    {
        Revision = Revision + 1,
        Versions = [.. Versions.Where(other => other.Number != version.Number).Append(version).OrderBy(each => each.Number)],
    };

    public static string IdFor(string caseId, Setting setting) => $"{caseId}.{(setting == Setting.AtHome ? "home" : "placed")}";

    public static Setting SettingOf(string planId) => planId.EndsWith(".home", StringComparison.Ordinal) ? Setting.AtHome : Setting.OutOfHome;

    public static string CaseOf(string planId) => planId[..planId.LastIndexOf('.')];
}

/// <summary>One document of a plan: draft, then frozen from its submission on.</summary>
public sealed record PlanVersion
{
    public required int Number { get; init; }

    public required VersionKind Kind { get; init; }

    public required VersionStatus Status { get; init; }

    /// <summary>California's start date; may lie ahead while the version is a draft (WI-06).</summary>
    public required DateOnly PlanDate { get; init; }

    /// <summary>Defaults to six calendar months after the plan date (CA-10).</summary>
    public required DateOnly EndDate { get; init; }

    public bool EndDateEdited { get; init; }

    /// <summary>Source ids of the children this version plans for.</summary>
    public required IReadOnlyList<string> FocusChildren { get; init; }

    /// <summary>Source ids of the other participants.</summary>
    public IReadOnlyList<string> Participants { get; init; } = [];

    /// <summary>The day it was created, in the agency's zone; a signature dated before it belongs to an earlier version (CA-14).</summary>
    public required DateOnly CreatedOn { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Number of the version it was copied from, or null.</summary>
    public int? CopiedFrom { get; init; }

    /// <summary>The day of its approval in the agency's zone, or null.</summary>
    public DateOnly? EffectiveOn { get; init; }

    /// <summary>The first day on which a parent or guardian signed it, or refused for a reason on record; set at its submission.</summary>
    public DateOnly? SignedOn { get; init; }

    /// <summary>Every time it was submitted, with what came of it (WI-21).</summary>
    public IReadOnlyList<ApprovalRequest> Requests { get; init; } = [];

    [JsonIgnore]
    public ApprovalRequest? OpenRequest => Status == VersionStatus.PendingApproval ? Requests[^1] : null;

    /// <summary>True when it took effect and wasn't rescinded since.</summary>
    [JsonIgnore]
    public bool TookEffect => EffectiveOn is not null && Status is VersionStatus.InEffect or VersionStatus.Superseded;

    public static DateOnly DefaultEnd(DateOnly planDate) => PlausibleDates.Contains(planDate) ? planDate.AddMonths(6) : planDate;
}

public enum ApprovalAnswer { Approved, Returned, Recalled, Withdrawn }

/// <summary>One submission of a version and its answer.</summary>
public sealed record ApprovalRequest
{
    /// <summary>Plan, version and number of the submission; the name a mail's link carries.</summary>
    public required string Id { get; init; }

    public required string SubmittedBy { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The agency's date of the submission.</summary>
    public required DateOnly SubmittedOn { get; init; }

    public string? Comments { get; init; }

    public ApprovalAnswer? Answer { get; init; }

    public string? AnsweredBy { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateOnly? AnsweredOn { get; init; }

    public string? AnswerComments { get; init; }
}
