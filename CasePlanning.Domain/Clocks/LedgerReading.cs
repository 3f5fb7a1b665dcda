using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Clocks;

/// <summary>Reads the occurrences of a case against what was raised already: what the ledger has to learn, and when to look again.</summary>
internal sealed class LedgerReading : OccurrenceReader
{
    private readonly ClockView _view;
    private readonly RuleBook _book;
    private readonly Marks _raised;
    private readonly ReminderReading _reminders;

    /// <summary>The earliest morning on which something happens, of each plan and then of the case.</summary>
    private readonly DateOnly?[] _wakes;
    private readonly List<LedgerChange> _changes = [];

    private LedgerReading(ClockView view, RuleBook book, Marks raised, DateTimeOffset now, int leadDays)
    {
        (_view, _book, _raised) = (view, book, raised);
        _reminders = new ReminderReading(view.Calendar, view.Today, now, leadDays);
        _wakes = new DateOnly?[view.Plans.Count + 1];
    }

    /// <summary>By due date and name; then what is gone.</summary>
    public IReadOnlyList<LedgerChange> Changes => _changes;

    public static LedgerReading Of(ClockView view, RuleBook book, Marks raised, DateTimeOffset now, int leadDays)
    {
        var reading = new LedgerReading(view, book, raised, now, leadDays);
        reading.Read();
        return reading;
    }

    public override void Take(in Occurrence occurrence)
    {
        // What bound nobody leads to a next cycle all the same.
        var (change, wake) = _book.Binds(occurrence, _view.Today) ? _reminders.Read(occurrence) : (null, _reminders.Closing(occurrence));
        if (change is not null)
        {
            _changes.Add(change);
        }

        if (wake is { } morning)
        {
            Sooner(occurrence.Target.Plan, morning);
        }
    }

    /// <summary>When to look again: at each plan, and then at the case.</summary>
    public NextWake[] Wakes()
    {
        var wakes = new NextWake[_wakes.Length];
        for (var index = 0; index < wakes.Length; index++)
        {
            wakes[index] = new(index < _view.Plans.Count ? _view.Plans[index].Owner : _view.Owner, _wakes[index] is { } morning ? _view.Calendar.MorningOf(morning) : null);
        }

        return wakes;
    }

    private void Read()
    {
        var occurrences = new Occurrences(_book, _view, _raised, this, _reminders.LastMorning);
        occurrences.Read();
        if (_changes.Count > 1)
        {
            _changes.Sort(ByDueDate);
        }

        if (_book.NextEditionAfter(_view.Today) is { } edition)
        {
            Sooner(null, edition);
        }

        for (var index = 0; index < _view.Plans.Count; index++)
        {
            if (_view.Plans[index].Current is { To: { } last })
            {
                Sooner(_view.Plans[index], last.AddDays(1));
            }
        }

        if (_raised.AreMoreThan(occurrences.Marked))
        {
            AddGone();
        }
    }

    private static int ByDueDate(LedgerChange one, LedgerChange other) => one.Deadline.Due != other.Deadline.Due
        ? one.Deadline.Due.CompareTo(other.Deadline.Due)
        : string.CompareOrdinal(one.Deadline.Occurrence, other.Deadline.Occurrence);

    /// <param name="plan">The plan to look at, or null for the case.</param>
    /// <param name="morning">The date on whose morning to look.</param>
    private void Sooner(PlanView? plan, DateOnly morning)
    {
        var index = 0;
        while (index < _view.Plans.Count && !ReferenceEquals(_view.Plans[index], plan))
        {
            index++;
        }

        if (!(_wakes[index] <= morning))
        {
            _wakes[index] = morning;
        }
    }

    /// <summary>Occurrences on the ledger that the facts no longer give: their anchor is gone, or their rule isn't in force any more.</summary>
    private void AddGone()
    {
        var present = NameReading.Of(_view, _book);
        foreach (var (occurrence, mark) in _raised.ByOccurrence)
        {
            if (!present.Contains(occurrence) && Gone(occurrence, mark) is { } change)
            {
                _changes.Add(change);
            }
        }
    }

    private LedgerChange? Gone(string occurrence, Mark mark)
    {
        var (today, parts) = (_view.Today, occurrence.Split('~'));
        var inForce = _book.On(today).Find(parts[0]);
        var countedOtherwise = inForce is not null && _book.CountedOtherwise(inForce, today);
        if (inForce is null || countedOtherwise ? mark.Outcome != Outcome.None : mark.Outcome == Outcome.Void)
        {
            return null;
        }

        var gone = new Deadline
        {
            Occurrence = occurrence,
            Rule = inForce ?? RulePacks.Remembered(parts[0]),
            Subject = parts[1],
            Owner = parts[1],
            Anchor = new DatedFact(mark.Counted, parts[2], "withdrawn", mark.Counted),
            Cycle = 1,
            Counting = default,
            Counted = mark.Counted,
            Due = mark.Due,
            Status = inForce is null ? DeadlineStatus.Ended : DeadlineStatus.Void,
            Because = inForce is null ? _book.EndedBecause(parts[0], today)
                : countedOtherwise ? "its rule counts from another event now, or the fact it came from was withdrawn or moved"
                : "the fact it came from was withdrawn or moved",
        };
        return new LedgerChange(gone, mark with { Outcome = inForce is null ? Outcome.Ended : Outcome.Void }, null, 0, [], OutcomeChanged: true);
    }

    /// <summary>The names of every occurrence.</summary>
    private sealed class NameReading : OccurrenceReader
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);

        public static HashSet<string> Of(ClockView view, RuleBook book)
        {
            var reading = new NameReading();
            new Occurrences(book, view, Marks.None, reading, settledBy: null).Read();
            return reading._names;
        }

        public override void Take(in Occurrence occurrence) => _names.Add(occurrence.Name);
    }
}
