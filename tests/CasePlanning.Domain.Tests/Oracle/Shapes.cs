namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>A day and the fact it came from.</summary>
public readonly record struct Dated(string Key, DateOnly On);

/// <summary>The ways in which one duty follows another.</summary>
/// <param name="days">The agency's days.</param>
/// <param name="today">The day on which they are looked at.</param>
/// <param name="horizon">The last day looked at.</param>
public sealed class Shapes(Days days, DateOnly today, DateOnly horizon)
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
    /// return that a date in an absence waits for, or, where work counts only from some days before a date, on that day. On a day that brings
    /// another length, the one that isn't done yet gets the first date that can still be kept; one whose date has passed stays until that opens.
    /// </summary>
    public IEnumerable<Duty> Grid(Law law, Span span, Dated anchor, IReadOnlyList<DateOnly> acts, int? early = null, bool fromLast = false)
    {
        acts = [.. acts.Where(act => !(act > span.To))];
        var changes = new Queue<DateOnly>(NewLengths(law, Earlier(anchor.On, today), Earlier(span.To, today)));
        var now = WithLengthOn(law, Earlier(anchor.On, today));
        var (tile, dateBefore, wasMet) = (All(now).First(), DateOnly.MinValue, true);
        var opens = early is null ? anchor.On : tile.Date.AddDays(-early.Value);
        for (var number = 1; number == 1 || wasMet || opens <= Earlier(span.To, horizon); number++)
        {
            var met = Met();
            while (changes.TryPeek(out var day) && !(met < day) && (day < tile.Closes || (day == tile.Closes && early is not null)))
            {
                now = WithLengthOn(law, changes.Dequeue());
                if (early is { } ahead && opens < day && days.Rolled(law, tile.Date) < day)
                {
                    tile.Closes = Later(day, All(now).First(each => each.Date > tile.Date && days.Rolled(law, each.Date) >= day).Date.AddDays(-ahead));
                }
                else
                {
                    tile = All(now).First(each => each.Date > dateBefore && each.Closes > day && (early is null || days.Rolled(law, each.Date) >= day));
                    opens = early is null || opens < day ? opens : Later(day, tile.Date.AddDays(-early.Value));
                }

                met = Met();
            }

            var counted = fromLast ? FromLast(tile.Date, opens, wasMet) : tile.Date;
            var absence = span.Absences.FirstOrDefault(each => early is null && each.StopsClocks && each.Covers(counted));
            yield return Named(law, span, anchor, number, counted, absence?.Return ?? counted) with
            {
                Appears = number == 1 || wasMet ? DateOnly.MinValue : opens,
                MetOn = met,
                Closes = tile.Closes > span.To ? null : tile.Closes,
                AwayFrom = absence is { Return: null } ? counted : null,
                AwayWhenClosed = absence is not null && !(absence.Return < tile.Closes),
            };
            (opens, wasMet, dateBefore) = (tile.Closes, met is not null, tile.Date);
            tile = All(now).First(each => each.Date > dateBefore && (each.Closes > opens || each.Date > opens));
        }

        DateOnly? Met() => acts.Where(act => act >= opens && act < tile.Closes).Cast<DateOnly?>().Min();

        IEnumerable<(DateOnly Date, DateOnly Closes)> All(Law counting)
        {
            for (var times = 1; ; times++)
            {
                var (date, next) = (counting.First.After(anchor.On, days, times), counting.First.After(anchor.On, days, times + 1));
                var absence = span.Absences.FirstOrDefault(each => each.StopsClocks && each.Covers(date));
                yield return (date, early is not null ? next.AddDays(-early.Value)
                    : absence is null ? days.Rolled(law, date).AddDays(1)
                    : absence.Return < next ? absence.Return.Value.AddDays(1) : next);
            }
        }

        // From the last act since the child came into this care, never later than the fixed date; at once when the one before was missed.
        DateOnly FromLast(DateOnly latest, DateOnly opened, bool kept)
        {
            var last = acts.Where(act => act >= span.From && act < opened).Cast<DateOnly?>().Max();
            var date = Earlier(now.First.After(last ?? anchor.On, days), latest);
            return date < opened && !kept ? opened : date;
        }
    }

    private IEnumerable<DateOnly> NewLengths(Law law, DateOnly after, DateOnly until) =>
        from edition in days.Office.Editions
        where edition.From > after && edition.From <= until
            && WithLengthOn(law, edition.From).First != WithLengthOn(law, edition.From.AddDays(-1)).First
        select edition.From;

    private Law WithLengthOn(Law law, DateOnly date) => law with { First = (days.Office.EditionOn(date).Find(law.Id) ?? law).First };

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

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateOnly Earlier(DateOnly? one, DateOnly other) => one < other ? one.Value : other;
}
