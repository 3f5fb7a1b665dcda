using System.Runtime.InteropServices;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>Works out the occurrences of a case's rules from their targets, anchors and acts, and hands each to a reader.</summary>
internal sealed class Occurrences(ClockView view)
{
    private readonly List<ClockTarget> _times = [];
    private readonly List<DatedFact> _anchors = [];
    private readonly List<DatedFact> _events = [];
    private readonly List<ClockAct> _acts = [];
    private readonly OccurrenceName _name = new();
    private RuleBook _book = null!;
    private RuleEdition _edition = null!;
    private Dictionary<string, Mark>.AlternateLookup<ReadOnlySpan<char>> _marks;
    private OccurrenceReader _reader = null!;
    private FactsOf<Excusal> _excusals;
    private Clock _clock = null!;
    private DateOnly _last;
    private string? _ended;

    public Calendar Calendar => view.Calendar;

    private Rule Rule => _clock.Rule;

    /// <summary>Reads everything the rules in force today ask for, rule by rule.</summary>
    public void Read(RuleBook book, Marks raised, OccurrenceReader reader)
    {
        (_book, _edition, _marks, _reader, _excusals) = (book, book.On(view.Today), raised.ByName, reader, view.File.Of<Excusal>());
        foreach (var clock in _edition.Clocks.AsSpan())
        {
            _clock = clock;
            Read(clock);
        }

        Forget();
    }

    private void Read(Clock clock)
    {
        _times.Clear();
        foreach (var target in view.Targets(clock.Rule.Scope))
        {
            if (clock.AppliesTo(view, target))
            {
                Care.AddTimes(clock.Rule, view, target, _times);
            }
        }

        foreach (var time in _times)
        {
            FindAnchors(time, _anchors);
            if (HasAnotherTime(time))
            {
                KeepOwned(time);
            }

            if (_anchors.Count > 0)
            {
                (_last, _ended) = (time.Time.LastBy(view.Today), time.EndedBy(view.Today));
                _name.Begin(Rule.Id, time.Name);
                FindActs(time);
                Cycles(time);
            }
        }
    }

    private bool HasAnotherTime(ClockTarget time)
    {
        foreach (var other in _times)
        {
            if (!ReferenceEquals(other, time) && other.Subject == time.Subject)
            {
                return true;
            }
        }

        return false;
    }

    private void KeepOwned(ClockTarget time) => _anchors.RemoveAll(anchor => !ReferenceEquals(time, Owning(anchor, time)));

    private void FindAnchors(ClockTarget time, List<DatedFact> found)
    {
        found.Clear();
        _clock.FindAnchors(view, time, found);
        Sorting.InsertionSort(CollectionsMarshal.AsSpan(found));
    }

    private void FindActs(ClockTarget time)
    {
        _acts.Clear();
        _clock.FindActs(view, time, _acts);

        // Acts come in the order of their numbers or source ids, and sorting by date keeps that within a day.
        Sorting.InsertionSort(CollectionsMarshal.AsSpan(_acts));
        while (_acts.Count > 0 && _acts[^1].On > _last)
        {
            _acts.RemoveAt(_acts.Count - 1);
        }
    }

    /// <summary>
    /// Of several times of one subject that a fact could anchor, the one that contains its day (the later one, if two share it), else the next
    /// one after it, else the last: a fact anchors a duty once.
    /// </summary>
    private ClockTarget Owning(DatedFact anchor, ClockTarget time)
    {
        var times = _times.Where(other => other.Subject == time.Subject && IsAnchoredBy(other, anchor)).OrderBy(other => other.Time.From).ToArray();
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
        var acts = CollectionsMarshal.AsSpan(_acts);
        switch (Rule.Recurs)
        {
            case Recurrence.No:
                OneEach(time, acts);
                break;
            case Recurrence.Rolling:
                Rolling(time, _anchors[0], acts);
                break;
            case Recurrence.Grid or Recurrence.GridFromLastAct:
                GridReading.Read(Rule, _book, view, time, CollectionsMarshal.AsSpan(_anchors)[0], acts, this);
                break;
            case Recurrence.MonthsInCare:
                Add(time, CollectionsMarshal.AsSpan(_anchors)[0], Care.MonthsInCare(Rule, view, time, _anchors[0], acts));
                break;
            default:
                Grids.Calendar(Rule.Recurs == Recurrence.Monthly ? 1 : 3, view, time, CollectionsMarshal.AsSpan(_anchors)[0], acts, this);
                break;
        }
    }

