using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Clocks;

/// <summary>Writes out every deadline of a case.</summary>
internal sealed class DeadlineReading(ClockView view, RuleBook book) : OccurrenceReader
{
    private readonly List<Deadline> _deadlines = [];

    /// <summary>By due date and name.</summary>
    public static IReadOnlyList<Deadline> Of(CaseFile file, IReadOnlyList<CasePlan> plans, RuleBook book, Marks raised, DateTimeOffset now)
    {
        using var view = ClockView.Of(file, plans, book.Calendar, book.Calendar.DateAt(now));
        var reading = new DeadlineReading(view, book);
        view.Read(book, raised, reading);
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
