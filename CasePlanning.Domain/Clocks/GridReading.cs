using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>
/// Reads a rule whose dates are counted from the anchor each time, whenever the work was done. A cycle closes when the next one opens; it is there
/// from the day it opens, or from the day the one before it was met.
/// </summary>
internal ref struct GridReading
{
    private readonly Rule _rule;
    private readonly RuleBook _book;
    private readonly ClockTarget _target;
    private readonly DatedFact _anchor;
    private readonly ReadOnlySpan<ClockAct> _acts;
    private readonly Occurrences _found;
    private readonly DateOnly _last;
    private readonly bool _opensEarly;

    /// <summary>The grid of the edition reached.</summary>
    private Grid _grid;

    /// <summary>The day on which the length changes next.</summary>
    private DateOnly _changes;

    /// <summary>How often the length is counted to the next cycle's date.</summary>
    private int _next = 1;

    private GridReading(Rule rule, RuleBook book, ClockView view, ClockTarget target, DatedFact anchor, ReadOnlySpan<ClockAct> acts, Occurrences found)
    {
        (_rule, _book, _target, _anchor, _found) = (rule, book, target, anchor, found);
        _acts = acts;
        _last = target.Time.LastBy(view.Today);
        _opensEarly = rule.CountsFromDaysBefore is not null;
        (var length, _changes) = book.LengthOn(Dates.Earlier(anchor.On, view.Today), rule);
        _grid = new Grid(length, view, target, anchor.On);
    }

    /// <summary>A cycle with the grid that gives its date, its time, and the place of its act.</summary>
    private readonly record struct Turn(Grid Grid, int Times, DateOnly Date, DateOnly Opens, DateOnly Closes, int Act)
    {
        public bool IsUnmet => Act == Cycle.NoAct;
    }

    public static void Read(Rule rule, RuleBook book, ClockView view, ClockTarget target, DatedFact anchor, ReadOnlySpan<ClockAct> acts, Occurrences found) =>
        new GridReading(rule, book, view, target, anchor, acts, found).Read();

    private void Read()
    {
        var (opens, dateBefore, isDueAtOnce) = (_opensEarly ? _grid.OpeningOf(1) : _anchor.On, DateOnly.MinValue, false);
        for (var number = 1; ; number++)
        {
            var turn = Next(opens, dateBefore);
            Add(turn, number, isDueAtOnce);
            if (turn.IsUnmet && turn.Closes > _last)
            {
                return;
            }

            (opens, dateBefore, isDueAtOnce) = (turn.Closes, turn.Date, turn.IsUnmet);
        }
    }

    /// <summary>
    /// The next cycle. On the day a rule's length changes, the cycle that isn't done gets the first date of the new grid that can still be kept. One
    /// whose date has passed keeps it, until the next of the new grid opens. What was over stays as it was.
    /// </summary>
    private Turn Next(DateOnly opens, DateOnly dateBefore)
    {
        var turn = TurnOf(_next++, opens);
        while (IsOpenAtChange(turn))
        {
            var day = _changes;
            (var length, _changes) = _book.LengthOn(day, _rule);
            _grid = _grid.By(length);
            turn = _opensEarly && turn.Opens < day && _rule.Rolled(turn.Date) < day ? Kept(turn, day) : CountedAnew(turn, day, dateBefore);
        }

        return turn;
    }

    /// <summary>A cycle that is cut off by an opening is open on that day, too: the change may put it off.</summary>
    private readonly bool IsOpenAtChange(in Turn turn) => _changes <= _last && (_opensEarly ? _changes <= turn.Closes : _changes < turn.Closes)
        && (turn.IsUnmet || _acts[turn.Act].On >= _changes);

    private Turn Kept(in Turn turn, DateOnly day)
    {
        _next = _grid.FirstToKeep(day, turn.Date);
        return WithAct(turn with { Closes = Dates.Later(_grid.OpeningOf(_next), day) });
    }

    private Turn CountedAnew(in Turn turn, DateOnly day, DateOnly dateBefore)
    {
        var times = _grid.FirstToKeep(day, dateBefore);
        _next = times + 1;
        return TurnOf(times, _opensEarly && turn.Opens >= day ? Dates.Later(_grid.OpeningOf(times), day) : turn.Opens);
    }

    private readonly Turn TurnOf(int times, DateOnly opens) => WithAct(new Turn(_grid, times, _grid.DateOf(times), opens, _grid.ClosingOf(times), Cycle.NoAct));

    private readonly Turn WithAct(in Turn turn) => turn with { Act = Grids.FirstWithin(_acts, turn.Opens, turn.Closes) };

    private readonly void Add(in Turn turn, int number, bool isDueAtOnce)
    {
        var since = _rule.Recurs == Recurrence.GridFromLastAct ? LastActBefore(turn.Opens) : null;
        var counted = since is null ? turn.Date : Dates.Earlier(turn.Grid.Rule.Due.After(since.On, _found.Calendar), turn.Date);
        counted = since is not null && isDueAtOnce ? Dates.Later(counted, turn.Opens) : counted;
        if (_found.IsSettled(number, counted, turn.Closes, turn.Act))
        {
            return;
        }

        _found.Add(_target, new Cycle
        {
            Anchor = _anchor,
            Number = number,
            Counted = counted,
            Act = turn.Act,
            Closes = turn.Closes,
            Since = since,
            Opened = isDueAtOnce && counted == turn.Opens ? turn.Opens : null,
            Former = ReferenceEquals(turn.Grid.Rule, _rule) ? null : turn.Grid.Rule,
            Times = turn.Times,
        });
    }

    /// <summary>The last act before a day in the target's time, or the anchor where there is none.</summary>
    private readonly DatedFact LastActBefore(DateOnly day) =>
        Grids.FirstFrom(_acts, day) is > 0 and var after && _acts[after - 1].On >= _target.Time.From ? _acts[after - 1].Fact : _anchor;
}