    private void OneEach(ClockTarget time, Span<ClockAct> acts)
    {
        var next = 0;
        foreach (ref readonly var anchor in CollectionsMarshal.AsSpan(_anchors))
        {
            while (next < acts.Length && acts[next].On < anchor.On && !(acts[next].HoldsTo >= anchor.On))
            {
                next++;
            }

            var act = Cycle.NoAct;
            if (next < acts.Length)
            {
                act = next++;
                acts[act] = acts[act].From(anchor.On);
            }

            var length = Length(act < 0 ? view.Today : acts[act].On, first: true);
            var counted = length.After(anchor.On, view.Calendar);
            var earlier = EarlierEvent(time, anchor.On, counted);
            Add(time, anchor, new Cycle { Number = 1, Counted = earlier is { } cut ? _events[cut].On : counted, Act = act, Counting = length, CutShortBy = earlier });
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
                Add(time, anchor, new Cycle { Number = 1, Counted = length.After(anchor.On, view.Calendar), Act = index, Counting = length });
                anchor = act.AnchorsOn == act.On ? act.Fact : act.Fact with { On = act.AnchorsOn, What = "plan date" };
                isFirst = false;
            }
        }

        var open = Length(view.Today, isFirst);
        Add(time, anchor, new Cycle { Number = 1, Counted = open.After(anchor.On, view.Calendar), Act = Cycle.NoAct, Counting = open });
    }

    /// <summary>The length in force on the day the occurrence was met, or now.</summary>
    private Offset Length(DateOnly judgedOn, bool first)
    {
        var edition = _book.On(judgedOn);
        var judging = ReferenceEquals(edition, _edition) ? Rule : edition.Find(Rule.Id) ?? Rule;
        return first ? judging.Due : judging.Then ?? judging.Due;
    }

    /// <summary>The place of the event before which it is due, where that comes earlier than the date counted.</summary>
    private int? EarlierEvent(ClockTarget time, DateOnly from, DateOnly counted)
    {
        if (_clock.FindEarlierEvents is not { } find)
        {
            return null;
        }

        _events.Clear();
        find(view, time, _events);
        var (earliest, before) = (0, counted);
        for (var index = 0; index < _events.Count; index++)
        {
            (earliest, before) = _events[index].On is var on && on >= from && on < before ? (index, on) : (earliest, before);
        }

        return before < counted ? earliest : null;
    }

    /// <summary>Judges a cycle, and hands it on where it says something new.</summary>
    public void Add(ClockTarget time, in DatedFact anchor, in Cycle cycle)
    {
        var name = _name.Of(anchor, cycle.Number);
        var judgement = Judge(time, cycle, _excusals.IsEmpty ? null : ExcusedUntil(name));
        _marks.TryGetValue(name, out var mark);
        if (!_reader.Has(mark, cycle, judgement))
        {
            HandOn(time, anchor, cycle, judgement, name, mark);
        }
    }

    private void HandOn(ClockTarget time, in DatedFact anchor, in Cycle cycle, in Judgement judgement, ReadOnlySpan<char> name, Mark? mark)
    {
        var acts = CollectionsMarshal.AsSpan(_acts);
        _reader.Take(new Occurrence(anchor, cycle, judgement)
        {
            Name = name,
            Mark = mark,
            Rule = Rule,
            Target = time,
            Acts = acts,
            Events = CollectionsMarshal.AsSpan(_events),
            Because = Because(cycle, judgement),
            Closes = _ended is null ? cycle.Closes : null,
            LastDay = cycle.Act >= 0 ? acts[cycle.Act].On : judgement.IsOver ? cycle.Closes!.Value.AddDays(-1) : _ended is null ? null : time.Time.To,
        });
    }

    private Judgement Judge(ClockTarget time, in Cycle cycle, DateOnly? excused)
    {
        var countsMonths = Rule.Recurs == Recurrence.MonthsInCare;
        var pause = countsMonths ? Care.LastingPause(time, cycle.Counted) : Care.PauseAt(Rule, time, cycle.Counted);
        var awaitsReturn = pause is { Return: null } && view.Today >= (countsMonths ? pause.From : cycle.Counted);
        var due = Rule.Rolled(pause?.Return ?? cycle.Counted);
        var isOver = cycle.Closes <= _last;
        var status = MetOn(cycle) is { } met ? met <= due || met <= excused ? DeadlineStatus.MetOnTime : DeadlineStatus.MetLate
            : isOver ? IsOverInPause(cycle, pause) || excused >= cycle.Closes ? DeadlineStatus.Excused : DeadlineStatus.Missed
            : EndOf(cycle) is not null ? _clock.VoidWhen?.Invoke(view, time) == true ? DeadlineStatus.Void : DeadlineStatus.Ended
            : awaitsReturn ? DeadlineStatus.Excused
            : Unmet(cycle, due, excused);
        return new Judgement(due, status, excused, pause, awaitsReturn, isOver);
    }

    /// <summary>The day of the act that meets it, or null.</summary>
    private DateOnly? MetOn(in Cycle cycle) => cycle.Act >= 0 && CollectionsMarshal.AsSpan(_acts)[cycle.Act] is { Ends: false } met ? met.On : null;

    /// <summary>Why its time has ended, or null.</summary>
    private string? EndOf(in Cycle cycle) => cycle.Act >= 0 && CollectionsMarshal.AsSpan(_acts)[cycle.Act] is { Ends: true } end ? end.Fact.What : _ended;

    private static bool IsOverInPause(in Cycle cycle, CarePause? pause) => pause is not null && !(pause.Return < cycle.Closes);

    private string? Because(in Cycle cycle, in Judgement judgement) => judgement switch
    {
        { Status: DeadlineStatus.Void } => Rule.VoidWhen!.Replace('-', ' '),
        { Status: DeadlineStatus.Ended } => EndOf(cycle),
        { Status: DeadlineStatus.Excused, IsOver: true, Paused: { } pause } => IsOverInPause(cycle, pause) ? $"{pause.Why}; the next one takes its place" : null,
        { Status: DeadlineStatus.Excused, IsOver: false, AwaitsReturn: true, Paused: { } pause } =>
            Rule.Recurs == Recurrence.MonthsInCare ? $"{pause.Why}; the months don't count until the return" : $"{pause.Why}; due on return",
        _ => null,
    };

    private DateOnly? ExcusedUntil(ReadOnlySpan<char> name)
    {
        DateOnly? until = null;
        foreach (var excusal in _excusals)
        {
            until = name.SequenceEqual(excusal.Occurrence) && !(until >= excusal.Until) ? excusal.Until : until;
        }

        return until;
    }

    private DeadlineStatus Unmet(in Cycle cycle, DateOnly due, DateOnly? excused) =>
        excused >= view.Today ? DeadlineStatus.Excused
        : view.Today > due ? DeadlineStatus.Overdue
        : view.Today >= cycle.Counted ? DeadlineStatus.Due
        : Rule.FirstStep is { } first && view.WorkingDays.Reach(first.Days, cycle.Counted, due) ? DeadlineStatus.DueSoon
        : DeadlineStatus.Upcoming;

    /// <summary>Lets go of the case.</summary>
    private void Forget()
    {
        _times.Clear();
        _anchors.Clear();
        _events.Clear();
        _acts.Clear();
        (_book, _edition, _marks, _reader, _excusals, _ended) = (null!, null!, default, null!, default, null);
    }
}
