using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Clocks;

/// <summary>What the ledger has to learn about one occurrence: its new mark, the step to raise now if any, and the steps it overtakes.</summary>
/// <param name="Step">The step to raise, or null when only the outcome or the date changed.</param>
/// <param name="StepDays">The step's days from the due date.</param>
/// <param name="Superseded">Names of the steps that lie in the past and are kept as superseded.</param>
public sealed record LedgerChange(Deadline Deadline, Mark Mark, ReminderStep? Step, int StepDays, IReadOnlyList<string> Superseded, bool OutcomeChanged)
{
    /// <summary>Name of the report that a reminded duty was missed.</summary>
    public const string MissedReport = "missed";

    /// <summary>The step's name: its days from the due date, or <see cref="MissedReport"/>.</summary>
    public string StepName => Mark.Outcome == Outcome.Missed ? MissedReport : Rule.StepName(StepDays);
}

/// <summary>
/// What follows from a case's facts at an instant: the stage of each plan, every deadline, what to raise now, and when to look again.
/// It is a pure function; a crash, a lost signal, a restored backup or a corrected date all heal with the next reading.
/// </summary>
public sealed record Agenda
{
    public required DateTimeOffset Now { get; init; }

    public required IReadOnlyList<PlanView> Plans { get; init; }

    /// <summary>
    /// Every occurrence the facts give, met and ended ones included, by due date. One that was over before its rule came into force isn't
    /// given: the rule bound nobody then. Only what the ledger has as open, met or missed is kept and judged by the facts as they now are.
    /// </summary>
    public required IReadOnlyList<Deadline> Deadlines { get; init; }

    public required IReadOnlyList<LedgerChange> Changes { get; init; }

    /// <summary>When each plan and the case should next be looked at, in UTC; null when nothing can fall due by itself.</summary>
    public required IReadOnlyDictionary<string, DateTimeOffset?> NextWakes { get; init; }

    /// <summary>The next open deadline of a plan or case, or null.</summary>
    public Deadline? Next(string owner) => Deadlines.FirstOrDefault(deadline => deadline.IsOpen && string.Equals(deadline.Owner, owner, StringComparison.Ordinal));

    /// <summary>Reads the agenda of a case.</summary>
    /// <param name="file">The case's facts.</param>
    /// <param name="plans">The case's plans.</param>
    /// <param name="rules">The rules of its agency.</param>
    /// <param name="raised">What was raised already.</param>
    /// <param name="now">The instant to read it at.</param>
    /// <param name="leadDays">Extra lead time of the case's worker: calendar days before the first reminder that they are told already.</param>
    public static Agenda For(CaseFile file, IReadOnlyList<CasePlan> plans, RuleBook rules, Marks raised, DateTimeOffset now, int leadDays = 0)
    {
        var book = rules.Of(file);
        var calendar = book.Calendar;
        var view = ClockView.Of(file, plans, calendar, calendar.DateAt(now));
        var inForce = book.On(view.Today).Rules;
        var all = inForce.SelectMany(rule => new Occurrences(rule, book, view).All())
            .OrderBy(deadline => deadline.Due).ThenBy(deadline => deadline.Occurrence, StringComparer.Ordinal).ToArray();
        var since = inForce.ToDictionary(rule => rule.Id, rule => book.InForceSince(rule.Id, view.Today), StringComparer.Ordinal);
        var deadlines = Array.FindAll(all, deadline => deadline.LastDay is not { } last || last >= since[deadline.Rule.Id] || IsOnLedger(deadline.Occurrence));

        var wakes = plans.Select(plan => $"plan:{plan.Id}").Append($"case:{file.Id}").ToDictionary(owner => owner, _ => (DateTimeOffset?)null, StringComparer.Ordinal);
        var changes = new List<LedgerChange>();
        foreach (var deadline in deadlines)
        {
            var reading = Reading.Of(deadline, raised.ByOccurrence.GetValueOrDefault(deadline.Occurrence), calendar, now, leadDays);
            if (reading.Change is not null)
            {
                changes.Add(reading.Change);
            }

            if (reading.Wake is { } wake)
            {
                Sooner(wakes, deadline.Owner, wake);
            }
        }

        if (book.NextEditionAfter(view.Today) is { } edition)
        {
            Sooner(wakes, $"case:{file.Id}", calendar.MorningOf(edition));
        }

        foreach (var plan in view.Plans)
        {
            if (plan.Current is { To: { } last })
            {
                Sooner(wakes, $"plan:{plan.Plan.Id}", calendar.MorningOf(last.AddDays(1)));
            }
        }

        changes.AddRange(Gone(raised, all, book, view.Today));
        return new Agenda { Now = now, Plans = view.Plans, Deadlines = deadlines, Changes = changes, NextWakes = wakes };

        // What ended or is void on the ledger says nothing about people; a rule that comes back leaves it so.
        bool IsOnLedger(string occurrence) => raised.ByOccurrence.GetValueOrDefault(occurrence) is { Outcome: not (Outcome.Ended or Outcome.Void) };
    }

