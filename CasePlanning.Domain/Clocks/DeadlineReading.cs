namespace CasePlanning.Domain.Clocks;

/// <summary>Which of a case's occurrences count: one that was over before its rule came into force bound nobody, unless the ledger has it.</summary>
internal sealed class InForce(RuleBook book, ClockView view)
{
    /// <param name="mark">What the ledger last said of it, or null. What ended or is void there says nothing about people; a rule that comes back leaves it so.</param>
    public bool Includes(in Occurrence occurrence, Mark? mark) => occurrence.LastDay is not { } last
        || mark is { Outcome: not (Outcome.Ended or Outcome.Void) }
        || last >= book.InForceSince(occurrence.Rule.Id, view.Today);
}

/// <summary>Writes out every deadline of a case.</summary>
internal sealed class DeadlineReading : OccurrenceReader
{
    private readonly List<Deadline> _deadlines = [];
    private readonly InForce _inForce;
    private readonly Marks _raised;

    private DeadlineReading(ClockView view, RuleBook book, Marks raised) => (_inForce, _raised) = (new InForce(book, view), raised);

    /// <summary>By due date and name.</summary>
    public static IReadOnlyList<Deadline> Of(ClockView view, RuleBook book, Marks raised)
    {
        var reading = new DeadlineReading(view, book, raised);
        new Occurrences(book, view, reading).Read();
        return [.. reading._deadlines.OrderBy(deadline => deadline.Due).ThenBy(deadline => deadline.Occurrence, StringComparer.Ordinal)];
    }

    public override void Take(in Occurrence occurrence)
    {
        if (_inForce.Includes(occurrence, _raised.Of(occurrence.Name)))
        {
            _deadlines.Add(occurrence.ToDeadline());
        }
    }
}
