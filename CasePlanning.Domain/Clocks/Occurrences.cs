using System.Runtime.InteropServices;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>Works out the occurrences of a case's rules from their targets, anchors and acts, and hands each to a reader.</summary>
internal sealed class Occurrences(RuleBook book, ClockView view, OccurrenceReader reader)
{
    /// <summary>The lists of the last reading on this thread, empty; a reading within a reading makes its own.</summary>
    [ThreadStatic]
    private static Lists? _spare;

    private readonly Lists _lists = TakeSpare() ?? new();
    private readonly RuleEdition _edition = book.On(view.Today);
    private readonly FactsOf<Excusal> _excusals = view.File.Of<Excusal>();
    private Clock _clock = null!;
    private DateOnly _last;
    private string? _ended;

    public Calendar Calendar => view.Calendar;

    private Rule Rule => _clock.Rule;

    private List<ClockTarget> Times => _lists.Times;

    private List<DatedFact> Anchors => _lists.Anchors;

    private List<ClockAct> Acts => _lists.Acts;

    /// <summary>Reads everything the rules in force today ask for, rule by rule.</summary>
    public void Read()
    {
        foreach (var clock in _edition.Clocks.AsSpan())
        {
            _clock = clock;
            Read(clock);
        }

        _lists.Clear();
        _spare = _lists;
    }

    private void Read(Clock clock)
    {
        Times.Clear();
        foreach (var target in view.Targets(clock.Rule.Scope))
        {
            if (clock.AppliesTo(view, target))
            {
                Care.AddTimes(clock.Rule, view, target, Times);
            }
        }

        foreach (var time in Times)
        {
            FindAnchors(time, Anchors);
            if (Times.Count > 1 && HasAnotherTime(time))
            {
                KeepOwned(time);
            }

            if (Anchors.Count > 0)
            {
                (_last, _ended) = (time.Time.LastBy(view.Today), time.EndedBy(view.Today));
                _lists.Name.Begin(Rule.Id, time.Subject);
                FindActs(time);
                Cycles(time);
            }
        }
    }

    private bool HasAnotherTime(ClockTarget time)
    {
        foreach (var other in Times)
        {
            if (!ReferenceEquals(other, time) && other.Subject == time.Subject)
            {
                return true;
            }
        }

        return false;
    }

    private void KeepOwned(ClockTarget time) => Anchors.RemoveAll(anchor => !ReferenceEquals(time, Owning(anchor, time)));

    private void FindAnchors(ClockTarget time, List<DatedFact> found)
    {
        found.Clear();
        _clock.FindAnchors(view, time, found);
        Sorting.InsertionSort(CollectionsMarshal.AsSpan(found));
    }

    private void FindActs(ClockTarget time)
    {
        Acts.Clear();
        _clock.FindActs(view, time, Acts);

        // Acts come in the order of their numbers or source ids, and sorting by date keeps that within a day.
        Sorting.InsertionSort(CollectionsMarshal.AsSpan(Acts));
        while (Acts.Count > 0 && Acts[^1].On > _last)
        {
            Acts.RemoveAt(Acts.Count - 1);
        }
    }

    /// <summary>
    /// Of several times of one subject that a fact could anchor, the one that contains its day (the later one, if two share it), else the next
    /// one after it, else the last: a fact anchors a duty once.
    /// </summary>
    private ClockTarget Owning(DatedFact anchor, ClockTarget time)
    {
        var times = Times.Where(other => other.Subject == time.Subject && IsAnchoredBy(other, anchor)).OrderBy(other => other.Time.From).ToArray();
        return times.Length == 1 ? time
            : Array.FindLast(times, each => each.Time.Touches(anchor.On, anchor.On)) ?? Array.Find(times, each => each.Time.From > anchor.On) ?? times[^1];
    }

    private bool IsAnchoredBy(ClockTarget time, DatedFact anchor)
    {
        var anchors = new List<DatedFact>();
        FindAnchors(time, anchors);
        return anchors.Exists(each => each.Name == anchor.Name);
    }