    private static void Sooner(Dictionary<string, DateTimeOffset?> wakes, string owner, DateTimeOffset wake)
    {
        if (wakes[owner] is not { } earlier || wake < earlier)
        {
            wakes[owner] = wake;
        }
    }

    /// <summary>Occurrences on the ledger that the facts no longer give: their anchor is gone, or their rule isn't in force any more.</summary>
    private static IEnumerable<LedgerChange> Gone(Marks raised, Deadline[] deadlines, RuleBook book, DateOnly today)
    {
        if (raised.ByOccurrence.Count == 0)
        {
            yield break;
        }

        var present = deadlines.Select(deadline => deadline.Occurrence).ToHashSet(StringComparer.Ordinal);
        foreach (var (occurrence, mark) in raised.ByOccurrence)
        {
            if (present.Contains(occurrence))
            {
                continue;
            }

            var parts = occurrence.Split('~');
            var inForce = book.On(today).Find(parts[0]);
            if (inForce is null ? mark.Outcome == Outcome.None : mark.Outcome != Outcome.Void)
            {
                var outcome = inForce is null ? Outcome.Ended : Outcome.Void;
                var gone = new Deadline
                {
                    Occurrence = occurrence,
                    Rule = inForce ?? RulePacks.Remembered(parts[0]),
                    Subject = parts[1],
                    Owner = parts[1],
                    Anchor = new DatedFact(mark.Counted, parts[2], "withdrawn", mark.Counted),
                    Cycle = 1,
                    Counting = default,
                    Counted = mark.Counted,
                    Due = mark.Due,
                    Status = inForce is null ? DeadlineStatus.Ended : DeadlineStatus.Void,
                    Because = inForce is null ? book.EndedBecause(parts[0], today) : "the fact it came from was withdrawn or moved",
                };
                yield return new LedgerChange(gone, mark with { Outcome = outcome }, null, 0, [], OutcomeChanged: true);
            }
        }
    }

