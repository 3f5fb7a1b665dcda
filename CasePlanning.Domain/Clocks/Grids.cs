using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>Rules whose dates are counted from the anchor each time, whenever the work was done. A cycle closes when the next one opens.</summary>
internal static class Grids
{
    /// <summary>
    /// A cycle is there from the day it opens, or from the day the one before it was met. On the day a rule's length changes, the cycle that isn't
    /// done gets the first date of the new grid that can still be kept. One whose date has passed keeps it, until the next of the new grid opens.
    /// What was over stays as it was.
    /// </summary>
    public static void Of(Rule rule, RuleBook book, ClockView view, ClockTarget target, DatedFact anchor, ReadOnlySpan<ClockAct> acts, Occurrences found)
    {
        var last = target.Time.LastBy(view.Today);
        var early = rule.CountsFromDaysBefore;
        var (length, changes) = book.LengthOn(anchor.On < view.Today ? anchor.On : view.Today, rule);
        var opens = early is null ? anchor.On : DateOf(length, anchor, 1, view.Calendar).AddDays(-early.Value);
        var (next, dateBefore, isDueAtOnce) = (1, DateOnly.MinValue, false);
        for (var number = 1; ; number++)
        {
            var (counting, times) = (length, next++);
            var date = DateOf(counting, anchor, times, view.Calendar);
            var closes = Closing(counting, view, target, anchor, times);
            var act = FirstWithin(acts, opens, closes);
            while (changes <= last && (early is null ? changes < closes : changes <= closes) && !(act?.On < changes))
            {
                var day = changes;
                (length, changes) = book.LengthOn(day, rule);
                if (early is not null && opens < day && HasPassed(rule, date, day))
                {
                    next = StillToKeep(day, date, length, view, target, anchor);
                    closes = Later(DateOf(length, anchor, next, view.Calendar).AddDays(-early.Value), day);
                }
                else
                {
                    (counting, times) = (length, StillToKeep(day, dateBefore, length, view, target, anchor));
                    date = DateOf(counting, anchor, times, view.Calendar);
                    opens = early is null || opens < day ? opens : Later(date.AddDays(-early.Value), day);
                    closes = Closing(counting, view, target, anchor, times);
                    next = times + 1;
                }

                act = FirstWithin(acts, opens, closes);
            }

            var since = rule.Recurs == Recurrence.GridFromLastAct ? FirstFrom(acts, opens) is > 0 and var after && acts[after - 1].On >= target.Time.From ? acts[after - 1].Fact : anchor : null;
            var counted = since is null ? date : FromLastAct(counting.Due.After(since.On, view.Calendar), date, isDueAtOnce ? opens : null);
            found.Add(target, new Cycle(anchor, number, counted, act, closes)
            {
                Since = since,
                Opened = counted == opens && isDueAtOnce ? opens : null,
                Former = ReferenceEquals(counting, rule) ? null : counting,
                Times = times,
            });
            if (act is null && closes > last)
            {
                return;
            }

            (opens, isDueAtOnce, dateBefore) = (closes, act is null, date);
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
                found.Add(target, new Cycle(anchor, number, closes.AddDays(-1), FirstWithin(acts, from, closes), closes));
            }

            opens = closes;
        }
    }

    private static ClockAct? FirstWithin(ReadOnlySpan<ClockAct> acts, DateOnly opens, DateOnly closes) =>
        FirstFrom(acts, opens) is var next && next < acts.Length && acts[next].On < closes ? acts[next] : null;

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

    /// <summary>How often the length is counted to the first date after another that can still be kept on a day.</summary>
    private static int StillToKeep(DateOnly day, DateOnly dateBefore, Rule rule, ClockView view, ClockTarget target, DatedFact anchor)
    {
        for (var times = 1; ; times++)
        {
            var date = DateOf(rule, anchor, times, view.Calendar);
            if (date > dateBefore && (rule.CountsFromDaysBefore is null ? Closing(rule, view, target, anchor, times) > day : !HasPassed(rule, date, day)))
            {
                return times;
            }
        }
    }

    private static bool HasPassed(Rule rule, DateOnly date, DateOnly day) => Clocks.Calendar.Rolled(date, rule.Roll, rule.Holidays) < day;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

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
