using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>What foster care does to clocks: pauses, and months counted.</summary>
internal static class Care
{
    /// <summary>The times a rule's clock runs in: the target's own, or, where a pause counts as discharge, one for each stay.</summary>
    public static IEnumerable<ClockTarget> Times(Rule rule, ClockView view, ClockTarget target)
    {
        if (rule.Pause != PauseEffect.Discharge || target.Care?.Pauses.Where(pause => pause.StopsClocks).ToArray() is not { Length: > 0 } pauses)
        {
            yield return target;
            yield break;
        }

        var begin = target.Member!.Begin;
        foreach (var pause in pauses)
        {
            yield return Stay(view, target, begin, pause.From, pause.Why);
            if (pause.Return is not { } returned)
            {
                yield break;
            }

            begin = begin with { On = returned, Fact = $"{target.Member.Begin.Fact}-{returned:yyyyMMdd}", What = "return to care" };
        }

        yield return Stay(view, target, begin, target.Time.To, target.Time.Ended);
    }

    /// <summary>The pause a counted date falls in, where the rule minds pauses; its own first day is in it, the day of the return isn't.</summary>
    public static CarePause? PauseAt(Rule rule, ClockTarget target, DateOnly counted) => rule.Pause == PauseEffect.DueOnReturn
        ? target.Care?.Pauses.FirstOrDefault(pause => pause.StopsClocks && counted >= pause.From && (pause.Return is null || counted < pause.Return))
        : null;

    /// <summary>
    /// The day on which the months in care within the last 22 reach the number due. Pauses don't count; a month is one of the calendar while a
    /// stay is unbroken, and thirty days where several stays are added up.
    /// </summary>
    public static IEnumerable<Cycle> MonthsInCare(Rule rule, ClockView view, ClockTarget target, DatedFact anchor, ClockAct[] acts)
    {
        var stays = StaysUpTo(view, target);
        var due = stays.Count == 1 && stays[0].To is null ? stays[0].From.AddMonths(rule.Due.Count) : Reached(stays, rule.Due.Count * 30, view.Today);
        if (due is { } date)
        {
            // A petition or exception of an earlier stay still stands, unless there is one of this stay.
            var act = Array.Find(acts, each => each.Fact.On >= target.Time.From) ?? acts.LastOrDefault();
            yield return new Cycle(anchor, 1, date, act, null);
        }
    }

    private static ClockTarget Stay(ClockView view, ClockTarget target, DatedFact begin, DateOnly? to, string? ended)
    {
        var member = target.Member! with { Begin = begin, To = to, End = to is null ? null : to == target.Time.To ? target.Member.End : MembershipEnd.Moved };
        return target with { Member = member, Time = new Spell(begin, to, ended), Care = Spells.CareOf(view.File, member, view.Today) };
    }

    /// <summary>The child's stays in foster care up to this one, each from when it began to count, without pauses. This one is counted as if it went on, so that its date stays when it ends.</summary>
    private static List<(DateOnly From, DateOnly? To)> StaysUpTo(ClockView view, ClockTarget target)
    {
        var stays = new List<(DateOnly From, DateOnly? To)>();
        foreach (var other in view.Targets(RuleScope.Child))
        {
            if (other.Care is not { } care || other.Child!.Source != target.Child!.Source || other.Time.From > target.Time.From)
            {
                continue;
            }

            var from = care.Entered.On;
            foreach (var pause in care.Pauses)
            {
                Add(from, pause.From);
                from = pause.Return is { } returned ? (returned > from ? returned : from) : DateOnly.MaxValue;
            }

            Add(from, other.Time.From == target.Time.From && other.Time.To == target.Time.To ? null : other.Time.To);
        }

        return stays;

        void Add(DateOnly from, DateOnly? to)
        {
            if (from != DateOnly.MaxValue && (to is null || to > from))
            {
                stays.Add((from, to));
            }
        }
    }

    /// <summary>The first day on which the days in care within the 22 months before it reach a number; looks ahead as long as the last stay lasts.</summary>
    private static DateOnly? Reached(List<(DateOnly From, DateOnly? To)> stays, int days, DateOnly today)
    {
        if (stays.Count == 0)
        {
            return null;
        }

        var last = stays[^1].To ?? (today > stays[^1].From ? today : stays[^1].From).AddMonths(22);
        for (var date = stays[^1].From; date <= last; date = date.AddDays(1))
        {
            var since = date.AddMonths(-22);
            var counted = 0;
            foreach (var (from, to) in stays)
            {
                var begin = from > since ? from : since;
                var end = to is { } ends && ends < date ? ends : date;
                counted += Math.Max(0, end.DayNumber - begin.DayNumber);
            }

            if (counted >= days)
            {
                return date;
            }
        }

        return null;
    }
}