    /// <summary>One occurrence against its mark: how many steps lie in the past, what that asks for, and when the next thing happens.</summary>
    private readonly record struct Reading(LedgerChange? Change, DateTimeOffset? Wake)
    {
        private static readonly ReminderStep Missed = new() { Days = 0, To = [Role.Worker, Role.Supervisor], Mandatory = true };

        public static Reading Of(Deadline deadline, Mark? mark, Calendar calendar, DateTimeOffset now, int leadDays)
        {
            var before = mark ?? new Mark(deadline.Counted, deadline.Due, 1, 0, Outcome.None);
            var outcome = OutcomeOf(deadline.Status);
            var moved = mark is not null && (mark.Counted != deadline.Counted || mark.Due != deadline.Due);
            var silentUntil = deadline.ExcusedUntil is { } until ? calendar.MorningOf(calendar.Forward(until.AddDays(1))) : (DateTimeOffset?)null;
            var reminds = deadline is { IsOpen: true, AwaitsReturn: false, Rule.Steps.Count: > 0 };
            var closing = deadline.Closes is { } closes && calendar.MorningOf(calendar.Forward(closes)) is var opening && opening > now ? opening : (DateTimeOffset?)null;
            var report = outcome == Outcome.Missed && before.Outcome != Outcome.Missed && (before.Done > 0 || before.Round > 1) ? Missed : null;
            if (!reminds && !moved)
            {
                return new(outcome == before.Outcome ? null : new(deadline, before with { Outcome = outcome }, report, 0, [], OutcomeChanged: true), closing);
            }

            var past = StepsBy(deadline, calendar, now);
            var done = moved ? Math.Min(before.Done, past) : before.Done;
            var round = moved && (before.Done > 0 || before.Early) ? before.Round + 1 : before.Round;
            var silent = silentUntil > now;
            var raises = reminds && past > done && !silent;
            var early = reminds && past == 0 ? EarlyStep(deadline.Rule, leadDays) : null;
            var earlyAt = early is null ? (DateTimeOffset?)null : calendar.MorningOf(Deadline.MorningOf(early.Days, deadline.Counted, deadline.Due, calendar));
            var wasEarly = before.Early && (!moved || earlyAt <= now);
            var raisesEarly = !wasEarly && !silent && earlyAt <= now;
            var after = new Mark(deadline.Counted, deadline.Due, round, raises ? past : done, outcome, wasEarly || raisesEarly);
            var wake = !reminds ? closing
                : silent ? silentUntil
                : earlyAt > now ? earlyAt
                : deadline.Rule.StepAt(past) is { } next ? calendar.MorningOf(Deadline.MorningOf(next.Days, deadline.Counted, deadline.Due, calendar)) : (DateTimeOffset?)null;

            if (closing is not null && (wake is null || closing < wake))
            {
                wake = closing;
            }

            if (after == before)
            {
                return new(null, wake);
            }

            if (raisesEarly)
            {
                return new(new(deadline, after, early, early!.Days, [], outcome != before.Outcome), wake);
            }

            if (!raises)
            {
                return new(mark is null && outcome == Outcome.None ? null : new(deadline, after, report, 0, [], outcome != before.Outcome), wake);
            }

            var (step, days) = deadline.Rule.StepAt(past - 1)!.Value;
            return new(new(deadline, after, step, days, Names(deadline.Rule, done, past - 1), outcome != before.Outcome), wake);
        }

        /// <summary>The step before the first one that the worker's extra lead time asks for; null where the first isn't the worker's.</summary>
        private static ReminderStep? EarlyStep(Rule rule, int leadDays) =>
            leadDays > 0 && rule.Steps[0] is { Days: < 0 } first && first.To.Contains(Role.Worker) ? new ReminderStep { Days = first.Days - leadDays, To = [Role.Worker] } : null;

        private static int StepsBy(Deadline deadline, Calendar calendar, DateTimeOffset now)
        {
            var count = 0;
            while (deadline.Rule.StepAt(count) is { } next && calendar.MorningOf(Deadline.MorningOf(next.Days, deadline.Counted, deadline.Due, calendar)) <= now)
            {
                count++;
            }

            return count;
        }

        private static string[] Names(Rule rule, int from, int to) =>
            [.. Enumerable.Range(from, Math.Max(0, to - from)).Select(index => Rule.StepName(rule.StepAt(index)!.Value.Days))];

        private static Outcome OutcomeOf(DeadlineStatus status) => status switch
        {
            DeadlineStatus.MetOnTime => Outcome.MetOnTime,
            DeadlineStatus.MetLate => Outcome.MetLate,
            DeadlineStatus.Missed => Outcome.Missed,
            DeadlineStatus.Ended => Outcome.Ended,
            DeadlineStatus.Void => Outcome.Void,
            _ => Outcome.None,
        };
    }
}
