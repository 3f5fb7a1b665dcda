using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>
/// What will follow the duties a case has: the next months' visits, the next cycle of a grid, the next review once the open one is done. It supposes
/// that each duty is done on its due date, and what is overdue today, under the rules now in force. Only clocks that run already are looked at: a
/// first plan still to come begins no reviews here.
/// </summary>
public sealed class Forecast
{
    private readonly Agenda _agenda;
    private readonly Calendar _calendar;
    private readonly DateOnly _today;
    private readonly DateOnly _until;
    private readonly List<Deadline> _found = [];
    private readonly Dictionary<string, Cycle> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<DateOnly>> _deeds = new(StringComparer.Ordinal);

    /// <summary>What happens next: by date; on one day a cycle opens before anything is done.</summary>
    private readonly PriorityQueue<(Cycle Cycle, bool Closes), (DateOnly On, bool IsDeed, int Order)> _ahead = new();

    private Forecast(Agenda agenda, Calendar calendar, DateOnly until) =>
        (_agenda, _calendar, _today, _until) = (agenda, calendar, calendar.DateAt(agenda.Now), until);

    /// <summary>A deadline with the first day on which an act counts for it.</summary>
    private sealed record Cycle(Deadline Deadline, DateOnly Opens)
    {
        public Rule Rule => Deadline.Rule;

        /// <summary>What one act does: a version is one of its plan, whatever the rule calls it; anything else is done for a child, plan or case.</summary>
        public string Deed { get; } = DeedOf(Deadline);

        public bool Takes(DateOnly on) => on >= Opens && (Deadline.Closes is null || on < Deadline.Closes);

        public static string DeedOf(Deadline deadline) =>
            deadline.Rule.MetBy is "version-takes-effect" or "signed-version-takes-effect" or "next-version" ? $"version~{deadline.Owner}" : $"{deadline.Rule.MetBy}~{deadline.Subject}";
    }

    /// <summary>The deadlines still to come, beyond those the agenda has, by due date; each is upcoming.</summary>
    /// <param name="agenda">The agenda of a case.</param>
    /// <param name="calendar">Its agency's calendar.</param>
    /// <param name="until">Latest due date, in the agency's zone.</param>
    public static IReadOnlyList<Deadline> Of(Agenda agenda, Calendar calendar, DateOnly until) => new Forecast(agenda, calendar, until).Run();

    private Deadline[] Run()
    {
        foreach (var deadline in _agenda.Deadlines)
        {
            if (deadline.Met is { } met)
            {
                DeedsOf(Cycle.DeedOf(deadline)).Add(met.On);
            }

            // The month after a month that is done isn't there yet; any other cycle is from the day the one before it is done.
            if (IsCalendar(deadline.Rule) ? deadline.Closes > _today : deadline is { IsOpen: true, IsOver: false })
            {
                Expect(new Cycle(deadline, OpeningOf(deadline)));
            }
        }

        while (_ahead.TryDequeue(out var next, out var at))
        {
            if (next.Closes)
            {
                if (_open.Remove(next.Cycle.Deadline.Occurrence) || IsCalendar(next.Cycle.Rule))
                {
                    Follow(NextOnGrid(next.Cycle, at.On, isMissed: true));
                }
            }
            else if (_open.ContainsKey(next.Cycle.Deadline.Occurrence))
            {
                Do(next.Cycle.Deed, at.On);
            }
        }

        return [.. _found.OrderBy(deadline => deadline.Due).ThenBy(deadline => deadline.Occurrence, StringComparer.Ordinal)];
    }

    private void Expect(Cycle cycle)
    {
        var deadline = cycle.Deadline;
        var last = EndOf(deadline) is { } end && end < _until ? end : _until;
        if (deadline.Closes is { } closes && closes <= last)
        {
            _ahead.Enqueue((cycle, true), (closes, false, _ahead.Count));
        }

        if (deadline.IsOpen && !DeedsOf(cycle.Deed).Exists(on => on >= _today && cycle.Takes(on)))
        {
            _open[deadline.Occurrence] = cycle;
            var on = deadline.Due < _today ? _today : deadline.Due;
            if (on <= last)
            {
                _ahead.Enqueue((cycle, false), (on, true, _ahead.Count));
            }
        }
    }

