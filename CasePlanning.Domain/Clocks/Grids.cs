using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>Cycles that follow the calendar, and the acts that fall in a cycle.</summary>
internal static class Grids
{
    /// <summary>
    /// Every calendar month, or quarter of <paramref name="months"/> months, that the target's time touches; for a placed child those with a
    /// day in foster care.
    /// </summary>
    public static void Calendar(int months, ClockView view, ClockTarget target, DatedFact anchor, ReadOnlySpan<ClockAct> acts, Occurrences found)
    {
        var last = target.Time.LastBy(view.Today);
        var (year, month, _) = anchor.On;
        month = ((month - 1) / months * months) + 1;
        var (opens, from, next) = (new DateOnly(year, month, 1), anchor.On, 0);
        for (var number = 1; opens <= last; number++)
        {
            (year, month) = month + months > 12 ? (year + 1, 1) : (year, month + months);
            var closes = new DateOnly(year, month, 1);
            while (next < acts.Length && acts[next].On < from)
            {
                next++;
            }

            if (Care.IsInCare(target, from, target.Time.LastBy(closes.AddDays(-1))))
            {
                var act = next < acts.Length && acts[next].On < closes ? next : Cycle.NoAct;
                if (!found.IsSettled(number, closes.AddDays(-1), closes, act))
                {
                    found.Add(target, new Cycle { Anchor = anchor, Number = number, Counted = closes.AddDays(-1), Act = act, Closes = closes });
                }
            }

            (opens, from) = (closes, closes);
        }
    }

    /// <summary>The place of the first act from a day on and before another, or <see cref="Cycle.NoAct"/>.</summary>
    public static int FirstWithin(ReadOnlySpan<ClockAct> acts, DateOnly opens, DateOnly closes) =>
        FirstFrom(acts, opens) is var next && next < acts.Length && acts[next].On < closes ? next : Cycle.NoAct;

    /// <summary>The place of the first act on or after a date; acts stand in the order of their dates.</summary>
    public static int FirstFrom(ReadOnlySpan<ClockAct> acts, DateOnly date)
    {
        var (low, high) = (0, acts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = acts[middle].On < date ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
