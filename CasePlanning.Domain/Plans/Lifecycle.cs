using System.Globalization;
using CasePlanning.Domain.Approval;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Plans;

/// <summary>Who acts, and when: the instant and the agency's date.</summary>
public sealed record Actor(string Person, DateTimeOffset Now, DateOnly Today)
{
    /// <summary>Ids of the absent people this person stands in for today.</summary>
    public IReadOnlyList<string> StandsInFor { get; init; } = [];

    /// <summary>True when the person, or somebody they stand in for, is assigned to the case (WI-01).</summary>
    public bool IsAssignedTo(CaseFile file) => StandsInFor.Append(Person).Any(person => file.IsAssigned(person, Today));
}

public enum CreateKind { Initial, Copy, Update }

public enum CopyObjectives { All, AllNotMet, None }

/// <summary>What to bring along from the version in effect (CA-11).</summary>
public sealed record CopyChoices
{
    public bool FamilyStrengths { get; init; } = true;

    public bool ContributingFactors { get; init; } = true;

    public bool PlannedServices { get; init; } = true;

    public bool Appropriateness { get; init; } = true;

    public CopyObjectives Objectives { get; init; } = CopyObjectives.All;
}

/// <summary>How to begin a version.</summary>
public sealed record NewVersion
{
    public required CreateKind Kind { get; init; }

    public required DateOnly PlanDate { get; init; }

    /// <summary>Six calendar months after the plan date where this is null.</summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>Source ids; every focus child of the plan where this is null.</summary>
    public IReadOnlyList<string>? FocusChildren { get; init; }

    /// <summary>Source ids; everyone else on the case where this is null.</summary>
    public IReadOnlyList<string>? Participants { get; init; }

    public CopyChoices Copy { get; init; } = new();
}

/// <summary>The head of a draft as its writer sends it.</summary>
public sealed record DraftHead(DateOnly PlanDate, DateOnly? EndDate, IReadOnlyList<string> FocusChildren, IReadOnlyList<string> Participants);

/// <summary>
/// What can be done to a plan and its versions. Every function looks the act up in <see cref="Transitions"/>, returns all refusals at once,
/// and answers with the plan as it then is; it changes nothing itself.
/// </summary>
public static class Lifecycle
{
    /// <summary>Begins the first version, a copy of <paramref name="source"/>, or an update of the version in effect.</summary>
    public static Result<(CasePlan Plan, PlanVersion Version, PlanContent Content)> Create(
        CaseFile file, PlanView view, NewVersion asked, PlanVersion? source, PlanContent? sourceContent, PlanProgress? progress, Actor by)
    {
        if (Transitions.Refuse(view.Stage, PlanAct.CreateVersion) is { } wrong)
        {
            return wrong;
        }

        if (RefuseKind(view, asked, sourceContent, progress) is { } early)
        {
            return early;
        }

        var children = asked.FocusChildren ?? [.. view.FocusChildren(by.Today)];
        var number = view.Plan.Versions.Count + 1;
        var version = new PlanVersion
        {
            Number = number,
            Kind = asked.Kind == CreateKind.Update ? VersionKind.Update : VersionKind.Initial,
            Status = VersionStatus.Draft,
            PlanDate = asked.PlanDate,
            EndDate = asked.EndDate ?? PlanVersion.DefaultEnd(asked.PlanDate),
            EndDateEdited = asked.EndDate is { } end && end != PlanVersion.DefaultEnd(asked.PlanDate),
            FocusChildren = children,
            Participants = asked.Participants ?? [.. OthersOn(file, children, by.Today)],
            CreatedOn = by.Today,
            CreatedBy = by.Person,
            CopiedFrom = source?.Number,
        };
        var violations = Drafts.Check(file, view, version, by);
        if (violations.Count > 0)
        {
            return new Refusal.Invalid(violations);
        }

        var content = source is null || sourceContent is null
            ? new PlanContent { Plan = view.Plan.Id, Version = number }
            : Copies.Of(sourceContent, view.Plan.Id, version, source, asked, progress);
        return (view.Plan.With(version) with { UpdateStarted = null }, version, content);
    }

    /// <summary>The draft with another head.</summary>
    public static Result<CasePlan> SaveDraft(CaseFile file, PlanView view, PlanVersion version, DraftHead head, Actor by)
    {
        if (Refuse(view, PlanAct.SaveDraft, version, VersionStatus.Draft) is { } wrong)
        {
            return wrong;
        }

        var end = head.EndDate ?? PlanVersion.DefaultEnd(head.PlanDate);
        var saved = version with
        {
            PlanDate = head.PlanDate,
            EndDate = end,
            EndDateEdited = end != PlanVersion.DefaultEnd(head.PlanDate),
            FocusChildren = head.FocusChildren,
            Participants = head.Participants,
        };
        var violations = Drafts.Check(file, view, saved, by);
        return violations.Count > 0 ? new Refusal.Invalid(violations) : view.Plan.With(saved);
    }

