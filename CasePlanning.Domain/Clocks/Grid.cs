namespace CasePlanning.Domain.Clocks;

/// <summary>The dates that come of counting a rule's length from an anchor again and again.</summary>
/// <param name="rule">The rule with the length that is counted.</param>
internal readonly struct Grid(Rule rule, ClockView view, ClockTarget target, DateOnly anchor)
{
    public Rule Rule => rule;

    /// <summary>The same with the length the rule has in another edition.</summary>
    public Grid By(Rule other) => new(other, view, target, anchor);

    /// <summary>The date after so many lengths.</summary>
    public DateOnly DateOf(int times) => rule.OnGrid(anchor, times, view.Calendar);

    /// <summary>The first day on which work counts for a date, of a rule that says how early.</summary>
    public DateOnly OpeningOf(int times) => DateOf(times).AddDays(-rule.CountsFromDaysBefore!.Value);

    /// <summary>
    /// The day the next cycle opens: the day after this one's date, or after the return its date waits for. Of dates that fall in one pause only
    /// the last waits for the return.
    /// </summary>
    public DateOnly ClosingOf(int times)
    {
        if (rule.CountsFromDaysBefore is not null)
        {
            return OpeningOf(times + 1);
        }

        var date = DateOf(times);
        return Care.PauseAt(rule, target, date) is not { } pause ? rule.Rolled(date).AddDays(1)
            : DateOf(times + 1) is var next && pause.Return < next ? pause.Return.Value.AddDays(1) : next;
    }

    /// <summary>How often the length is counted to the first date after another that can still be kept on a day.</summary>
    public int FirstToKeep(DateOnly day, DateOnly after)
    {
        var times = 1;
        while (DateOf(times) <= after || !CanBeKept(times, day))
        {
            times++;
        }

        return times;
    }

    private bool CanBeKept(int times, DateOnly day) => rule.CountsFromDaysBefore is null ? ClosingOf(times) > day : rule.Rolled(DateOf(times)) >= day;
}
