namespace CasePlanning.Domain.Clocks;

/// <summary>Writes out every deadline of a case.</summary>
internal sealed class DeadlineReading(ClockView view, RuleBook book) : OccurrenceReader
{
    private readonly List<Deadline> _deadlines = [];

    /// <summary>By due date and name.</summary>
    public static IReadOnlyList<Deadline> Of(ClockView view, RuleBook book, Marks raised)
    {
        var reading = new DeadlineReading(view, book);
        new Occurrences(book, view, raised, reading, settledBy: null).Read();
        return [.. reading._deadlines.OrderBy(deadline => deadline.Due).ThenBy(deadline => deadline.Occurrence, StringComparer.Ordinal)];
    }

    public override void Take(in Occurrence occurrence)
    {
        if (book.Binds(occurrence, view.Today))
        {
            _deadlines.Add(occurrence.ToDeadline());
        }
    }
}
