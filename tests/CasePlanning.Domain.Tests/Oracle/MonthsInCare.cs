namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>Counts, day by day, the time a child was in foster care: the times before, and the last one as if it went on.</summary>
public sealed class MonthsInCare(Span[] placed, Facts facts)
{
    /// <summary>The day on which fifteen of the last 22 months were in care: calendar months while there was one time and unbroken, else 450 days.</summary>
    public DateOnly Reached()
    {
        var first = placed.Min(each => facts.Entered(each).On);
        var start = facts.Entered(placed[^1]).On;
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

    /// <summary>An absence the child hasn't returned from isn't left out yet.</summary>
    private bool Counts(DateOnly day) => Array.Exists(placed, each =>
        day >= facts.Entered(each).On && (each == placed[^1] || each.To is null || day < each.To)
            && !each.Absences.Any(absence => absence.Covers(day) && !(each == placed[^1] && absence.Return is null)));
}
