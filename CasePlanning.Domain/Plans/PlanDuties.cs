using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Plans;

/// <summary>Keeps a case's plans in step with its facts: the fact that creates a duty creates its plan, and a plan that has ended prepares nothing.</summary>
public static class PlanDuties
{
    /// <summary>The plans as the facts now ask for them; the same list when nothing changes.</summary>
    public static IReadOnlyList<CasePlan> Reconcile(CaseFile file, IReadOnlyList<CasePlan> plans, string by, DateTimeOffset now, DateOnly today)
    {
        var memberships = Memberships.Of(file);
        var begun = memberships.Select(member => member.Setting).Distinct()
            .Where(setting => plans.All(plan => plan.Setting != setting))
            .Select(setting => new CasePlan { Id = CasePlan.IdFor(file.Id, setting), Case = file.Id, Setting = setting });
        var kept = plans.Select(plan => InStep(PlanView.Of(memberships, plan, today), by, now, today));
        return [.. kept.Concat(begun).OrderBy(plan => plan.Setting)];
    }

    private static CasePlan InStep(PlanView view, string by, DateTimeOffset now, DateOnly today)
    {
        // A correction can bring an earlier version back into effect.
        var plan = view.InEffect is { Status: VersionStatus.Superseded } back ? view.Plan.With(back with { Status = VersionStatus.InEffect }) : view.Plan;
        return HasEnded(view, today) ? Settled(plan, by, now, today) : plan;
    }

    /// <summary>True when the plan is closed, or what it prepares was begun in a period that has ended since.</summary>
    private static bool HasEnded(PlanView view, DateOnly today) =>
        view.Stage == Stage.Closed
        || ((view.Plan.InPreparation?.CreatedOn ?? view.Plan.UpdateStarted) is { } begun
            && !view.Current!.Contains(begun) && view.Periods.Any(period => period.Contains(begun) && period.HasEndedBy(today)));

    private static CasePlan Settled(CasePlan plan, string by, DateTimeOffset now, DateOnly today)
    {
        var settled = plan.InPreparation is { } version ? plan.With(Withdrawn(version, by, now, today)) : plan;
        return settled.UpdateStarted is null ? settled : settled with { UpdateStarted = null, Revision = settled.Revision + 1 };
    }

    internal static PlanVersion Withdrawn(PlanVersion version, string by, DateTimeOffset now, DateOnly today) =>
        Answered(version with { Status = VersionStatus.Withdrawn }, version.OpenRequest, ApprovalAnswer.Withdrawn, by, now, today, null);

    /// <summary>The version with the answer written on its open request, if it has one.</summary>
    internal static PlanVersion Answered(PlanVersion version, ApprovalRequest? open, ApprovalAnswer answer, string by, DateTimeOffset now, DateOnly today, string? comments) =>
        open is null ? version : version with
        {
            Requests =
            [
                .. version.Requests.SkipLast(1),
                open with { Answer = answer, AnsweredBy = by, AnsweredAt = now, AnsweredOn = today, AnswerComments = comments },
            ],
        };
}
