using System.Collections.Immutable;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Plans;

/// <summary>A plan as it stands on a date: its stage, the version in effect, and who it is for. Derived from the facts and the plan's versions.</summary>
public sealed class PlanView
{
    private readonly ImmutableArray<PlanVersion>[] _effective;

    private PlanView(CasePlan plan, ImmutableArray<PlanPeriod> periods, DateOnly today)
    {
        Plan = plan;
        Periods = periods;
        _effective = new ImmutableArray<PlanVersion>[periods.Length];
        for (var index = 0; index < periods.Length; index++)
        {
            _effective[index] = EffectiveAt(index);
            Current = periods[index].From <= today && !periods[index].HasEndedBy(today) ? periods[index] : Current;
        }

        InEffect = Current is not null && EffectiveIn(Current) is [.., var last] ? last : null;
        Stage = DeriveStage();
    }

    public CasePlan Plan { get; }

    /// <summary>The loop its duties belong to.</summary>
    public string Owner => field ??= $"plan:{Plan.Id}";

    public ImmutableArray<PlanPeriod> Periods { get; }

    /// <summary>The period that is running, or null when the plan is closed.</summary>
    public PlanPeriod? Current { get; }

    public PlanVersion? InEffect { get; }

    public Stage Stage { get; }

    /// <summary>Why a closed plan is closed, in words; null while it is open.</summary>
    public string? ClosedBecause => Stage != Stage.Closed ? null : Periods.Length == 0 ? "the fact that began it was withdrawn" : Why(Periods[^1].End);

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
    public ImmutableArray<PlanVersion> EffectiveIn(PlanPeriod period)
    {
        for (var index = 0; index < _effective.Length; index++)
        {
            if (ReferenceEquals(Periods[index], period))
            {
                return _effective[index];
            }
        }

        return [];
    }

    private ImmutableArray<PlanVersion> EffectiveAt(int period)
    {
        ImmutableArray<PlanVersion> found = [];
        for (var index = 0; index < Plan.Versions.Count; index++)
        {
            var version = Plan.Versions[index];
            found = version.TookEffect && PeriodOf(version.EffectiveOn!.Value) == period ? found.Add(version) : found;
        }

        return found.Length < 2 ? found : found.Sort(static (one, other) => (one.EffectiveOn!.Value, one.Number).CompareTo((other.EffectiveOn!.Value, other.Number)));
    }

    /// <summary>The place of the last period that contains a day, else of the first one after it; -1 where there is neither.</summary>
    private int PeriodOf(DateOnly effectiveOn)
    {
        var after = -1;
        for (var index = Periods.Length - 1; index >= 0; index--)
        {
            if (Periods[index].Contains(effectiveOn))
            {
                return index;
            }

            after = Periods[index].From > effectiveOn ? index : after;
        }

        return after;
    }

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
