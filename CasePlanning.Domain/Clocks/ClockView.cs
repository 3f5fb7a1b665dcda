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
        : Version is not null ? $"version:{plan!.Plan.Id}.v{Version.Number.ToString(CultureInfo.InvariantCulture)}"
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
    private readonly List<ClockTarget>?[] _targets = new List<ClockTarget>?[Scopes];
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
    internal List<ClockTarget> Targets(RuleScope scope) => _targets[(int)scope] ??= Found(scope);

    private List<ClockTarget> Found(RuleScope scope) => scope switch
    {
        RuleScope.Case => OfCase(),
        RuleScope.ChildOnCase => OfChildren(),
        RuleScope.Plan => OfPeriods(),
        RuleScope.Version => OfVersions(),
        _ => OfMembers(),
    };

    private List<ClockTarget> OfCase()
    {
        if (File.Opening is not { } opening)
        {
            return [];
        }

        var opened = Opened(opening);
        return Since(opened, Spells.Covering(Memberships) is [_, ..] times ? times : [new Spell(opened, null, null, null)], null);
    }

    private List<ClockTarget> OfChildren() => Memberships is [var only]
        ? OfChild(only.Child, Memberships)
        : [.. Memberships.GroupBy(member => member.Child.Source, StringComparer.Ordinal).SelectMany(members => OfChild(members.First().Child, [.. members]))];

    private List<ClockTarget> OfChild(Participant child, IReadOnlyList<Membership> members) =>
        Since(child.On > File.Opening!.On ? DatedFact.Of(child, "joined the case") : Opened(File.Opening), Spells.Covering(members), child);

    /// <summary>The times that weren't over before a day; the first of them is anchored by what happened on it.</summary>
    private List<ClockTarget> Since(DatedFact begin, Spell[] times, Participant? child)
    {
        var targets = new List<ClockTarget>(1);
        foreach (var time in times)
        {
            if (!(time.To < begin.On))
            {
                targets.Add(new(this, null, targets.Count == 0 ? time with { Begin = begin } : time) { Child = child });
            }
        }

        return targets;
    }

    private List<ClockTarget> OfPeriods()
    {
        var targets = new List<ClockTarget>(1);
        foreach (var plan in _plans)
        {
            foreach (var period in plan.Periods.AsSpan())
            {
                targets.Add(new(this, plan, new Spell(period.Begin, period.To, period.End, PlanView.Why(period.End))) { Period = period });
            }
        }

        return targets;
    }

    private List<ClockTarget> OfMembers()
    {
        var targets = new List<ClockTarget>(1);
        foreach (var plan in _plans)
        {
            foreach (var period in plan.Periods.AsSpan())
            {
                foreach (var member in period.Members.AsSpan())
                {
                    targets.Add(new(this, plan, new Spell(member.Begin, member.To, member.End, EndOf(member.End))) { Period = period, Member = member, Child = member.Child });
                }
            }
        }

        return targets;
    }

    private List<ClockTarget> OfVersions()
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

        return targets;
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
