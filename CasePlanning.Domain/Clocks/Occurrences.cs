using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>A cycle of a rule before it is judged.</summary>
/// <param name="Counted">The due date as counted.</param>
/// <param name="Act">The act that meets or ends it, or null.</param>
/// <param name="Closes">The day the next cycle opens, on which an unmet one is missed; null for rules without a grid.</param>
internal readonly record struct Cycle(DatedFact Anchor, int Number, DateOnly Counted, ClockAct? Act, DateOnly? Closes)
{
    /// <summary>The length counted, where it isn't the rule's first.</summary>
    public Offset? Counting { get; init; }

    /// <summary>The event that makes it due earlier than counted.</summary>
    public DatedFact? CutShortBy { get; init; }

    /// <summary>On a grid from the last act, that act, or the anchor where there was none.</summary>
    public DatedFact? Since { get; init; }

    /// <summary>The day it opened, where it was due at once.</summary>
    public DateOnly? Opened { get; init; }

    /// <summary>The stays whose days were added up.</summary>
    public IReadOnlyList<CareStay> Stays { get; init; } = [];
}

/// <summary>Works out the occurrences of one rule from its targets, anchors and acts.</summary>
internal sealed class Occurrences(Rule rule, RuleBook book, ClockView view)
{
    private readonly ILookup<string, DateOnly> _excuses = view.File.Of<Excusal>().ToLookup(excusal => excusal.Occurrence, excusal => excusal.Until, StringComparer.Ordinal);

    public IEnumerable<Deadline> All()
    {
        var anchorsOf = Vocabulary.Anchors[rule.Anchor];
        var actsOf = Vocabulary.Acts[rule.MetBy];
        var found = view.Targets(rule.Scope)
            .Where(target => rule.Applies.All(word => Vocabulary.Conditions[word](view, target)))
            .SelectMany(target => Care.Times(rule, view, target))
            .Select(time => (Time: time, Anchors: anchorsOf(view, time).OrderBy(anchor => anchor.On).ToArray()))
            .ToArray();
        foreach (var (time, all) in found)
        {
            var anchors = found.Length == 1 ? all : Array.FindAll(all, anchor => ReferenceEquals(time, Owning(anchor, time, found)));
            if (anchors.Length == 0)
            {
                continue;
            }

            var last = time.Time.LastBy(view.Today);
            // Acts come in the order of their numbers or source ids, and sorting by date keeps that within a day.
            var acts = actsOf(view, time).Where(act => act.Fact.On <= last).OrderBy(act => act.Fact.On).ToArray();
            foreach (var cycle in Cycles(time, anchors, acts))
            {
                yield return Judged(time, cycle);
            }
        }
    }

    /// <summary>
    /// Of several times of one subject that a fact could anchor, the one that contains its day (the later one, if two share it), else the next
    /// one after it, else the last: a fact anchors a duty once.
    /// </summary>
    private static ClockTarget Owning(DatedFact anchor, ClockTarget time, (ClockTarget Time, DatedFact[] Anchors)[] found)
    {
        var times = found.Where(other => other.Time.Subject == time.Subject && Array.Exists(other.Anchors, each => each.Fact == anchor.Fact))
            .Select(other => other.Time).OrderBy(other => other.Time.From).ToArray();
        return times.Length == 1 ? time
            : Array.FindLast(times, each => each.Time.Touches(anchor.On, anchor.On)) ?? Array.Find(times, each => each.Time.From > anchor.On) ?? times[^1];
    }

    private IEnumerable<Cycle> Cycles(ClockTarget target, DatedFact[] anchors, ClockAct[] acts) => rule.Recurs switch
    {
        Recurrence.No => OneEach(target, anchors, acts),
        Recurrence.Rolling => Rolling(anchors[0], acts),
        Recurrence.Grid or Recurrence.GridFromLastAct => Grids.Of(rule, view, target, anchors[0], acts),
        Recurrence.MonthsInCare => Care.MonthsInCare(rule, view, target, anchors[0], acts),
        _ => Grids.Calendar(rule.Recurs == Recurrence.Monthly ? 1 : 3, view, target, anchors[0], acts),
    };

    private IEnumerable<Cycle> OneEach(ClockTarget target, DatedFact[] anchors, ClockAct[] acts)
    {
        var next = 0;
        foreach (var anchor in anchors)
        {
            while (next < acts.Length && acts[next].Fact.On < anchor.On && !(acts[next].HoldsTo >= anchor.On))
            {
                next++;
            }

            var act = next < acts.Length ? acts[next++].From(anchor.On) : null;
            var length = Length(act?.Fact.On ?? view.Today, first: true);
            var counted = length.After(anchor.On, view.Calendar);
            var earlier = EarlierEvent(target, anchor.On, counted);
            yield return new Cycle(anchor, 1, earlier?.On ?? counted, act, null) { Counting = length, CutShortBy = earlier };
        }
    }

