using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>Rules whose dates are counted from the anchor each time, whenever the work was done. A cycle closes when the next one opens.</summary>
internal static class Grids
{
    /// <summary>A cycle is there from the day it opens, or from the day the one before it was met.</summary>
    public static IEnumerable<Cycle> Of(Rule rule, ClockView view, ClockTarget target, DatedFact anchor, ClockAct[] acts)
    {
        var last = target.Time.LastBy(view.Today);
        var opens = rule.CountsFromDaysBefore is { } early ? DateOf(rule, anchor, 1, view.Calendar).AddDays(-early) : anchor.On;
        var isDueAtOnce = false;
        for (var number = 1; ; number++)
        {
            var closes = Closing(rule, view, target, anchor, number);
            var act = Array.Find(acts, each => each.Fact.On >= opens && each.Fact.On < closes);
            var date = DateOf(rule, anchor, number, view.Calendar);
            var since = rule.Recurs == Recurrence.GridFromLastAct ? Array.FindLast(acts, each => each.Fact.On >= target.Time.From && each.Fact.On < opens)?.Fact ?? anchor : null;
            var counted = since is null ? date : FromLastAct(rule.Due.After(since.On, view.Calendar), date, isDueAtOnce ? opens : null);
            yield return new Cycle(anchor, number, counted, act, closes) { Since = since, Opened = counted == opens && isDueAtOnce ? opens : null };
            if (act is null && closes > last)
            {
                yield break;
            }

            (opens, isDueAtOnce) = (closes, act is null);
        }
    }

    /// <summary>
    /// Every calendar month, or quarter of <paramref name="months"/> months, that the target's time touches; for a placed child those with a
    /// day in foster care.
    /// </summary>
    public static IEnumerable<Cycle> Calendar(int months, ClockView view, ClockTarget target, DatedFact anchor, ClockAct[] acts)
    {
        var last = target.Time.LastBy(view.Today);
        var opens = new DateOnly(anchor.On.Year, ((anchor.On.Month - 1) / months * months) + 1, 1);
        for (var number = 1; opens <= last; number++)
        {
            var closes = opens.AddMonths(months);
            var act = Array.Find(acts, each => each.Fact.On >= opens && each.Fact.On < closes && each.Fact.On >= anchor.On);
            if (Care.IsInCare(target, opens > anchor.On ? opens : anchor.On, target.Time.LastBy(closes.AddDays(-1))))
            {
                yield return new Cycle(anchor, number, closes.AddDays(-1), act, closes);
            }

            opens = closes;
        }
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
