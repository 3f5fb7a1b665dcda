using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Plans;

/// <summary>A plan as it stands on a date: its stage, the version in effect, and who it is for. Derived from the facts and the plan's versions.</summary>
public sealed class PlanView
{
    private PlanView(CasePlan plan, IReadOnlyList<PlanPeriod> periods, DateOnly today)
    {
        Plan = plan;
        Periods = periods;
        Current = periods.LastOrDefault(period => period.From <= today && !period.HasEndedBy(today));
        InEffect = Current is null ? null : EffectiveIn(Current).LastOrDefault();
        Stage = DeriveStage();
    }

    public CasePlan Plan { get; }

    public IReadOnlyList<PlanPeriod> Periods { get; }

    /// <summary>The period that is running, or null when the plan is closed.</summary>
    public PlanPeriod? Current { get; }

    public PlanVersion? InEffect { get; }

    public Stage Stage { get; }

    /// <summary>Why a closed plan is closed, in words; null while it is open.</summary>
    public string? ClosedBecause => Stage != Stage.Closed ? null : Periods.Count == 0 ? "the fact that began it was withdrawn" : Why(Periods[^1].End);

    public static PlanView Of(CaseFile file, CasePlan plan, DateOnly today) => Of(Memberships.Of(file), plan, today);

    public static PlanView Of(IReadOnlyList<Membership> memberships, CasePlan plan, DateOnly today) =>
        new(plan, Memberships.Periods(memberships, plan.Setting), today);

    public static string Why(MembershipEnd? end) => end switch
    {
        MembershipEnd.Moved => "no focus child is left in this setting",
        MembershipEnd.LeftTheCase => "no focus child is left on the case",
        _ => "the plan was closed",
    };

    /// <summary>Source ids of the focus children the plan has on a date.</summary>
    public IEnumerable<string> FocusChildren(DateOnly date) =>
        Current is null ? [] : Current.Members.Where(member => member.Contains(date) && !member.HasEndedBy(date)).Select(member => member.Child.Source).Distinct(StringComparer.Ordinal);

    /// <summary>The versions that took effect in a period and weren't rescinded, in the order in which they took effect.</summary>
    public IEnumerable<PlanVersion> EffectiveIn(PlanPeriod period) =>
        Plan.Versions.Where(version => version.TookEffect && ReferenceEquals(PeriodOf(version.EffectiveOn!.Value), period))
            .OrderBy(version => version.EffectiveOn).ThenBy(version => version.Number);

    private PlanPeriod? PeriodOf(DateOnly effectiveOn) =>
        Periods.LastOrDefault(period => period.Contains(effectiveOn)) ?? Periods.FirstOrDefault(period => period.From > effectiveOn);

    private Stage DeriveStage()
    {
        if (Current is null)
        {
            return Stage.Closed;
        }

        return Plan.InPreparation?.Status switch
        {
            VersionStatus.Draft => Stage.Draft,
            VersionStatus.PendingApproval => Stage.PendingApproval,
            _ when InEffect is null => Stage.AwaitingPlan,
            _ => Plan.UpdateStarted is null ? Stage.InEffect : Stage.RecordingProgress,
        };
    }
}
