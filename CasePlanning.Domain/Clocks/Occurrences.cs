using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>Works out the occurrences of a rule for one target from its anchors and acts.</summary>
internal static class Occurrences
{
    public static IEnumerable<Deadline> Of(Rule rule, ClockView view)
    {
        foreach (var target in Vocabulary.Targets(rule.Scope, view))
        {
            // Both come in the order of their numbers or source ids, and sorting by date keeps that within a day.
            var anchors = Vocabulary.Anchors[rule.Anchor](view, target).OrderBy(anchor => anchor.On).ToArray();
            if (anchors.Length == 0)
            {
                continue;
            }

            var acts = Vocabulary.Acts[rule.MetBy](view, target)
                .Where(act => act.Fact.On <= (target.To ?? view.Today))
                .OrderBy(act => act.Fact.On).ToArray();
            var found = rule.Recurs switch
            {
                Recurrence.No => OneEach(rule, view, target, anchors, acts),
                Recurrence.Rolling => Rolling(rule, view, target, anchors[0], acts),
                _ => Grid(rule, view, target, anchors[0], acts),
            };
            foreach (var deadline in found)
            {
                yield return deadline;
            }
        }
    }

    private static IEnumerable<Deadline> OneEach(Rule rule, ClockView view, ClockTarget target, DatedFact[] anchors, ClockAct[] acts)
    {
        var next = 0;
        foreach (var anchor in anchors)
        {
            while (next < acts.Length && acts[next].Fact.On < anchor.On)
            {
                next++;
            }

            yield return Occurrence(rule, view, target, anchor, 1, rule.Due.After(anchor.On, view.Calendar), next < acts.Length ? acts[next++] : null, closes: null);
        }
    }

    private static IEnumerable<Deadline> Rolling(Rule rule, ClockView view, ClockTarget target, DatedFact anchor, ClockAct[] acts)
    {
        var length = rule.Due;
        foreach (var act in acts.Where(act => act.Fact.On >= anchor.On))
        {
            yield return Occurrence(rule, view, target, anchor, 1, length.After(anchor.On, view.Calendar), act, closes: null);
            anchor = act.Fact with { On = act.AnchorsOn };
            length = rule.Then ?? rule.Due;
        }

        yield return Occurrence(rule, view, target, anchor, 1, length.After(anchor.On, view.Calendar), act: null, closes: null);
    }

    /// <summary>A cycle opens with the work that counts for it and closes when the next one opens.</summary>
    private static IEnumerable<Deadline> Grid(Rule rule, ClockView view, ClockTarget target, DatedFact anchor, ClockAct[] acts)
    {
        var last = target.To ?? view.Today;
        var next = 0;
        for (var cycle = 1; ; cycle++)
        {
            var counted = GridDate(rule, anchor, cycle, view.Calendar);
            var opens = cycle == 1 && rule.CountsFromDaysBefore is null ? anchor.On : Opening(rule, anchor, cycle, view.Calendar);
            var closes = Opening(rule, anchor, cycle + 1, view.Calendar);
            while (next < acts.Length && acts[next].Fact.On < opens)
            {
                next++;
            }

            yield return Occurrence(rule, view, target, anchor, cycle, counted, next < acts.Length && acts[next].Fact.On < closes ? acts[next++] : null, closes);
            if (closes > last)
            {
                yield break;
            }
        }
    }

    private static DateOnly GridDate(Rule rule, DatedFact anchor, int cycle, Calendar calendar)
    {
        var first = rule.Due.After(anchor.On, calendar);
        if (cycle == 1)
        {
            return first;
        }

        // Equal steps are counted from the anchor in one go: 31 January plus two months is 31 March, not 28.
        return rule.Then is { } then ? then.After(first, calendar, cycle - 1) : rule.Due.After(anchor.On, calendar, cycle);
    }

    private static DateOnly Opening(Rule rule, DatedFact anchor, int cycle, Calendar calendar) => rule.CountsFromDaysBefore is { } early
        ? GridDate(rule, anchor, cycle, calendar).AddDays(-early)
        : cycle == 1 ? anchor.On : calendar.Rolled(GridDate(rule, anchor, cycle - 1, calendar), rule.Roll).AddDays(1);

    private static Deadline Occurrence(Rule rule, ClockView view, ClockTarget target, DatedFact anchor, int cycle, DateOnly counted, ClockAct? act, DateOnly? closes)
    {
        var name = Deadline.NameOf(rule.Id, target.Subject, anchor.Fact, cycle);
        var due = view.Calendar.Rolled(counted, rule.Roll);
        var excused = view.File.Of<Excusal>().Where(excusal => string.Equals(excusal.Occurrence, name, StringComparison.Ordinal)).Select(excusal => (DateOnly?)excusal.Until).Max();
        var ended = act is { Ends: true } ? act.Fact.What : act is null ? target.EndedBy(view.Today) : null;
        return new Deadline
        {
            Occurrence = name,
            Rule = rule,
            Subject = target.Subject,
            Owner = target.Owner,
            Anchor = anchor,
            Cycle = cycle,
            Counted = counted,
            Due = due,
            Met = act is { Ends: false } ? act.Fact : null,
            ExcusedUntil = excused,
            Because = ended,
            Status = act is { Ends: false } ? act.Fact.On <= due ? DeadlineStatus.MetOnTime : DeadlineStatus.MetLate
                : closes <= (target.To ?? view.Today) ? excused >= closes ? DeadlineStatus.Excused : DeadlineStatus.Missed
                : ended is not null ? DeadlineStatus.Ended
                : excused >= view.Today ? DeadlineStatus.Excused
                : view.Today > due ? DeadlineStatus.Overdue
                : view.Today >= counted ? DeadlineStatus.Due
                : rule.StepAt(0) is { } first && view.Today >= Deadline.MorningOf(first.Days, counted, due, view.Calendar) ? DeadlineStatus.DueSoon
                : DeadlineStatus.Upcoming,
        };
    }
}
