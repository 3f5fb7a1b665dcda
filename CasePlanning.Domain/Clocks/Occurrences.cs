using System.Runtime.InteropServices;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>
/// Works out the occurrences of a case's rules from their targets, anchors and acts, and hands each with its mark to a reader. What is settled may be left
/// out: it was met or missed, is marked so with its dates, and has closed, so that nothing waits for it. Most of a case is.
/// </summary>
/// <param name="settledBy">The last day by which what is left out has closed; null to leave nothing out.</param>
internal sealed class Occurrences(RuleBook book, ClockView view, Marks marks, OccurrenceReader reader, DateOnly? settledBy)
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

    /// <summary>The marks of the occurrences that the anchor reached gives, and where the next ones are looked for.</summary>
    private MarkRow? _row;
    private int _nextRow;

    /// <summary>True where nothing excuses an occurrence or puts it off.</summary>
    private bool _isPlain;

    /// <summary>How many of the marks were of an occurrence that was read.</summary>
    public int Marked { get; private set; }

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
                _isPlain = settledBy is not null && _excusals.IsEmpty && !Care.MayPause(Rule, time);
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
                Follow(time, Anchors[0].Name);
                GridReading.Read(Rule, book, view, time, Anchors[0], acts, this);
                break;
            case Recurrence.MonthsInCare:
                Follow(time, Anchors[0].Name);
                Add(time, Care.MonthsInCare(Rule, view, time, Anchors[0], acts));
                break;
            default:
                Follow(time, Anchors[0].Name);
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
            counted = earlier?.On ?? counted;
            Follow(time, anchor.Name);
            if (!IsSettled(1, counted, null, act))
            {
                Add(time, new Cycle { Anchor = anchor, Number = 1, Counted = counted, Act = act, Counting = length, CutShortBy = earlier });
            }
        }
    }

    private void Rolling(ClockTarget time, DatedFact first, ReadOnlySpan<ClockAct> acts)
    {
        var before = Cycle.NoAct;
        for (var index = 0; index <= acts.Length; index++)
        {
            var from = before < 0 ? first.On : acts[before].AnchorsOn;
            if (index < acts.Length && !acts[index].Follows && acts[index].On < from)
            {
                continue;
            }

            var act = index < acts.Length ? index : Cycle.NoAct;
            var length = Length(act < 0 ? view.Today : acts[act].On, first: before < 0);
            var counted = length.After(from, view.Calendar);
            Follow(time, before < 0 ? first.Name : acts[before].Name);
            if (!IsSettled(1, counted, null, act))
            {
                Add(time, new Cycle { Anchor = before < 0 ? first : acts[before].Anchor, Number = 1, Counted = counted, Act = act, Counting = length });
            }

            before = act;
        }
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

    /// <summary>The occurrences added from here on are anchored by this.</summary>
    private void Follow(ClockTarget time, in FactName anchor) => _row = marks.Find(Rule.Id, time.Subject, anchor, ref _nextRow);

    /// <summary>Whether a cycle is settled. Where something is excused or a pause may put it off, <see cref="Add"/> judges it.</summary>
    /// <param name="act">The place of the act that meets or ends it, or <see cref="Cycle.NoAct"/>.</param>
    public bool IsSettled(int number, DateOnly counted, DateOnly? closes, int act)
    {
        if (!_isPlain || _row?.At(number) is not { } mark || mark.Counted != counted || mark.Outcome == Outcome.None || closes > settledBy)
        {
            return false;
        }

        var due = Rule.Rolled(counted);
        if (mark.Due != due || mark.Outcome != OutcomeOf(act, closes, due))
        {
            return false;
        }

        Marked++;
        return true;
    }

    private Outcome OutcomeOf(int place, DateOnly? closes, DateOnly due)
    {
        if (place < 0)
        {
            return closes <= _last ? Outcome.Missed : Outcome.None;
        }

        ref readonly var act = ref CollectionsMarshal.AsSpan(Acts)[place];
        return act.Ends ? Outcome.None : act.On <= due ? Outcome.MetOnTime : Outcome.MetLate;
    }

    /// <summary>Judges a cycle and hands it on.</summary>
    public void Add(ClockTarget time, in Cycle cycle)
    {
        var mark = _row?.At(cycle.Number);
        Marked += mark is null ? 0 : 1;
        ReadOnlySpan<ClockAct> act = cycle.Act < 0 ? [] : CollectionsMarshal.AsSpan(Acts).Slice(cycle.Act, 1);
        var excused = _excusals.IsEmpty ? null : ExcusedUntil(Deadline.NameOf(Rule.Id, time.Subject, cycle.Anchor.Name, cycle.Number));
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
        reader.Take(new Occurrence
        {
            Cycle = ref cycle,
            Mark = mark,
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

    private DateOnly? ExcusedUntil(string name)
    {
        DateOnly? until = null;
        foreach (var excusal in _excusals)
        {
            until = name == excusal.Occurrence && !(until >= excusal.Until) ? excusal.Until : until;
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

        public void Clear()
        {
            Times.Clear();
            Anchors.Clear();
            Events.Clear();
            Acts.Clear();
        }
    }
}