    public static Result<CasePlan> WithdrawDraft(PlanView view, PlanVersion version) =>
        Refuse(view, PlanAct.WithdrawDraft, version, VersionStatus.Draft) is { } wrong ? wrong : view.Plan.With(version with { Status = VersionStatus.Withdrawn });

    public static Result<CasePlan> StartUpdate(PlanView view, DateOnly today) =>
        Transitions.Refuse(view.Stage, PlanAct.StartUpdate) is { } wrong
            ? view.Stage == Stage.AwaitingPlan ? new Refusal.WrongStage(wrong.Title, [NoPlanToUpdate, .. wrong.Reasons]) : wrong
            : view.Plan with { UpdateStarted = today, Revision = view.Plan.Revision + 1 };

    public static Result<CasePlan> TakeBackUpdate(PlanView view) =>
        Transitions.Refuse(view.Stage, PlanAct.TakeBackUpdate) is { } wrong ? wrong : view.Plan with { UpdateStarted = null, Revision = view.Plan.Revision + 1 };

    /// <summary>Records progress on one objective of the version in effect (CA-04, CA-05).</summary>
    public static Result<PlanProgress> RecordProgress(PlanView view, PlanContent? inEffect, PlanProgress? before, string objective, Met met, string narrative, Actor by)
    {
        if (Transitions.Refuse(view.Stage, PlanAct.RecordProgress) is { } wrong)
        {
            return wrong;
        }

        if (view.InEffect is not { } version || inEffect is null)
        {
            return new Refusal.WrongStage("No version of the plan is in effect, so there is no progress to record yet.", [NoPlanToUpdate]);
        }

        if (inEffect.ServiceObjectives.All(each => !string.Equals(each.Id, objective, StringComparison.Ordinal)))
        {
            return new Refusal.NotFound($"Objective {objective} of version {version.Number}");
        }

        if (string.IsNullOrWhiteSpace(narrative))
        {
            return new Refusal.Invalid([new Violation("CA-04", "Describe the progress in a narrative.", "narrative", Sources.California)]);
        }

        var progress = before ?? new PlanProgress { Plan = view.Plan.Id, Version = version.Number, Revision = 0 };
        var entry = new ObjectiveProgress { Objective = objective, Met = met, Narrative = narrative, RecordedOn = by.Today, RecordedBy = by.Person };
        return progress with
        {
            Revision = progress.Revision + 1,
            Objectives = [.. progress.Objectives.Where(each => !string.Equals(each.Objective, objective, StringComparison.Ordinal)).Append(entry).OrderBy(each => each.Objective, StringComparer.Ordinal)],
        };
    }

