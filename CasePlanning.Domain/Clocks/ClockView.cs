using System.Globalization;
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
    private static readonly int Scopes = Enum.GetValues<RuleScope>().Length;
    private readonly List<ClockTarget>?[] _targets = new List<ClockTarget>?[Scopes];

    private readonly PlanView[] _plans;

    private ClockView(CaseFile file, IReadOnlyList<Membership> memberships, PlanView[] plans, Calendar calendar, DateOnly today) =>
        (File, Memberships, _plans, Calendar, Today, WorkingDays) = (file, memberships, plans, calendar, today, WorkingDays.Around(today, calendar));

    public CaseFile File { get; }

    public IReadOnlyList<Membership> Memberships { get; }

    public IReadOnlyList<PlanView> Plans => _plans;

    public Calendar Calendar { get; }

    public DateOnly Today { get; }

    internal WorkingDays WorkingDays { get; }

    /// <summary>The loop of the case's own duties.</summary>
    public string Owner => field ??= $"case:{File.Id}";

    public static ClockView Of(CaseFile file, IReadOnlyList<CasePlan> plans, Calendar calendar, DateOnly today)
    {
        var memberships = Cases.Memberships.Of(file);
        var views = new PlanView[plans.Count];
        for (var index = 0; index < views.Length; index++)
        {
            views[index] = PlanView.Of(memberships, plans[index], today);
        }

        return new(file, memberships, views, calendar, today);
    }

    /// <summary>Everything a scope's clocks run for.</summary>
    internal List<ClockTarget> Targets(RuleScope scope)
    {
        if (_targets[(int)scope] is not { } targets)
        {
            _targets[(int)scope] = targets = new List<ClockTarget>(1);
            Add(scope, targets);
        }

        return targets;
    }

    private void Add(RuleScope scope, List<ClockTarget> targets)
    {
        switch (scope)
        {
            case RuleScope.Case:
                AddCase(targets);
                break;
            case RuleScope.ChildOnCase:
                AddChildren(targets);
                break;
            case RuleScope.Plan:
                AddPlans(targets);
                break;
            case RuleScope.Version:
                AddVersions(targets);
                break;
            default:
                AddMembers(targets);
                break;
        }
    }

    private void AddCase(List<ClockTarget> targets)
    {
        if (File.Opening is not { } opening)
        {
            return;
        }

        var opened = DatedFact.Of(opening, "case opened");
        var times = Spells.Covering(Memberships);
        if (times.Count == 0)
        {
            targets.Add(new ClockTarget(Owner, Owner, new Spell(opened, null, null, null)));
        }

        foreach (var time in times)
        {
            if (!(time.To < opened.On))
            {
                targets.Add(new ClockTarget(Owner, Owner, targets.Count == 0 ? time with { Begin = opened } : time));
            }
        }
    }

    private void AddChildren(List<ClockTarget> targets)
    {
        if (Memberships is [var only])
        {
            AddChild(only.Child, Memberships, targets);
            return;
        }

        foreach (var members in Memberships.GroupBy(member => member.Child.Source, StringComparer.Ordinal))
        {
            AddChild(members.First().Child, [.. members], targets);
        }
    }

    private void AddChild(Participant child, IReadOnlyList<Membership> members, List<ClockTarget> targets)
    {
        var joined = child.On > File.Opening!.On ? DatedFact.Of(child, "joined the case") : DatedFact.Of(File.Opening, "case opened");
        var isFirst = true;
        foreach (var time in Spells.Covering(members))
        {
            if (!(time.To < joined.On))
            {
                targets.Add(new ClockTarget(SubjectOf(child), Owner, isFirst ? time with { Begin = joined } : time) { Child = child });
                isFirst = false;
            }
        }
    }

    private void AddPlans(List<ClockTarget> targets)
    {
        foreach (var plan in _plans)
        {
            foreach (var period in plan.Periods.AsSpan())
            {
                targets.Add(new ClockTarget(plan.Owner, plan.Owner, new Spell(period.Begin, period.To, period.End, PlanView.Why(period.End))) { Plan = plan, Period = period });
            }
        }
    }

    private void AddMembers(List<ClockTarget> targets)
    {
        foreach (var plan in _plans)
        {
            foreach (var period in plan.Periods.AsSpan())
            {
                foreach (var member in period.Members.AsSpan())
                {
                    targets.Add(new ClockTarget(SubjectOf(member.Child), plan.Owner, new Spell(member.Begin, member.To, member.End, EndOf(member.End)))
                    {
                        Plan = plan,
                        Period = period,
                        Member = member,
                        Child = member.Child,
                        Care = member.Setting == Setting.OutOfHome ? Spells.CareOf(File, member, Today) : null,
                    });
                }
            }
        }
    }

    private void AddVersions(List<ClockTarget> targets)
    {
        foreach (var plan in _plans)
        {
            for (var index = 0; index < plan.Plan.Versions.Count; index++)
            {
                var version = plan.Plan.Versions[index];
                if (version.Requests.Count > 0)
                {
                    var submitted = version.Requests[0].SubmittedOn;
                    var number = version.Number.ToString(CultureInfo.InvariantCulture);
                    targets.Add(new ClockTarget($"version:{plan.Plan.Id}.v{number}", plan.Owner, new Spell(new DatedFact(submitted, new FactName("", "v", number), "submitted", submitted), null, null, null))
                    {
                        Plan = plan,
                        Version = version,
                    });
                }
            }
        }
    }

    private static string SubjectOf(Participant child) => $"child:{child.Source}";

    private static string? EndOf(MembershipEnd? end) => end switch
    {
        null => null,
        MembershipEnd.Moved => "the child moved to the other plan",
        MembershipEnd.LeftTheCase => "the child left the case",
        _ => "the plan was closed",
    };
}