    private void Cycles(ClockTarget time)
    {
        var acts = CollectionsMarshal.AsSpan(Acts);
        switch (Rule.Recurs)
        {
            case Recurrence.No:
                OneEach(time, acts);
                break;
            case Recurrence.Rolling:
                Rolling(time, Anchors[0], acts);
                break;
            case Recurrence.Grid or Recurrence.GridFromLastAct:
                GridReading.Read(Rule, book, view, time, Anchors[0], acts, this);
                break;
            case Recurrence.MonthsInCare:
                Add(time, Care.MonthsInCare(Rule, view, time, Anchors[0], acts));
                break;
            default:
                Grids.Calendar(Rule.Recurs == Recurrence.Monthly ? 1 : 3, view, time, Anchors[0], acts, this);
                break;
        }
    }

    private void OneEach(ClockTarget time, Span<ClockAct> acts)
    {
        var next = 0;
        foreach (var anchor in Anchors)
        {
            while (next < acts.Length && acts[next].On < anchor.On && !(acts[next].HoldsTo >= anchor.On))
            {
                next++;
            }

            var act = next < acts.Length ? next++ : Cycle.NoAct;
            if (act >= 0 && acts[act].On < anchor.On)
            {
                acts[act] = acts[act].From(anchor.On);
            }

            var length = Length(act < 0 ? view.Today : acts[act].On, first: true);
            var counted = length.After(anchor.On, view.Calendar);
            var earlier = EarlierEvent(time, anchor.On, counted);
            Add(time, new Cycle { Anchor = anchor, Number = 1, Counted = earlier?.On ?? counted, Act = act, Counting = length, CutShortBy = earlier });
        }
    }

    private void Rolling(ClockTarget time, DatedFact anchor, ReadOnlySpan<ClockAct> acts)
    {
        var isFirst = true;
        for (var index = 0; index < acts.Length; index++)
        {
            ref readonly var act = ref acts[index];
            if (act.Follows || act.On >= anchor.On)
            {
                var length = Length(act.On, isFirst);
                Add(time, new Cycle { Anchor = anchor, Number = 1, Counted = length.After(anchor.On, view.Calendar), Act = index, Counting = length });
                anchor = act.AnchorsOn == act.On ? act.Fact : act.Fact with { On = act.AnchorsOn, What = "plan date" };
                isFirst = false;
            }
        }

        var open = Length(view.Today, isFirst);
        Add(time, new Cycle { Anchor = anchor, Number = 1, Counted = open.After(anchor.On, view.Calendar), Act = Cycle.NoAct, Counting = open });
    }

    /// <summary>The length in force on the day the occurrence was met, or now.</summary>
    private Offset Length(DateOnly judgedOn, bool first)
    {
        var edition = book.On(judgedOn);
        var judging = ReferenceEquals(edition, _edition) ? Rule : edition.Find(Rule.Id) ?? Rule;
        return first ? judging.Due : judging.Then ?? judging.Due;
    }

    /// <summary>The event before which it is due, where that comes earlier than the date counted.</summary>
    private DatedFact? EarlierEvent(ClockTarget time, DateOnly from, DateOnly counted)
    {
        if (_clock.FindEarlierEvents is not { } find)
        {
            return null;
        }

        DatedFact? earliest = null;
        _lists.Events.Clear();
        find(view, time, _lists.Events);
        foreach (var each in _lists.Events)
        {
            earliest = each.On >= from && each.On < (earliest?.On ?? counted) ? each : earliest;
        }

        return earliest;
    }

