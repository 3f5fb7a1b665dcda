using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>Rules whose dates are counted from the anchor each time, whenever the work was done. A cycle closes when the next one opens.</summary>
internal static class Grids
{
    /// <summary>A cycle is there from the day it opens, or from the day the one before it was met.</summary>
    public static void Of(Rule rule, ClockView view, ClockTarget target, DatedFact anchor, ReadOnlySpan<ClockAct> acts, Occurrences found)
    {
        var last = target.Time.LastBy(view.Today);
        var opens = rule.CountsFromDaysBefore is { } early ? DateOf(rule, anchor, 1, view.Calendar).AddDays(-early) : anchor.On;
        var isDueAtOnce = false;
        for (var number = 1; ; number++)
        {
            var closes = Closing(rule, view, target, anchor, number);
            var next = FirstFrom(acts, opens);
            var act = next < acts.Length && acts[next].On < closes ? acts[next] : (ClockAct?)null;
            var date = DateOf(rule, anchor, number, view.Calendar);
            var since = rule.Recurs == Recurrence.GridFromLastAct ? next > 0 && acts[next - 1].On >= target.Time.From ? acts[next - 1].Fact : anchor : null;
            var counted = since is null ? date : FromLastAct(rule.Due.After(since.On, view.Calendar), date, isDueAtOnce ? opens : null);
            found.Add(target, new Cycle(anchor, number, counted, act, closes) { Since = since, Opened = counted == opens && isDueAtOnce ? opens : null });
            if (act is null && closes > last)
            {
                return;
            }

            (opens, isDueAtOnce) = (closes, act is null);
        }
    }

    /// <summary>
    /// Every calendar month, or quarter of <paramref name="months"/> months, that the target's time touches; for a placed child those with a
    /// day in foster care.
    /// </summary>
    public static void Calendar(int months, ClockView view, ClockTarget target, DatedFact anchor, ReadOnlySpan<ClockAct> acts, Occurrences found)
    {
        var last = target.Time.LastBy(view.Today);
        var opens = new DateOnly(anchor.On.Year, ((anchor.On.Month - 1) / months * months) + 1, 1);
        for (var number = 1; opens <= last; number++)
        {
            var closes = opens.AddMonths(months);
            var from = opens > anchor.On ? opens : anchor.On;
            if (Care.IsInCare(target, from, target.Time.LastBy(closes.AddDays(-1))))
            {
                var next = FirstFrom(acts, from);
                var act = next < acts.Length && acts[next].On < closes ? acts[next] : (ClockAct?)null;
                found.Add(target, new Cycle(anchor, number, closes.AddDays(-1), act, closes));
            }

            opens = closes;
        }
    }

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

    private static DateOnly DateOf(Rule rule, DatedFact anchor, int number, Clocks.Calendar calendar) => rule.Then is { } then && number > 1
        ? then.After(rule.Due.After(anchor.On, calendar), calendar, number - 1)
        : rule.Due.After(anchor.On, calendar, number); // In one go: 31 January plus two months is 31 March, not 28.

    /// <summary>
    /// The day the next cycle opens: the day after this one's date, or after the return its date waits for. Of dates that fall in one pause only
    /// the last waits for the return.
    /// </summary>
    private static DateOnly Closing(Rule rule, ClockView view, ClockTarget target, DatedFact anchor, int number)
    {
        var next = DateOf(rule, anchor, number + 1, view.Calendar);
        if (rule.CountsFromDaysBefore is { } early)
        {
            return next.AddDays(-early);
        }

        var date = DateOf(rule, anchor, number, view.Calendar);
        return Care.PauseAt(rule, target, date) is not { } pause ? Clocks.Calendar.Rolled(date, rule.Roll, rule.Holidays).AddDays(1)
            : pause.Return < next ? pause.Return.Value.AddDays(1) : next;
    }

    /// <summary>Never later than the grid's date; after a missed cycle at once, on the day it opens.</summary>
    private static DateOnly FromLastAct(DateOnly counted, DateOnly latest, DateOnly? atOnce)
    {
        var due = counted < latest ? counted : latest;
        return atOnce > due ? atOnce.Value : due;
    }
}
