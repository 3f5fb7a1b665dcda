using System.Globalization;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Clocks;

/// <summary>
/// What can be seen of a case when its clocks are read. The readings of a thread follow one another, so the memory of one view is the next one's:
/// whatever a view holds ends with it.
/// </summary>
public sealed class ClockView : IDisposable
{
    private static readonly int Scopes = Enum.GetValues<RuleScope>().Length;

    /// <summary>The last view of this thread, empty; one within another is made anew.</summary>
    [ThreadStatic]
    private static ClockView? _spare;

    private readonly List<ClockTarget>[] _targets = [.. Enumerable.Range(0, Scopes).Select(_ => new List<ClockTarget>())];
    private readonly bool[] _known = new bool[Scopes];
    private readonly List<ClockTarget> _made = [];
    private readonly List<Spell> _times = [];
    private readonly Occurrences _occurrences;
    private PlanView[] _plans = [];
    private int _used;

    private ClockView() => _occurrences = new Occurrences(this);

    public CaseFile File { get; private set; } = null!;

    public IReadOnlyList<Membership> Memberships { get; private set; } = [];

    public IReadOnlyList<PlanView> Plans => _plans;

    public Calendar Calendar { get; private set; } = null!;

    public DateOnly Today { get; private set; }

    internal WorkingDays WorkingDays { get; private set; }

    /// <summary>The loop of the case's own duties.</summary>
    public string Owner { get; private set; } = "";

    public static ClockView Of(CaseFile file, IReadOnlyList<CasePlan> plans, Calendar calendar, DateOnly today)
    {
        var view = _spare ?? new ClockView();
        _spare = null;
        view.LookAt(file, plans, calendar, today);
        return view;
    }

    /// <summary>Hands every occurrence to a reader.</summary>
    internal void Read(RuleBook book, Marks raised, OccurrenceReader reader) => _occurrences.Read(book, raised, reader);

    /// <summary>Everything a scope's clocks run for.</summary>
    internal List<ClockTarget> Targets(RuleScope scope)
    {
        var targets = _targets[(int)scope];
        if (!_known[(int)scope])
        {
            _known[(int)scope] = true;
            Find(scope, targets);
        }

        return targets;
    }

    internal ClockTarget Target(in Spell time, PlanView? plan = null, PlanPeriod? period = null, Membership? member = null, Participant? child = null, PlanVersion? version = null)
    {
        if (_used == _made.Count)
        {
            _made.Add(new ClockTarget());
        }

        var target = _made[_used++];
        target.Become(this, time, plan, period, member, child, version);
        return target;
    }

    public void Dispose()
    {
        for (; _used > 0; _used--)
        {
            _made[_used - 1].Become(this, default, null, null, null, null, null);
        }

        foreach (var targets in _targets)
        {
            targets.Clear();
        }

        Array.Clear(_known);
        (File, Memberships, _plans, Owner) = (null!, [], [], "");
        _spare = this;
    }

    private void LookAt(CaseFile file, IReadOnlyList<CasePlan> plans, Calendar calendar, DateOnly today)
    {
        (File, Calendar, Today, Owner) = (file, calendar, today, $"case:{file.Id}");
        WorkingDays = WorkingDays.Around(today, calendar);
        Memberships = Cases.Memberships.Of(file);
        _plans = new PlanView[plans.Count];
        for (var index = 0; index < _plans.Length; index++)
        {
            _plans[index] = PlanView.Of(Memberships, plans[index], today);
        }
    }

    private void Find(RuleScope scope, List<ClockTarget> found)
    {
        switch (scope)
        {
            case RuleScope.Case:
                FindCase(found);
                break;
            case RuleScope.ChildOnCase:
                FindChildren(found);
                break;
            case RuleScope.Plan:
                FindPeriods(found);
                break;
            case RuleScope.Version:
                FindVersions(found);
                break;
            default:
                FindMembers(found);
                break;
        }
    }

    private void FindCase(List<ClockTarget> found)
    {
        if (File.Opening is { } opening)
        {
            var opened = DatedFact.Of(opening, "case opened");
            Spells.Cover(Memberships, _times);
            if (_times.Count == 0)
            {
                _times.Add(new Spell(opened, null, null, null));
            }

            AddSince(opened, null, found);
        }
    }

    private void FindChildren(List<ClockTarget> found)
    {
        if (Memberships is [var only])
        {
            AddChild(only.Child, Memberships, found);
            return;
        }

        foreach (var members in Memberships.GroupBy(member => member.Child.Source, StringComparer.Ordinal))
        {
            AddChild(members.First().Child, [.. members], found);
        }
    }

    private void AddChild(Participant child, IReadOnlyList<Membership> members, List<ClockTarget> found)
    {
        Spells.Cover(members, _times);
        AddSince(Cases.Memberships.Joined(File.Opening!, child), child, found);
    }

    /// <summary>Adds the times that weren't over before a day; the first of them is anchored by what happened on it.</summary>
    private void AddSince(in DatedFact begin, Participant? child, List<ClockTarget> found)
    {
        var isFirst = true;
        foreach (var time in _times)
        {
            if (!(time.To < begin.On))
            {
                found.Add(Target(isFirst ? time with { Begin = begin } : time, child: child));
                isFirst = false;
            }
        }

        _times.Clear();
    }

    private void FindPeriods(List<ClockTarget> found)
    {
        foreach (var plan in _plans)
        {
            foreach (var period in plan.Periods.AsSpan())
            {
                found.Add(Target(new Spell(period.Begin, period.To, period.End, PlanView.Why(period.End)), plan, period));
            }
        }
    }

    private void FindMembers(List<ClockTarget> found)
    {
        foreach (var plan in _plans)
        {
            foreach (var period in plan.Periods.AsSpan())
            {
                foreach (var member in period.Members.AsSpan())
                {
                    found.Add(Target(new Spell(member.Begin, member.To, member.End, EndOf(member.End)), plan, period, member, member.Child));
                }
            }
        }
    }

    private void FindVersions(List<ClockTarget> found)
    {
        foreach (var plan in _plans)
        {
            for (var index = 0; index < plan.Plan.Versions.Count; index++)
            {
                var version = plan.Plan.Versions[index];
                if (version.Requests.Count > 0)
                {
                    var submitted = version.Requests[0].SubmittedOn;
                    var begin = new DatedFact(submitted, new FactName("", "v", version.Number.ToString(CultureInfo.InvariantCulture)), "submitted", submitted);
                    found.Add(Target(new Spell(begin, null, null, null), plan, version: version));
                }
            }
        }
    }

    private static string? EndOf(MembershipEnd? end) => end switch
    {
        null => null,
        MembershipEnd.Moved => "the child moved to the other plan",
        MembershipEnd.LeftTheCase => "the child left the case",
        _ => "the plan was closed",
    };
}