    /// <summary>Judges a cycle and hands it on.</summary>
    public void Add(ClockTarget time, in Cycle cycle)
    {
        var name = _lists.Name.Of(cycle.Anchor, cycle.Number);
        ReadOnlySpan<ClockAct> act = cycle.Act < 0 ? [] : CollectionsMarshal.AsSpan(Acts).Slice(cycle.Act, 1);
        var excused = _excusals.IsEmpty ? null : ExcusedUntil(name);
        var countsMonths = Rule.Recurs == Recurrence.MonthsInCare;
        var pause = countsMonths ? Care.LastingPause(time, cycle.Counted) : Care.PauseAt(Rule, time, cycle.Counted);
        var awaitsReturn = pause is { Return: null } && view.Today >= (countsMonths ? pause.From : cycle.Counted);
        var due = Rule.Rolled(pause?.Return ?? cycle.Counted);
        var isOver = cycle.Closes <= _last;
        var ended = act is [{ Ends: true } end] ? end.Fact.What : _ended;
        var (status, because) = act is [{ Ends: false } met]
            ? (met.On <= due || met.On <= excused ? DeadlineStatus.MetOnTime : DeadlineStatus.MetLate, null)
            : isOver ? Over(cycle, excused, pause)
            : ended is not null ? Ended(time, ended)
            : awaitsReturn ? (DeadlineStatus.Excused, countsMonths ? $"{pause!.Why}; the months don't count until the return" : $"{pause!.Why}; due on return")
            : (Unmet(cycle, due, excused), null);
        if (reader.Has(name, cycle, due, status))
        {
            return;
        }

        reader.Take(new Occurrence
        {
            Cycle = ref cycle,
            Name = name,
            Rule = Rule,
            Target = time,
            Act = act,
            Due = due,
            Status = status,
            Because = because,
            ExcusedUntil = excused,
            Paused = pause,
            AwaitsReturn = awaitsReturn,
            Closes = _ended is null ? cycle.Closes : null,
            LastDay = act.Length > 0 ? act[0].On : isOver ? cycle.Closes!.Value.AddDays(-1) : _ended is null ? null : time.Time.To,
            IsOver = isOver,
        });
    }

    private DateOnly? ExcusedUntil(ReadOnlySpan<char> name)
    {
        DateOnly? until = null;
        foreach (var excusal in _excusals)
        {
            until = name.SequenceEqual(excusal.Occurrence) && !(until >= excusal.Until) ? excusal.Until : until;
        }

        return until;
    }

    private static (DeadlineStatus Status, string? Because) Over(in Cycle cycle, DateOnly? excused, CarePause? pause) =>
        pause is not null && !(pause.Return < cycle.Closes) ? (DeadlineStatus.Excused, $"{pause.Why}; the next one takes its place")
        : (excused >= cycle.Closes ? DeadlineStatus.Excused : DeadlineStatus.Missed, null);

    private (DeadlineStatus Status, string? Because) Ended(ClockTarget time, string because) =>
        _clock.VoidWhen?.Invoke(view, time) == true ? (DeadlineStatus.Void, Rule.VoidWhen!.Replace('-', ' ')) : (DeadlineStatus.Ended, because);

    private DeadlineStatus Unmet(in Cycle cycle, DateOnly due, DateOnly? excused) =>
        excused >= view.Today ? DeadlineStatus.Excused
        : view.Today > due ? DeadlineStatus.Overdue
        : view.Today >= cycle.Counted ? DeadlineStatus.Due
        : Rule.Steps is [var first, ..] && view.WorkingDays.Reach(first.Days, cycle.Counted, due) ? DeadlineStatus.DueSoon
        : DeadlineStatus.Upcoming;

    private static Lists? TakeSpare()
    {
        var spare = _spare;
        _spare = null;
        return spare;
    }

    private sealed class Lists
    {
        public List<ClockTarget> Times { get; } = [];

        public List<DatedFact> Anchors { get; } = [];

        public List<DatedFact> Events { get; } = [];

        public List<ClockAct> Acts { get; } = [];

        public OccurrenceName Name { get; } = new();

        public void Clear()
        {
            Times.Clear();
            Anchors.Clear();
            Events.Clear();
            Acts.Clear();
        }
    }
}