    private void Do(string deed, DateOnly on)
    {
        DeedsOf(deed).Add(on);
        foreach (var met in _open.Values.Where(cycle => string.Equals(cycle.Deed, deed, StringComparison.Ordinal) && cycle.Takes(on)).ToArray())
        {
            _open.Remove(met.Deadline.Occurrence);
            if (EndOf(met.Deadline) < on)
            {
                continue;
            }

            if (met.Rule.Recurs == Recurrence.Rolling)
            {
                Follow(NextRolling(met.Deadline, on));
            }
            else if (met.Deadline.Closes is not null && !IsCalendar(met.Rule))
            {
                Follow(NextOnGrid(met, met.Deadline.Closes.Value, isMissed: false));
            }
        }
    }

    private void Follow(Cycle next)
    {
        if (next.Deadline.Due <= _until)
        {
            _found.Add(next.Deadline);
            Expect(next);
        }
    }

    private Cycle NextRolling(Deadline done, DateOnly on)
    {
        var anchor = new DatedFact(on, FormattableString.Invariant($"forecast-{on:yyyyMMdd}"), "done when due", on);
        var length = done.Rule.Then ?? done.Rule.Due;
        return new Cycle(Ahead(done with { Anchor = anchor, Cycle = 1, Counting = length }, length.After(on, _calendar)), on.AddDays(1));
    }

    /// <summary>The cycle after another on a grid; after a missed one from its last act it is due at once.</summary>
    private Cycle NextOnGrid(Cycle closing, DateOnly opens, bool isMissed)
    {
        var (rule, times) = (closing.Rule, closing.Deadline.Times + 1);
        var next = closing.Deadline with { Cycle = closing.Deadline.Cycle + 1, Times = times };
        if (IsCalendar(rule))
        {
            var closes = opens.AddMonths(rule.Recurs == Recurrence.Monthly ? 1 : 3);
            return new Cycle(Ahead(next with { Closes = closes }, closes.AddDays(-1)), opens);
        }

        var date = OnGrid(next, times);
        var counted = rule.Recurs == Recurrence.GridFromLastAct && DeedsOf(closing.Deed).Where(on => on < opens).Select(on => (DateOnly?)on).Max() is { } last
            ? Dates.Earlier(rule.Due.After(last, _calendar), date)
            : date;
        counted = rule.Recurs == Recurrence.GridFromLastAct && isMissed ? Dates.Later(counted, opens) : counted;
        return new Cycle(
            Ahead(next with { Closes = rule.CountsFromDaysBefore is { } early ? OnGrid(next, times + 1).AddDays(-early) : rule.Rolled(date).AddDays(1) }, counted),
            rule.CountsFromDaysBefore is { } before ? date.AddDays(-before) : opens);
    }

    private static Deadline Ahead(Deadline next, DateOnly counted) => next with
    {
        Occurrence = Deadline.NameOf(next.Rule.Id, next.Subject, next.Anchor.Name, next.Cycle),
        Counted = counted,
        Due = next.Rule.Rolled(counted),
        Status = DeadlineStatus.Upcoming,
        CutShortBy = null,
        Met = null,
        ExcusedUntil = null,
        Paused = null,
        Because = null,
    };

    private DateOnly OnGrid(Deadline deadline, int times) => deadline.Rule.OnGrid(deadline.Anchor.On, times, _calendar);

    /// <summary>What was done before today has met what it could, so that only the opening of a cycle still to come matters.</summary>
    private DateOnly OpeningOf(Deadline deadline) => deadline.Rule.CountsFromDaysBefore is { } early ? OnGrid(deadline, deadline.Times).AddDays(-early)
        : deadline.Cycle == 1 ? deadline.Anchor.On : _today;

    /// <summary>The last day of the time a clock runs in, where it is known already.</summary>
    private DateOnly? EndOf(Deadline deadline)
    {
        var running = _agenda.Plans
            .Where(plan => deadline.Rule.Scope is not (RuleScope.Child or RuleScope.Plan) || string.Equals(deadline.Owner, $"plan:{plan.Plan.Id}", StringComparison.Ordinal))
            .SelectMany(plan => plan.Periods).SelectMany(period => period.Members)
            .Where(member => !member.HasEndedBy(_today)
                && (deadline.Rule.Scope is not (RuleScope.Child or RuleScope.ChildOnCase) || string.Equals(deadline.Subject, $"child:{member.Child.Source}", StringComparison.Ordinal)))
            .ToArray();
        return Array.Exists(running, member => member.To is null) ? null : running.Max(member => member.To);
    }

    private List<DateOnly> DeedsOf(string deed) => _deeds.TryGetValue(deed, out var days) ? days : _deeds[deed] = [];

    private static bool IsCalendar(Rule rule) => rule.Recurs is Recurrence.Monthly or Recurrence.Quarterly;
}
