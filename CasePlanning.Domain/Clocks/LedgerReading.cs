using CasePlanning.Domain.Cases;

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
        Wakes = new(view.Plans.Count + 1, StringComparer.Ordinal);
        for (var index = 0; index < view.Plans.Count; index++)
        {
            Wakes[view.Plans[index].Owner] = null;
        }

        Wakes[view.Owner] = null;
    }

    /// <summary>By due date and name; then what is gone.</summary>
    public IReadOnlyList<LedgerChange> Changes => _changes;

    public Dictionary<string, DateTimeOffset?> Wakes { get; }

    public static LedgerReading Of(ClockView view, RuleBook book, Marks raised, DateTimeOffset now, int leadDays)
    {
        var reading = new LedgerReading(view, book, raised, now, leadDays);
        reading.Read();
        return reading;
    }

    public override void Take(in Occurrence occurrence)
    {
        var mark = _raised.Of(occurrence.Name);
        _onLedger += mark is null ? 0 : 1;
        if (!_book.Binds(occurrence, mark, _view.Today))
        {
            return;
        }

        var (change, wake) = _reminders.Read(occurrence, mark);
        if (change is not null)
        {
            _changes.Add(change);
        }

        if (wake is { } instant)
        {
            Sooner(occurrence.Target.Owner, instant);
        }
    }

    private void Read()
    {
        new Occurrences(_book, _view, this).Read();
        if (_changes.Count > 1)
        {
            _changes.Sort(ByDueDate);
        }

        if (_book.NextEditionAfter(_view.Today) is { } edition)
        {
            Sooner(_view.Owner, _view.Calendar.MorningOf(edition));
        }

        for (var index = 0; index < _view.Plans.Count; index++)
        {
            if (_view.Plans[index].Current is { To: { } last })
            {
                Sooner(_view.Plans[index].Owner, _view.Calendar.MorningOf(last.AddDays(1)));
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

    private void Sooner(string owner, DateTimeOffset wake)
    {
        if (Wakes[owner] is not { } earlier || wake < earlier)
        {
            Wakes[owner] = wake;
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
            new Occurrences(book, view, reading).Read();
            return reading._names;
        }

        public override void Take(in Occurrence occurrence) => _names.Add(occurrence.Name.ToString());
    }
}
