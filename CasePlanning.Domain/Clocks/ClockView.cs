using System.Globalization;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Clocks;

/// <summary>What one clock runs for, and the time it runs in.</summary>
public sealed class ClockTarget(ClockView view, PlanView? plan, Spell time)
{
    private readonly Spell _time = time;

    /// <summary>E.g. <c>child:daniel</c>.</summary>
    public string Subject => field ??= Child is not null ? $"child:{Child.Source}"
        : Version is not null ? string.Concat("version:", plan!.Plan.Id, ".v", Version.Number.ToString(CultureInfo.InvariantCulture))
        : Owner;

    /// <summary>Whose loop it belongs to: <c>plan:…</c> or <c>case:…</c>.</summary>
    public string Owner => plan?.Owner ?? view.Owner;

    public ref readonly Spell Time => ref _time;

    /// <summary>The plan it belongs to; null for what is the case's own.</summary>
    public PlanView? Plan => plan;

    public PlanPeriod? Period { get; init; }

    public Membership? Member { get; init; }

    public Participant? Child { get; init; }

    public PlanVersion? Version { get; init; }

    /// <summary>The child's time in foster care, where the child is placed.</summary>
    public FosterCare? Care => Member is { Setting: Setting.OutOfHome } ? field ??= Spells.CareOf(view.File, Member, view.Today) : null;

    /// <summary>Why the clock has stopped by a date; null while it runs.</summary>
    public string? EndedBy(DateOnly today) => Time.HasEndedBy(today) ? Time.Ended : null;
}

/// <summary>What can be seen of a case when its clocks are read.</summary>
public sealed class ClockView
{
    private static readonly int Scopes = Enum.GetValues<RuleScope>().Length;
    private readonly ClockTarget[]?[] _targets = new ClockTarget[]?[Scopes];
    private readonly PlanView[] _plans;
    private DatedFact? _opened;

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
    internal ClockTarget[] Targets(RuleScope scope) => _targets[(int)scope] ??= Found(scope);

    private ClockTarget[] Found(RuleScope scope) => scope switch
    {
        RuleScope.Case => OfCase(),
        RuleScope.ChildOnCase => OfChildren(),
        RuleScope.Plan => OfPeriods(),
        RuleScope.Version => OfVersions(),
        _ => OfMembers(),
    };

    private ClockTarget[] OfCase()
    {
        if (File.Opening is not { } opening)
        {
            return [];
        }

        var opened = Opened(opening);
        return Memberships.Count == 0 ? [new(this, null, new Spell(opened, null, null, null))] : Since(opened, Memberships, null);
    }

    private ClockTarget[] OfChildren() => Memberships is [var only]
        ? OfChild(only.Child, Memberships)
        : [.. Memberships.GroupBy(member => member.Child.Source, StringComparer.Ordinal).SelectMany(members => OfChild(members.First().Child, [.. members]))];

    private ClockTarget[] OfChild(Participant child, IReadOnlyList<Membership> members) =>
        Since(child.On > File.Opening!.On ? DatedFact.Of(child, "joined the case") : Opened(File.Opening), members, child);

    /// <summary>The unbroken times of memberships that weren't over before a day; the first of them is anchored by what happened on it.</summary>
    private ClockTarget[] Since(DatedFact begin, IReadOnlyList<Membership> members, Participant? child)
    {
        if (members is [var only])
        {
            return only.To < begin.On ? [] : [new(this, null, Spells.Of(only) with { Begin = begin }) { Child = child }];
        }

        var targets = new List<ClockTarget>();
        foreach (var time in Spells.Covering(members))
        {
            if (!(time.To < begin.On))
            {
                targets.Add(new ClockTarget(this, null, targets.Count == 0 ? time with { Begin = begin } : time) { Child = child });
            }
        }

        return [.. targets];
    }

    private ClockTarget[] OfPeriods() => _plans is [{ Periods: [var only] } plan]
        ? [Of(plan, only)]
        : [.. from each in _plans from period in each.Periods select Of(each, period)];

    private ClockTarget[] OfMembers() => _plans is [{ Periods: [{ Members: [var only] } period] } plan]
        ? [Of(plan, period, only)]
        : [.. from each in _plans from time in each.Periods from member in time.Members select Of(each, time, member)];

    private ClockTarget Of(PlanView plan, PlanPeriod period) =>
        new(this, plan, new Spell(period.Begin, period.To, period.End, PlanView.Why(period.End))) { Period = period };

    private ClockTarget Of(PlanView plan, PlanPeriod period, Membership member) =>
        new(this, plan, new Spell(member.Begin, member.To, member.End, EndOf(member.End))) { Period = period, Member = member, Child = member.Child };

    private ClockTarget[] OfVersions()
    {
        var targets = new List<ClockTarget>(1);
        foreach (var plan in _plans)
        {
            for (var index = 0; index < plan.Plan.Versions.Count; index++)
            {
                var version = plan.Plan.Versions[index];
                if (version.Requests.Count > 0)
                {
                    var submitted = version.Requests[0].SubmittedOn;
                    targets.Add(new ClockTarget(this, plan, new Spell(new DatedFact(submitted, new FactName("", "v", version.Number.ToString(CultureInfo.InvariantCulture)), "submitted", submitted), null, null, null)) { Version = version });
                }
            }
        }

        return [.. targets];
    }

    private DatedFact Opened(Opening opening) => _opened ??= DatedFact.Of(opening, "case opened");

    private static string? EndOf(MembershipEnd? end) => end switch
    {
        null => null,
        MembershipEnd.Moved => "the child moved to the other plan",
        MembershipEnd.LeftTheCase => "the child left the case",
        _ => "the plan was closed",
    };
}
