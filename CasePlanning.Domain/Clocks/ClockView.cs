using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Clocks;

/// <summary>What one clock runs for, and the time it runs in.</summary>
/// <param name="Subject">E.g. <c>child:daniel</c>.</param>
/// <param name="Owner">Whose loop it belongs to: <c>plan:…</c> or <c>case:…</c>.</param>
public sealed record ClockTarget(string Subject, string Owner, Spell Time)
{
    public PlanView? Plan { get; init; }

    public PlanPeriod? Period { get; init; }

    public Membership? Member { get; init; }

    public Participant? Child { get; init; }

    public PlanVersion? Version { get; init; }

    /// <summary>The child's time in foster care, where the child is placed.</summary>
    public FosterCare? Care { get; init; }

    /// <summary>Why the clock has stopped by a date; null while it runs.</summary>
    public string? EndedBy(DateOnly today) => Time.HasEndedBy(today) ? Time.Ended : null;
}

/// <summary>What can be seen of a case when its clocks are read.</summary>
public sealed class ClockView
{
    private readonly ClockTarget[][] _targets = new ClockTarget[Enum.GetValues<RuleScope>().Length][];

    private ClockView(CaseFile file, IReadOnlyList<Membership> memberships, IReadOnlyList<PlanView> plans, Calendar calendar, DateOnly today) =>
        (File, Memberships, Plans, Calendar, Today) = (file, memberships, plans, calendar, today);

    public CaseFile File { get; }

    public IReadOnlyList<Membership> Memberships { get; }

    public IReadOnlyList<PlanView> Plans { get; }

    public Calendar Calendar { get; }

    public DateOnly Today { get; }

    public static ClockView Of(CaseFile file, IEnumerable<CasePlan> plans, Calendar calendar, DateOnly today)
    {
        var memberships = Cases.Memberships.Of(file);
        return new(file, memberships, [.. plans.Select(plan => PlanView.Of(memberships, plan, today))], calendar, today);
    }

    /// <summary>Everything a scope's clocks run for.</summary>
    public IReadOnlyList<ClockTarget> Targets(RuleScope scope) => _targets[(int)scope] ??= [.. scope switch
    {
        RuleScope.Case => OfCase(),
        RuleScope.ChildOnCase => OfChildren(),
        RuleScope.Plan => OfPlans(),
        RuleScope.Version => OfVersions(),
        _ => OfMembers(),
    }];

    private IEnumerable<ClockTarget> OfCase()
    {
        if (File.Opening is not { } opening)
        {
            yield break;
        }

        var owner = $"case:{File.Id}";
        var opened = Beginning(opening, "case opened");
        var first = true;
        foreach (var time in Spells.Covering(Memberships).DefaultIfEmpty(new Spell(opened, null, null, null)).Where(time => !(time.To < opened.On)))
        {
            yield return new ClockTarget(owner, owner, first ? time with { Begin = opened } : time);
            first = false;
        }
    }

    private IEnumerable<ClockTarget> OfChildren()
    {
        foreach (var members in Memberships.GroupBy(member => member.Child.Source, StringComparer.Ordinal))
        {
            var child = members.First().Child;
            var joined = child.On > File.Opening!.On ? Beginning(child, "joined the case") : Beginning(File.Opening, "case opened");
            var first = true;
            foreach (var time in Spells.Covering(members).Where(time => !(time.To < joined.On)))
            {
                yield return new ClockTarget($"child:{child.Source}", $"case:{File.Id}", first ? time with { Begin = joined } : time) { Child = child };
                first = false;
            }
        }
    }

    private IEnumerable<ClockTarget> OfPlans() =>
        from plan in Plans
        from period in plan.Periods
        select new ClockTarget(Owner(plan), Owner(plan), new Spell(period.Begin, period.To, period.End, PlanView.Why(period.End))) { Plan = plan, Period = period };

    private IEnumerable<ClockTarget> OfMembers() =>
        from plan in Plans
        from period in plan.Periods
        from member in period.Members
        select new ClockTarget($"child:{member.Child.Source}", Owner(plan), new Spell(member.Begin, member.To, member.End, EndOf(member.End)))
        {
            Plan = plan,
            Period = period,
            Member = member,
            Child = member.Child,
            Care = member.Setting == Setting.OutOfHome ? Spells.CareOf(File, member, Today) : null,
        };

    private IEnumerable<ClockTarget> OfVersions() =>
        from plan in Plans
        from version in plan.Plan.Versions
        where version.Requests.Count > 0
        let submitted = version.Requests[0].SubmittedOn
        select new ClockTarget($"version:{plan.Plan.Id}.v{version.Number}", Owner(plan), new Spell(new DatedFact(submitted, $"v{version.Number}", "submitted", submitted), null, null, null))
        {
            Plan = plan,
            Version = version,
        };

    private static string Owner(PlanView plan) => $"plan:{plan.Plan.Id}";

    private static DatedFact Beginning(Fact fact, string what) => new(fact.On, fact.Key, what, fact.RecordedOn);

    private static string? EndOf(MembershipEnd? end) => end switch
    {
        null => null,
        MembershipEnd.Moved => "the child moved to the other plan",
        MembershipEnd.LeftTheCase => "the child left the case",
        _ => "the plan was closed",
    };
}