    /// <summary>Submits a draft for approval; refused with every rule it doesn't meet yet (CA-25).</summary>
    public static Result<CasePlan> Submit(CaseFile file, PlanView view, PlanVersion version, PlanContent content, RuleBook rules, string? comments, Actor by)
    {
        if (Refuse(view, PlanAct.Submit, version, VersionStatus.Draft) is { } wrong)
        {
            return wrong;
        }

        var unmet = Readiness.Of(file, view, version, content, null, rules, by.Today).Where(rule => rule.Blocks == Blocks.Submission).ToArray();
        if (unmet.Length > 0)
        {
            return new Refusal.NotReady("The plan isn't ready for approval.", [.. unmet.Select(rule => rule.Violation)]);
        }

        var request = new ApprovalRequest
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{view.Plan.Id}.v{version.Number}.{version.Requests.Count + 1}"),
            SubmittedBy = by.Person,
            SubmittedAt = by.Now,
            SubmittedOn = by.Today,
            Comments = comments,
        };
        return view.Plan.With(version with { Status = VersionStatus.PendingApproval, SignedOn = SignedOn(file, version, content), Requests = [.. version.Requests, request] });
    }

    public static Result<CasePlan> Recall(PlanView view, PlanVersion version, string? comments, Actor by) =>
        BackToDraft(view, version, PlanAct.Recall, ApprovalAnswer.Recalled, comments, by);

    public static Result<CasePlan> Return(PlanView view, PlanVersion version, string? comments, Actor by) =>
        string.IsNullOrWhiteSpace(comments)
            ? new Refusal.Invalid([new Violation("WI-21", "Say what has to change before the plan can be approved.", "comments", Sources.Wisconsin)])
            : BackToDraft(view, version, PlanAct.Return, ApprovalAnswer.Returned, comments, by);

    /// <summary>Approves a pending version: it takes effect today and supersedes the one before (CA-26). A plan date still ahead can be set to today (WI-07).</summary>
    public static Result<CasePlan> Approve(
        CaseFile file, PlanView view, PlanVersion version, PlanContent content, RuleBook rules, bool planDateToToday, string? comments, bool ownApproval, Actor by)
    {
        if (Refuse(view, PlanAct.Approve, version, VersionStatus.PendingApproval) is { } wrong)
        {
            return wrong;
        }

        if (!ownApproval && string.Equals(version.OpenRequest!.SubmittedBy, by.Person, StringComparison.Ordinal))
        {
            return new Refusal.Forbidden("Nobody approves a plan they submitted themselves, unless the agency allows it.");
        }

        var dated = planDateToToday && version.PlanDate > by.Today ? version with
        {
            PlanDate = by.Today,
            EndDate = version.EndDateEdited ? version.EndDate : PlanVersion.DefaultEnd(by.Today),
        }
        : version;
        var unmet = Readiness.Of(file, view, dated, content, null, rules, by.Today).Where(rule => rule.Blocks != Blocks.Nothing).ToArray();
        if (unmet.Length > 0)
        {
            return new Refusal.NotReady("The plan can't take effect yet.", [.. unmet.Select(rule => rule.Violation)]);
        }

        var approved = PlanDuties.Answered(dated with { Status = VersionStatus.InEffect, EffectiveOn = by.Today }, version.OpenRequest, ApprovalAnswer.Approved, by.Person, by.Now, by.Today, comments);
        var plan = view.Plan with
        {
            Versions = [.. view.Plan.Versions.Select(other => other.Status == VersionStatus.InEffect ? other with { Status = VersionStatus.Superseded } : other)],
        };
        return plan.With(approved);
    }

    /// <summary>Takes back an approval given in error; the version before is in effect again.</summary>
    public static Result<CasePlan> Rescind(PlanView view, PlanVersion version, string reason)
    {
        if (Transitions.Refuse(view.Stage, PlanAct.Rescind) is { } wrong)
        {
            return wrong;
        }

        if (view.InEffect?.Number != version.Number)
        {
            return new Refusal.WrongStage($"Version {version.Number} is not the one in effect; only that approval can be rescinded.", []);
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal.Invalid([new Violation("lifecycle", "Give the reason why the approval is rescinded.", "reason")]);
        }

        var before = view.Current is null ? null : view.EffectiveIn(view.Current).LastOrDefault(other => other.Number != version.Number);
        var plan = view.Plan.With(version with { Status = VersionStatus.Rescinded });
        return before is null ? plan : plan.With(before with { Status = VersionStatus.InEffect }) with { Revision = plan.Revision };
    }

    /// <summary>The first signature, or reasoned refusal, of a parent or guardian on this version; of anybody where none takes part.</summary>
    private static DateOnly? SignedOn(CaseFile file, PlanVersion version, PlanContent content)
    {
        var given = content.Signatures.Select(each => (each.Participant, On: each.Signed >= version.CreatedOn ? each.Signed : each.RefusedToSign ?? each.RefusedToParticipate)).Where(each => each.On is not null).ToArray();
        var parents = given.Where(each => file.Find<Participant>(each.Participant)?.Role is ParticipantRole.Parent or ParticipantRole.Guardian or ParticipantRole.ParentOutsideHome).ToArray();
        return (parents.Length > 0 ? parents : given).Select(each => each.On).Min();
    }

    private static Violation NoPlanToUpdate => new("CA-02", "An update needs one completed and approved plan before it.", "kind", Sources.California);

    private static Refusal? RefuseKind(PlanView view, NewVersion asked, PlanContent? sourceContent, PlanProgress? progress)
    {
        if (asked.Kind != CreateKind.Update)
        {
            return view.Stage == Stage.AwaitingPlan ? null : new Refusal.WrongStage(
                "A version is in effect, so the next one is an update of it.", [new Violation("CA-02", "Create an update; it starts from the version in effect.", "kind", Sources.California)]);
        }

        if (view.InEffect is null)
        {
            return new Refusal.WrongStage("There is no version in effect to update.", [NoPlanToUpdate]);
        }

        var open = (sourceContent?.ServiceObjectives ?? []).Where(objective => progress?.For(objective.Id) is null).ToArray();
        return open.Length == 0 ? null : new Refusal.NotReady(
            "Progress is not recorded for every objective of the version in effect.",
            [.. open.Select(objective => new Violation("CA-06", $"Record progress for objective {objective.Id}: {objective.Objective}.", $"progress/{objective.Id}", Sources.California))]);
    }

    private static Result<CasePlan> BackToDraft(PlanView view, PlanVersion version, PlanAct act, ApprovalAnswer answer, string? comments, Actor by) =>
        Refuse(view, act, version, VersionStatus.PendingApproval) is { } wrong
            ? wrong
            : view.Plan.With(PlanDuties.Answered(version with { Status = VersionStatus.Draft }, version.OpenRequest, answer, by.Person, by.Now, by.Today, comments));

    private static Refusal? Refuse(PlanView view, PlanAct act, PlanVersion version, VersionStatus status) =>
        Transitions.Refuse(view.Stage, act) ?? (version.Status == status ? null : new Refusal.WrongStage(
            $"Version {version.Number} is {Words.Of(version.Status)}; it isn't possible to {Words.Of(act)}.", []));

    private static IEnumerable<string> OthersOn(CaseFile file, IReadOnlyList<string> children, DateOnly today) =>
        file.Of<Participant>().Where(each => (each.Until ?? today) >= today).Select(each => each.Source).Except(children, StringComparer.Ordinal);
}
