namespace CasePlanning.Domain.Clocks;

/// <summary>Reads one occurrence against its mark: how many steps lie in the past, what that asks for, and on which morning the next thing happens.</summary>
internal readonly struct ReminderReading(Calendar calendar, DateOnly today, DateTimeOffset now, int leadDays)
{
    private static readonly ReminderStep Missed = new() { Days = 0, To = [Role.Worker, Role.Supervisor], Mandatory = true };

    /// <summary>Around the last date whose morning has come.</summary>
    private readonly WorkingDays _mornings = WorkingDays.Around(calendar.MorningOf(today) <= now ? today : today.AddDays(-1), calendar);

    /// <summary>The last working day whose morning has come.</summary>
    public DateOnly LastMorning => _mornings.Last;

    /// <param name="occurrence">As the facts now are.</param>
    public (LedgerChange? Change, DateOnly? Wake) Read(in Occurrence occurrence)
    {
        var mark = occurrence.Mark;
        var outcome = OutcomeOf(occurrence.Status);
        var before = mark?.Outcome ?? Outcome.None;
        var moved = mark is not null && (mark.Counted != occurrence.Counted || mark.Due != occurrence.Due);
        var reminds = occurrence is { IsOpen: true, AwaitsReturn: false, Rule.Steps.Count: > 0 };
        var closing = Closing(occurrence);
        if (!reminds && !moved && outcome == before)
        {
            return (null, closing);
        }

        var report = outcome == Outcome.Missed && before != Outcome.Missed && mark is not null && (mark.Done > 0 || mark.Round > 1) ? Missed : null;
        return reminds || moved ? Remind(occurrence, mark, outcome, moved, reminds, closing, report)
            : (new(occurrence.ToDeadline(), (mark ?? new Mark(occurrence.Counted, occurrence.Due, 1, 0, Outcome.None)) with { Outcome = outcome }, report, 0, [], OutcomeChanged: true), closing);
    }

    /// <summary>The morning on which the next cycle is there, where that lies ahead.</summary>
    public DateOnly? Closing(in Occurrence occurrence) => occurrence.Closes is { } closes ? Ahead(closes) : null;

    private (LedgerChange? Change, DateOnly? Wake) Remind(
        in Occurrence occurrence, Mark? mark, Outcome outcome, bool moved, bool reminds, DateOnly? closing, ReminderStep? report)
    {
        var rule = occurrence.Rule;
        var (wasRound, wasDone, wasEarly, was) = mark is null ? (1, 0, false, Outcome.None) : (mark.Round, mark.Done, mark.Early, mark.Outcome);
        var silentUntil = occurrence.ExcusedUntil is { } until ? Ahead(until.AddDays(1)) : null;
        var past = StepsTaken.By(_mornings, rule, occurrence.Counted, occurrence.Due);
        var done = moved ? Math.Min(wasDone, past) : wasDone;
        var raises = reminds && past > done && silentUntil is null;
        var early = reminds && past == 0 ? EarlyStep(rule, leadDays) : null;
        var earlyHasCome = early is not null && _mornings.Reach(early.Days, occurrence.Counted, occurrence.Due);
        var earlyBefore = wasEarly && (!moved || earlyHasCome);
        var raisesEarly = !earlyBefore && silentUntil is null && earlyHasCome;
        var wake = !reminds ? closing
            : silentUntil is not null ? silentUntil
            : early is not null && !earlyHasCome ? MorningOf(early.Days, occurrence)
            : rule.StepAt(past) is { } next ? MorningOf(next.Days, occurrence) : null;
        if (closing is not null && (wake is null || closing < wake))
        {
            wake = closing;
        }

        if (!moved && !raises && !raisesEarly && outcome == was)
        {
            return (null, wake);
        }

        var round = moved && (wasDone > 0 || wasEarly) ? wasRound + 1 : wasRound;
        var after = new Mark(occurrence.Counted, occurrence.Due, round, raises ? past : done, outcome, earlyBefore || raisesEarly);
        var outcomeChanged = outcome != was;
        if (raisesEarly)
        {
            return (new(occurrence.ToDeadline(), after, early, early!.Days, [], outcomeChanged), wake);
        }

        if (raises)
        {
            var (step, days) = rule.StepAt(past - 1)!.Value;
            return (new(occurrence.ToDeadline(), after, step, days, Names(rule, done, past - 1), outcomeChanged), wake);
        }

        return (mark is null && outcome == Outcome.None ? null : new(occurrence.ToDeadline(), after, report, 0, [], outcomeChanged), wake);
    }

    /// <summary>The first working day on or after a date, where its morning still lies ahead.</summary>
    private DateOnly? Ahead(DateOnly date) => date <= _mornings.Last ? null : date < _mornings.Next ? _mornings.Next : calendar.Forward(date);

    private DateOnly MorningOf(int stepDays, in Occurrence occurrence) => Deadline.MorningOf(stepDays, occurrence.Counted, occurrence.Due, calendar);

    /// <summary>The step before the first one that the worker's extra lead time asks for; null where the first isn't the worker's.</summary>
    private static ReminderStep? EarlyStep(Rule rule, int leadDays) =>
        leadDays > 0 && rule.Steps[0] is { Days: < 0 } first && first.To.Contains(Role.Worker) ? new ReminderStep { Days = first.Days - leadDays, To = [Role.Worker] } : null;

    private static string[] Names(Rule rule, int from, int to)
    {
        var names = from < to ? new string[to - from] : [];
        for (var index = 0; index < names.Length; index++)
        {
            names[index] = Rule.StepName(rule.StepAt(from + index)!.Value.Days);
        }

        return names;
    }

    public static Outcome OutcomeOf(DeadlineStatus status) => status switch
    {
        DeadlineStatus.MetOnTime => Outcome.MetOnTime,
        DeadlineStatus.MetLate => Outcome.MetLate,
        DeadlineStatus.Missed => Outcome.Missed,
        DeadlineStatus.Ended => Outcome.Ended,
        DeadlineStatus.Void => Outcome.Void,
        _ => Outcome.None,
    };
}

/// <summary>Counts the steps of a rule whose mornings have come.</summary>
internal static class StepsTaken
{
    /// <param name="mornings">Around the last date whose morning has come.</param>
    /// <param name="rule">Its steps stand in the order of their days, and only the last repeats.</param>
    /// <param name="counted">The due date as counted.</param>
    /// <param name="due">The rolled date.</param>
    public static int By(WorkingDays mornings, Rule rule, DateOnly counted, DateOnly due)
    {
        var count = 0;
        while (rule.StepAt(count) is { } next && mornings.Reach(next.Days, counted, due))
        {
            count++;
            if (count >= rule.Steps.Count && next.Step.Every is { } every && next.Days > 0)
            {
                // From here on a step goes out on the first working day so many days after the due date: those up to the last working day have come.
                return count + ((mornings.Last.DayNumber - due.DayNumber - next.Days) / every);
            }
        }

        return count;
    }
}
