using System.Collections.Immutable;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>A time counted as in foster care: from its first day to the day before <see cref="To"/>, which is null for one counted as if it went on.</summary>
public sealed record CareStay(DateOnly From, DateOnly? To);

/// <summary>What foster care does to clocks: pauses, and months counted.</summary>
internal static class Care
{
    /// <summary>Adds the times a rule's clock runs in: the target's own, or, where a pause counts as discharge, one for each stay. Months in care add the stays up.</summary>
    public static void AddTimes(Rule rule, ClockView view, ClockTarget target, List<ClockTarget> found)
    {
        if (rule.Pause == PauseEffect.Discharge && rule.Recurs != Recurrence.MonthsInCare && target.Care is { Pauses: [_, ..] pauses } && pauses.Any(pause => pause.StopsClocks))
        {
            found.AddRange(Stays(view, target, pauses.Where(pause => pause.StopsClocks)));
            return;
        }

        found.Add(target);
    }

    private static IEnumerable<ClockTarget> Stays(ClockView view, ClockTarget target, IEnumerable<CarePause> pauses)
    {
        var begin = target.Member!.Begin;
        foreach (var pause in pauses)
        {
            if (pause.From > begin.On)
            {
                yield return Stay(view, target, begin, pause.From, pause.Why);
            }

            if (pause.Return is not { } returned)
            {
                yield break;
            }

            begin = begin with { On = returned, Name = pause.ReturnFact!.Value, What = "return to care" };
        }

        yield return Stay(view, target, begin, target.Time.To, target.Time.Ended);
    }

    /// <summary>Whether a pause could move a date of the rule.</summary>
    public static bool MayPause(Rule rule, ClockTarget target) =>
        (rule.Pause == PauseEffect.DueOnReturn || rule.Recurs == Recurrence.MonthsInCare) && target.Care is { Pauses: [_, ..] };

    /// <summary>The pause a counted date falls in, where the rule minds pauses; its own first day is in it, the day of the return isn't.</summary>
    public static CarePause? PauseAt(Rule rule, ClockTarget target, DateOnly counted) =>
        rule.Pause == PauseEffect.DueOnReturn && target.Care is { } care ? Covering(care.Pauses, counted) : null;

    /// <summary>Whether a child spends any of these days in foster care; true for whatever isn't about a placed child.</summary>
    public static bool IsInCare(ClockTarget target, DateOnly from, DateOnly to)
    {
        if (target.Care is not { Pauses: [_, ..] pauses })
        {
            return from <= to;
        }

        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (Covering(pauses, day) is null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The day on which the months in care within the last 22 reach the number due. Pauses don't count, but for one that lasts, so that the date
    /// stays until the child returns; a month is one of the calendar while a stay is unbroken, and thirty days where several stays are added up.
    /// </summary>
    public static Cycle MonthsInCare(Rule rule, ClockView view, ClockTarget target, DatedFact anchor, ReadOnlySpan<ClockAct> acts)
    {
        var stays = StaysUpTo(view, target);
        var first = stays.FindIndex(stay => stay.From >= anchor.On);
        var unbroken = stays[first].From.AddMonths(rule.Due.Count);
        var date = first == 0 && (stays[0].To is null || stays[0].To >= unbroken) ? unbroken : Reached(stays, stays[first].From, rule.Due.Count * 30);
        var next = Grids.FirstFrom(acts, target.Time.From);
        return new Cycle { Anchor = anchor, Number = 1, Counted = date, Act = next < acts.Length ? next : Cycle.NoAct, Stays = stays };
    }

    /// <summary>The pause a placed child hasn't returned from, where the date counted comes no earlier.</summary>
    public static CarePause? LastingPause(ClockTarget target, DateOnly counted) =>
        target.Care is { Pauses: [.., { Return: null } last] } && counted >= last.From ? last : null;

    /// <summary>The pause that stops clocks on a day, or null.</summary>
    private static CarePause? Covering(ImmutableArray<CarePause> pauses, DateOnly day)
    {
        foreach (var pause in pauses)
        {
            if (pause.StopsClocks && pause.Covers(day))
            {
                return pause;
            }
        }

        return null;
    }

    private static ClockTarget Stay(ClockView view, ClockTarget target, DatedFact begin, DateOnly? to, string? ended)
    {
        var member = target.Member! with { Begin = begin, To = to, End = to is null ? null : to == target.Time.To ? target.Member.End : MembershipEnd.Moved };
        return new ClockTarget(view, target.Plan, new Spell(begin, to, member.End, ended)) { Period = target.Period, Member = member, Child = target.Child };
    }

    /// <summary>The child's stays in foster care up to this one, each from when it began to count, without pauses. This one is counted as if it went on, so that its date stays when it ends.</summary>
    private static List<CareStay> StaysUpTo(ClockView view, ClockTarget target)
    {
        var stays = new List<CareStay>();
        foreach (var other in view.Targets(RuleScope.Child).Where(other => other.Care is not null && other.Child!.Source == target.Child!.Source))
        {
            var isThis = ReferenceEquals(other, target);
            var from = other.Care!.Entered.On;
            foreach (var pause in other.Care.Pauses.Where(pause => !isThis || pause.Return is not null))
            {
                Add(from, pause.From);
                from = pause.Return is not { } returned ? DateOnly.MaxValue : returned > from ? returned : from;
            }

            Add(from, isThis ? null : other.Time.To);
            if (isThis)
            {
                break;
            }
        }

        return stays;

        void Add(DateOnly from, DateOnly? to)
        {
            if (from != DateOnly.MaxValue && (to is null || to > from))
            {
                stays.Add(new CareStay(from, to));
            }
        }
    }

    /// <summary>The first day from a date on which the days in care within the 22 months before it reach a number.</summary>
    private static DateOnly Reached(List<CareStay> stays, DateOnly from, int days)
    {
        for (var date = from; ; date = date.AddDays(1))
        {
            var since = date.AddMonths(-22);
            var counted = 0;
            foreach (var stay in stays)
            {
                var begin = Dates.Later(stay.From, since);
                var end = stay.To is { } ends ? Dates.Earlier(ends, date) : date;
                counted += Math.Max(0, end.DayNumber - begin.DayNumber);
            }

            if (counted >= days)
            {
                return date;
            }
        }
    }
}