    private IEnumerable<Cycle> Rolling(DatedFact anchor, ClockAct[] acts)
    {
        var isFirst = true;
        foreach (var act in acts)
        {
            if (act.Follows || act.Fact.On >= anchor.On)
            {
                var length = Length(act.Fact.On, isFirst);
                yield return new Cycle(anchor, 1, length.After(anchor.On, view.Calendar), act, null) { Counting = length };
                anchor = act.AnchorsOn == act.Fact.On ? act.Fact : act.Fact with { On = act.AnchorsOn, What = "plan date" };
                isFirst = false;
            }
        }

        var open = Length(view.Today, isFirst);
        yield return new Cycle(anchor, 1, open.After(anchor.On, view.Calendar), null, null) { Counting = open };
    }

    /// <summary>The length in force on the day the occurrence was met, or now.</summary>
    private Offset Length(DateOnly judgedOn, bool first)
    {
        var judging = book.On(judgedOn).Find(rule.Id) ?? rule;
        return first ? judging.Due : judging.Then ?? judging.Due;
    }

    /// <summary>The event before which it is due, where that comes earlier than the date counted.</summary>
    private DatedFact? EarlierEvent(ClockTarget target, DateOnly from, DateOnly counted) => rule.NoLaterThan is { } word
        ? Vocabulary.Anchors[word](view, target).Where(each => each.On >= from && each.On < counted).MinBy(each => each.On)
        : null;

    private Deadline Judged(ClockTarget target, Cycle cycle)
    {
        var name = Deadline.NameOf(rule.Id, target.Subject, cycle.Anchor.Fact, cycle.Number);
        var excused = _excuses[name].Select(until => (DateOnly?)until).Max();
        var pause = rule.Recurs == Recurrence.MonthsInCare ? Care.LastingPause(target, cycle.Counted) : Care.PauseAt(rule, target, cycle.Counted);
        var awaitsReturn = pause is { Return: null } && view.Today >= (rule.Recurs == Recurrence.MonthsInCare ? pause.From : cycle.Counted);
        var due = Calendar.Rolled(pause?.Return ?? cycle.Counted, rule.Roll, rule.Holidays);
        var met = cycle.Act is { Ends: false } ? cycle.Act.Fact : null;
        var (status, because) = met is not null
            ? (met.On <= due || met.On <= excused ? DeadlineStatus.MetOnTime : DeadlineStatus.MetLate, null)
            : Unmet(target, cycle, due, excused, pause, awaitsReturn);
        return new Deadline
        {
            Occurrence = name,
            Rule = rule,
            Subject = target.Subject,
            Owner = target.Owner,
            Anchor = cycle.Anchor,
            Cycle = cycle.Number,
            Counting = cycle.Counting ?? rule.Due,
            CutShortBy = cycle.CutShortBy,
            Since = cycle.Since,
            Opened = cycle.Opened,
            Stays = cycle.Stays,
            Counted = cycle.Counted,
            Due = due,
            Met = met,
            ExcusedUntil = excused,
            Paused = pause,
            AwaitsReturn = awaitsReturn,
            Closes = target.EndedBy(view.Today) is null ? cycle.Closes : null,
            LastDay = LastDay(target, cycle),
            IsOver = cycle.Closes <= target.Time.LastBy(view.Today),
            Because = because,
            Status = status,
        };
    }

    private DateOnly? LastDay(ClockTarget target, Cycle cycle) =>
        cycle.Act is { } act ? act.Fact.On
        : cycle.Closes <= target.Time.LastBy(view.Today) ? cycle.Closes.Value.AddDays(-1)
        : target.EndedBy(view.Today) is null ? null : target.Time.To;

    private (DeadlineStatus Status, string? Because) Unmet(ClockTarget target, Cycle cycle, DateOnly due, DateOnly? excused, CarePause? pause, bool awaitsReturn)
    {
        var today = view.Today;
        var ended = cycle.Act is { Ends: true } ? cycle.Act.Fact.What : target.EndedBy(today);
        if (cycle.Closes <= target.Time.LastBy(today))
        {
            return pause is not null && !(pause.Return < cycle.Closes) ? (DeadlineStatus.Excused, $"{pause.Why}; the next one takes its place")
                : (excused >= cycle.Closes ? DeadlineStatus.Excused : DeadlineStatus.Missed, null);
        }

        if (ended is not null)
        {
            return rule.VoidWhen is { } word && Vocabulary.Conditions[word](view, target) ? (DeadlineStatus.Void, rule.VoidWhen.Replace('-', ' ')) : (DeadlineStatus.Ended, ended);
        }

        if (awaitsReturn)
        {
            return (DeadlineStatus.Excused, rule.Recurs == Recurrence.MonthsInCare ? $"{pause!.Why}; the months don't count until the return" : $"{pause!.Why}; due on return");
        }

        return excused >= today ? (DeadlineStatus.Excused, null)
            : today > due ? (DeadlineStatus.Overdue, null)
            : today >= cycle.Counted ? (DeadlineStatus.Due, null)
            : rule.StepAt(0) is { } first && today >= Deadline.MorningOf(first.Days, cycle.Counted, due, view.Calendar) ? (DeadlineStatus.DueSoon, null)
            : (DeadlineStatus.Upcoming, null);
    }
}
