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

    private readonly List<LedgerChange> _changes = [];
    private int _onLedger;

    private LedgerReading(ClockView view, RuleBook book, Marks raised, DateTimeOffset now, int leadDays)
    {
        (_view, _book, _raised) = (view, book, raised);
        _reminders = new ReminderReading(view.Calendar, view.Today, now, leadDays);
        Wakes = new NextWake[view.Plans.Count + 1];
        for (var index = 0; index < Wakes.Length; index++)
        {
            Wakes[index] = new(index < view.Plans.Count ? view.Plans[index].Owner : view.Owner, null);
        }
    }

    /// <summary>By due date and name; then what is gone.</summary>
    public IReadOnlyList<LedgerChange> Changes => _changes;

    /// <summary>The earliest morning on which something happens, of each plan and then of the case.</summary>
    public NextWake[] Wakes { get; }

    public static LedgerReading Of(ClockView view, RuleBook book, Marks raised, DateTimeOffset now, int leadDays)
    {
        var reading = new LedgerReading(view, book, raised, now, leadDays);
        reading.Read();
        return reading;
    }

    /// <summary>What is on the ledger with its outcome and dates says nothing new, and most of a case is. Nothing may be waiting for it to close.</summary>
    public override bool Has(Mark? mark, in Cycle cycle, in Judgement judgement)
    {
        _onLedger += mark is null ? 0 : 1;
        var outcome = ReminderReading.OutcomeOf(judgement.Status);
        return outcome != Outcome.None && !_reminders.IsAhead(cycle.Closes)
            && mark is not null && mark.Outcome == outcome && mark.Counted == cycle.Counted && mark.Due == judgement.Due;
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

    private void Read()
    {
        _view.Read(_book, _raised, this);
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

        if (_onLedger < _raised.ByOccurrence.Count)
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

        var at = _view.Calendar.MorningOf(morning);
        if (!(Wakes[index].At <= at))
        {
            Wakes[index] = Wakes[index] with { At = at };
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
            view.Read(book, Marks.None, reading);
            return reading._names;
        }

        public override void Take(in Occurrence occurrence) => _names.Add(occurrence.Name.ToString());
    }
}
