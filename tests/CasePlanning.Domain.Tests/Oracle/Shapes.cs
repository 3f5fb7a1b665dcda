namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>A day and the fact it came from.</summary>
public readonly record struct Dated(string Key, DateOnly On);

/// <summary>The ways in which one duty follows another.</summary>
/// <param name="days">The agency's days.</param>
/// <param name="horizon">The last day looked at.</param>
public sealed class Shapes(Days days, DateOnly horizon)
{
    /// <summary>Each anchor is one duty; each act meets the oldest one that is open on its day.</summary>
    public IEnumerable<Duty> Once(Law law, Span span, IEnumerable<Dated> anchors, IEnumerable<DateOnly> acts, DateOnly? noLaterThan = null)
    {
        var open = anchors.OrderBy(anchor => anchor.On).ToList();
        foreach (var act in acts.Where(act => !(act > span.To)).Order())
        {
            if (open.Exists(anchor => anchor.On <= act))
            {
                yield return Counted(open[0], act) with { MetOn = act };
                open.RemoveAt(0);
            }
        }

        foreach (var anchor in open)
        {
            yield return Counted(anchor, null);
        }

        Duty Counted(Dated anchor, DateOnly? metOn)
        {
            var counted = LawOn(law, metOn).First.After(anchor.On, days);
            return Named(law, span, anchor, 1, noLaterThan >= anchor.On && noLaterThan < counted ? noLaterThan.Value : counted);
        }
    }

    /// <summary>Each act meets what is open and begins the next.</summary>
    public IEnumerable<Duty> Chain(Law law, Span span, Dated anchor, IEnumerable<Dated> acts)
    {
        var first = true;
        foreach (var act in acts.Where(act => act.On >= anchor.On && !(act.On > span.To)))
        {
            yield return Named(law, span, anchor, 1, Long(act.On).After(anchor.On, days)) with { MetOn = act.On };
            (anchor, first) = (act, false);
        }

        yield return Named(law, span, anchor, 1, Long(null).After(anchor.On, days));

        Length Long(DateOnly? metOn) => LawOn(law, metOn) is var judging && first ? judging.First : judging.Then ?? judging.First;
    }

    /// <summary>
    /// Dates a fixed length apart, whenever the work was done. One takes the place of another the day after its date, on the day after the
    /// return that a date in an absence waits for, or, where work counts only from some days before a date, on that day.
    /// </summary>
    public IEnumerable<Duty> Grid(Law law, Span span, Dated anchor, IReadOnlyList<DateOnly> acts, int? early = null, bool fromLast = false)
    {
        var opens = early is { } before ? DateOf(1).AddDays(-before) : anchor.On;
        var wasMet = true;
        acts = [.. acts.Where(act => !(act > span.To))];
        for (var number = 1; number == 1 || wasMet || opens <= Earlier(span.To, horizon); number++)
        {
            var closes = early is { } ahead ? DateOf(number + 1).AddDays(-ahead) : NextOpens(number);
            var met = acts.Where(act => act >= opens && act < closes).Cast<DateOnly?>().Min();
            var counted = fromLast ? FromLast(number, opens, wasMet) : DateOf(number);
            var absence = span.Absences.FirstOrDefault(each => early is null && each.StopsClocks && each.Covers(counted));
            yield return Named(law, span, anchor, number, counted, absence?.Return ?? counted) with
            {
                Appears = number == 1 || wasMet ? DateOnly.MinValue : opens,
                MetOn = met,
                Closes = closes > span.To ? null : closes,
                AwayFrom = absence is { Return: null } ? counted : null,
                AwayWhenClosed = absence is not null && !(absence.Return < closes),
            };
            (opens, wasMet) = (closes, met is not null);
        }

        DateOnly DateOf(int number) => law.First.After(anchor.On, days, number);

        DateOnly NextOpens(int number)
        {
            var (date, next) = (DateOf(number), DateOf(number + 1));
            var absence = span.Absences.FirstOrDefault(each => each.StopsClocks && each.Covers(date));
            return absence is null ? days.Rolled(law, date).AddDays(1) : absence.Return < next ? absence.Return.Value.AddDays(1) : next;
        }

        // From the last act since the child came into this care, never later than the fixed date; at once when the one before was missed.
        DateOnly FromLast(int number, DateOnly opened, bool kept)
        {
            var last = acts.Where(act => act >= span.From && act < opened).Cast<DateOnly?>().Max();
            var date = Earlier(law.First.After(last ?? anchor.On, days), DateOf(number));
            return date < opened && !kept ? opened : date;
        }
    }

    /// <summary>
    /// Each calendar month, or quarter, with a day in it on which the time ran and the child was there; the first act in it meets it.
    /// </summary>
    public IEnumerable<Duty> Each(int months, Law law, Span span, IReadOnlyList<DateOnly> acts)
    {
        var first = new DateOnly(span.From.Year, 1, 1);
        while (first.AddMonths(months) <= span.From)
        {
            first = first.AddMonths(months);
        }

        for (var number = 1; first <= Earlier(span.To, horizon); number++)
        {
            var next = first.AddMonths(months);
            var met = acts.Where(act => act >= first && act < next && span.Contains(act)).Cast<DateOnly?>().Min();
            if (IsThere(first, next))
            {
                yield return Named(law, span, new(span.Key, span.From), number, next.AddDays(-1)) with
                {
                    Appears = first, MetOn = met, Closes = next > span.To ? null : next,
                };
            }

            first = next;
        }

        bool IsThere(DateOnly from, DateOnly before)
        {
            for (var day = from; day < before; day = day.AddDays(1))
            {
                if (span.Contains(day) && !span.Absences.Any(absence => absence.StopsClocks && absence.Covers(day)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public Duty Named(Law law, Span span, Dated anchor, int number, DateOnly counted, DateOnly? due = null) =>
        new($"{law.Id}~{span.Subject}~{anchor.Key}~{number}", law, counted, days.Rolled(law, due ?? counted))
        {
            OverFrom = span.OverFrom,
            Child = span.Child,
        };

    /// <summary>What was met is judged by the rule of that day.</summary>
    private Law LawOn(Law law, DateOnly? metOn) => metOn is { } date ? days.Office.EditionOn(date).Find(law.Id) ?? law : law;

    private static DateOnly Earlier(DateOnly? one, DateOnly other) => one < other ? one.Value : other;
}
