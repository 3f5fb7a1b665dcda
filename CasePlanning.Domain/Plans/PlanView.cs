using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Plans;

/// <summary>A plan as it stands on a date: its stage, the version in effect, and who it is for. Derived from the facts and the plan's versions.</summary>
public sealed class PlanView
{
    private readonly IReadOnlyList<PlanVersion>[] _effective;

    private PlanView(CasePlan plan, IReadOnlyList<PlanPeriod> periods, DateOnly today)
    {
        Plan = plan;
        Periods = periods;
        _effective = new IReadOnlyList<PlanVersion>[periods.Count];
        for (var index = 0; index < periods.Count; index++)
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
    public IReadOnlyList<PlanVersion> EffectiveIn(PlanPeriod period)
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

    private List<PlanVersion> EffectiveAt(int period)
    {
        List<PlanVersion>? found = null;
        foreach (var version in Plan.Versions)
        {
            if (version.TookEffect && PeriodOf(version.EffectiveOn!.Value) == period)
            {
                (found ??= []).Add(version);
            }
        }

        return found switch
        {
            null => [],
            [_] => found,
            _ => [.. found.OrderBy(version => version.EffectiveOn).ThenBy(version => version.Number)],
        };
    }

    /// <summary>The place of the last period that contains a day, else of the first one after it; -1 where there is neither.</summary>
    private int PeriodOf(DateOnly effectiveOn)
    {
        var after = -1;
        for (var index = Periods.Count - 1; index >= 0; index--)
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
