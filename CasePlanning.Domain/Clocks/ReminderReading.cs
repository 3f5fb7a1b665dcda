namespace CasePlanning.Domain.Clocks;

/// <summary>Reads one occurrence against its mark: how many steps lie in the past, what that asks for, and on which morning the next thing happens.</summary>
internal readonly struct ReminderReading(Calendar calendar, DateOnly today, DateTimeOffset now, int leadDays)
{
    private static readonly ReminderStep Missed = new() { Days = 0, To = [Role.Worker, Role.Supervisor], Mandatory = true };

    /// <summary>Around the last date whose morning has come.</summary>
    private readonly WorkingDays _mornings = WorkingDays.Around(calendar.MorningOf(today) <= now ? today : today.AddDays(-1), calendar);

    public (LedgerChange? Change, DateOnly? Wake) Read(in Occurrence occurrence)
    {
        var mark = occurrence.Mark;
        var moved = mark is not null && (mark.Counted != occurrence.Counted || mark.Due != occurrence.Due);
        var reminds = occurrence is { IsOpen: true, Judgement.AwaitsReturn: false, Rule.FirstStep: not null };
        return reminds || moved ? Remind(occurrence, moved, reminds)
            : (OutcomeOf(occurrence.Status) == (mark?.Outcome ?? Outcome.None) ? null : Judged(occurrence), Closing(occurrence));
    }

    /// <summary>True where the morning of a date lies ahead.</summary>
    public bool IsAhead(DateOnly? date) => date > _mornings.Last;

    /// <summary>The morning on which the next cycle is there, where that lies ahead.</summary>
    public DateOnly? Closing(in Occurrence occurrence) => occurrence.Closes is { } closes ? Ahead(closes) : null;

    private (LedgerChange? Change, DateOnly? Wake) Remind(in Occurrence occurrence, bool moved, bool reminds)
    {
        var (rule, counted, due) = (occurrence.Rule, occurrence.Counted, occurrence.Due);
        var (wasDone, wasEarly) = occurrence.Mark is { } mark ? (mark.Done, mark.Early) : (0, false);
        var silentUntil = occurrence.Judgement.ExcusedUntil is { } until ? Ahead(until.AddDays(1)) : null;
        var past = StepsTaken.By(_mornings, rule, counted, due);
        var done = moved ? Math.Min(wasDone, past) : wasDone;
        var raises = reminds && past > done && silentUntil is null;
        var early = reminds && past == 0 ? EarlyStep(rule, leadDays) : null;
        var earlyHasCome = early is not null && _mornings.Reach(early.Days, counted, due);
        var earlyBefore = wasEarly && (!moved || earlyHasCome);
        var raisesEarly = !earlyBefore && silentUntil is null && earlyHasCome;
        var wake = !reminds ? null
            : silentUntil is not null ? silentUntil
            : early is not null && !earlyHasCome ? MorningOf(early.Days, occurrence)
            : rule.StepAt(past) is { } next ? MorningOf(next.Days, occurrence) : null;
        var closing = Closing(occurrence);
        wake = closing is not null && (wake is null || closing < wake) ? closing : wake;
        var taken = new Taken(moved, done, past, raises, raisesEarly ? early : null, earlyBefore || raisesEarly);
        return (moved || raises || raisesEarly || OutcomeOf(occurrence.Status) != (occurrence.Mark?.Outcome ?? Outcome.None) ? Changed(occurrence, taken) : null, wake);
    }

    /// <summary>How far the steps of an occurrence have gone.</summary>
    /// <param name="Moved">True where its date has moved since the ledger last said something of it.</param>
    /// <param name="Done">How many were raised or superseded.</param>
    /// <param name="Past">How many have had their morning.</param>
    /// <param name="Raises">True where the last of those is to be raised.</param>
    /// <param name="Early">The step of the worker's extra lead time, where it is to be raised.</param>
    /// <param name="EarlyDone">True where that one is raised, or was.</param>
    private readonly record struct Taken(bool Moved, int Done, int Past, bool Raises, ReminderStep? Early, bool EarlyDone);

    private static LedgerChange? Changed(in Occurrence occurrence, in Taken taken)
    {
        var (rule, was, outcome) = (occurrence.Rule, occurrence.Mark, OutcomeOf(occurrence.Status));
        var round = taken.Moved && was is { Done: > 0 } or { Early: true } ? was!.Round + 1 : was?.Round ?? 1;
        var after = new Mark(occurrence.Counted, occurrence.Due, round, taken.Raises ? taken.Past : taken.Done, outcome, taken.EarlyDone);
        var outcomeChanged = outcome != (was?.Outcome ?? Outcome.None);
        if (taken.Early is { } early)
        {
            return new(occurrence.ToDeadline(), after, early, early.Days, [], outcomeChanged);
        }

        if (taken.Raises)
        {
            var (step, days) = rule.StepAt(taken.Past - 1)!.Value;
            return new(occurrence.ToDeadline(), after, step, days, Names(rule, taken.Done, taken.Past - 1), outcomeChanged);
        }

        return was is null && outcome == Outcome.None ? null : new(occurrence.ToDeadline(), after, ReportOf(occurrence), 0, [], outcomeChanged);
    }

    /// <summary>Only the outcome is another.</summary>
    private static LedgerChange Judged(in Occurrence occurrence) => new(
        occurrence.ToDeadline(),
        (occurrence.Mark ?? new Mark(occurrence.Counted, occurrence.Due, 1, 0, Outcome.None)) with { Outcome = OutcomeOf(occurrence.Status) },
        ReportOf(occurrence),
        0,
        [],
        OutcomeChanged: true);

    /// <summary>A duty somebody was reminded of is reported where it is missed.</summary>
    private static ReminderStep? ReportOf(in Occurrence occurrence) =>
        occurrence is { Status: DeadlineStatus.Missed, Mark: { Outcome: not Outcome.Missed } mark } && (mark.Done > 0 || mark.Round > 1) ? Missed : null;

    /// <summary>The first working day on or after a date, where its morning still lies ahead.</summary>
    private DateOnly? Ahead(DateOnly date) => date <= _mornings.Last ? null : date < _mornings.Next ? _mornings.Next : calendar.Forward(date);

    private DateOnly MorningOf(int stepDays, in Occurrence occurrence) => Deadline.MorningOf(stepDays, occurrence.Counted, occurrence.Due, calendar);

    /// <summary>The step before the first one that the worker's extra lead time asks for; null where the first isn't the worker's.</summary>
    private static ReminderStep? EarlyStep(Rule rule, int leadDays) =>
        leadDays > 0 && rule.FirstStep is { Days: < 0 } first && first.To.Contains(Role.Worker) ? new ReminderStep { Days = first.Days - leadDays, To = [Role.Worker] } : null;

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
