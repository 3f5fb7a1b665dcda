using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>Rules whose dates are counted from the anchor each time, whenever the work was done. A cycle closes when the next one opens.</summary>
internal static class Grids
{
    public static IEnumerable<Cycle> Of(Rule rule, ClockView view, ClockTarget target, DatedFact anchor, ClockAct[] acts)
    {
        var last = target.Time.To ?? view.Today;
        var next = 0;
        DateOnly? lastAct = null;
        for (var number = 1; ; number++)
        {
            var date = DateOf(rule, anchor, number, view.Calendar);
            var opens = Opening(rule, view, target, anchor, number);
            var closes = Opening(rule, view, target, anchor, number + 1);
            while (next < acts.Length && acts[next].Fact.On < opens)
            {
                lastAct = acts[next++].Fact.On;
            }

            var counted = rule.Recurs == Recurrence.GridFromLastAct && lastAct is { } since ? Between(opens, rule.Due.After(since, view.Calendar), date) : date;
            var act = next < acts.Length && acts[next].Fact.On < closes ? acts[next] : null;
            yield return new Cycle(anchor, number, counted, act, closes);
            if (closes > last)
            {
                yield break;
            }
        }
    }

    /// <summary>Every calendar month, or quarter of <paramref name="months"/> months, that the target's time touches.</summary>
    public static IEnumerable<Cycle> Calendar(int months, ClockView view, ClockTarget target, DatedFact anchor, ClockAct[] acts)
    {
        var last = target.Time.To ?? view.Today;
        var opens = new DateOnly(anchor.On.Year, ((anchor.On.Month - 1) / months * months) + 1, 1);
        for (var number = 1; opens <= last; number++)
        {
            var closes = opens.AddMonths(months);
            var act = Array.Find(acts, each => each.Fact.On >= opens && each.Fact.On < closes && each.Fact.On >= anchor.On);
            yield return new Cycle(anchor, number, closes.AddDays(-1), act, closes);
            opens = closes;
        }
    }

    private static DateOnly DateOf(Rule rule, DatedFact anchor, int number, Clocks.Calendar calendar) => rule.Then is { } then && number > 1
        ? then.After(rule.Due.After(anchor.On, calendar), calendar, number - 1)
        : rule.Due.After(anchor.On, calendar, number); // In one go: 31 January plus two months is 31 March, not 28.

    private static DateOnly Opening(Rule rule, ClockView view, ClockTarget target, DatedFact anchor, int number)
    {
        if (rule.CountsFromDaysBefore is { } early)
        {
            return DateOf(rule, anchor, number, view.Calendar).AddDays(-early);
        }

        if (number == 1)
        {
            return anchor.On;
        }

        var before = DateOf(rule, anchor, number - 1, view.Calendar);
        var due = Care.PauseAt(rule, target, before) switch
        {
            { Return: { } returned } when DateOf(rule, anchor, number, view.Calendar) >= returned => returned,
            _ => before,
        };
        return Clocks.Calendar.Rolled(due, rule.Roll, rule.Holidays).AddDays(1);
    }

    private static DateOnly Between(DateOnly earliest, DateOnly date, DateOnly latest) => date < earliest ? earliest : date > latest ? latest : date;
}
