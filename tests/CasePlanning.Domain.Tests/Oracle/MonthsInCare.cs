namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>Counts, day by day, the time a child was in foster care: the times before, and the last one as if it went on.</summary>
public sealed class MonthsInCare(Span[] placed, Facts facts)
{
    private readonly DateOnly[] _entered = Array.ConvertAll(placed, span => facts.Entered(span).On);

    /// <summary>
    /// The day on which fifteen of the last 22 months were in care: calendar months while there was one time and unbroken, else 450 days.
    /// </summary>
    public DateOnly Reached()
    {
        var first = _entered.Min();
        var start = _entered[^1];
        while (!Counts(start))
        {
            start = start.AddDays(1);
        }

        var fifteen = Days.MonthsAfter(start, 15);
        var unbroken = true;
        var upTo = new List<int> { 0 };
        for (var day = first; day < fifteen; day = day.AddDays(1))
        {
            unbroken &= Counts(day) == (day >= start);
        }

        if (unbroken)
        {
            return fifteen;
        }

        for (var day = first; ; day = day.AddDays(1))
        {
            var since = Math.Max(0, Days.MonthsAfter(day, -22).DayNumber - first.DayNumber);
            if (day >= start && upTo[^1] - upTo[since] >= 450)
            {
                return day;
            }

            upTo.Add(upTo[^1] + (Counts(day) ? 1 : 0));
        }
    }

    private bool Counts(DateOnly day)
    {
        for (var index = 0; index < placed.Length; index++)
        {
            if (day >= _entered[index] && Counts(placed[index], day, isLast: index == placed.Length - 1))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An absence the child hasn't returned from isn't left out yet.</summary>
    private static bool Counts(Span span, DateOnly day, bool isLast) => (isLast || span.To is null || day < span.To)
        && !span.Absences.Any(absence => absence.Covers(day) && !(isLast && absence.Return is null));
}
