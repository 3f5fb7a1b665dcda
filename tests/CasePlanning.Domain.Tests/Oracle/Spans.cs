namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>A time in which one clock can run for somebody: of a child under a plan, of a child on the case, of the case, of a plan.</summary>
/// <param name="Key">The fact that began it.</param>
/// <param name="To">The last day on which an act counts.</param>
/// <param name="OverFrom">The first day on which it is over.</param>
public sealed record Span(string Subject, string Key, DateOnly From, DateOnly? To, DateOnly? OverFrom)
{
    /// <summary>The child, or empty for the case and for a plan.</summary>
    public string Child { get; init; } = "";

    public Under Under { get; init; }

    public Period? Period { get; init; }

    public Ending? End { get; init; }

    public Dated Begin => new(Key, From);

    public IReadOnlyList<Absence> Absences { get; init; } = [];

    public bool Contains(DateOnly day) => From <= day && !(To < day);

    /// <summary>
    /// The times these memberships leave no gap in. One that begins on the day another ends goes on from it, unless that is a reopening on the
    /// day of the closing; those that one reopening began are together even where that day closes them.
    /// </summary>
    public static IEnumerable<Span> Unbroken(IEnumerable<Membership> memberships, string subject, string child)
    {
        var together = new List<Membership>();
        foreach (var next in memberships.OrderBy(each => each.From).ThenBy(each => each.Anchor, StringComparer.Ordinal))
        {
            if (together.Count > 0 && !together.Exists(each => each.OverFrom is null || next.From < each.OverFrom || next.Anchor == each.Anchor
                || (next.From == each.OverFrom && (each.End != Ending.Closed || !next.Anchor.StartsWith("reopening", StringComparison.Ordinal)))))
            {
                yield return One();
                together.Clear();
            }

            together.Add(next);
        }

        if (together.Count > 0)
        {
            yield return One();
        }

        Span One()
        {
            var lasts = together.Exists(each => each.To is null);
            return new(subject, together[0].Anchor, together[0].From, lasts ? null : together.Max(each => each.To),
                lasts ? null : together.Max(each => each.OverFrom)) { Child = child };
        }
    }
}

/// <summary>All the times of a case in which clocks can run.</summary>
public sealed class Spans(Knowledge known, Picture picture)
{
    private Span[]? _members;

    /// <summary>Of each child under a plan, earliest first.</summary>
    public IReadOnlyList<Span> OfMembers() => _members ??=
    [
        .. from plan in known.Plans
           from period in picture.Periods[plan.Under]
           from member in period.Members
           select new Span($"child:{member.Child}", member.Anchor, member.From, member.To, member.OverFrom)
           {
               Child = member.Child, Under = plan.Under, Period = period, End = member.End,
               Absences = plan.Under == Under.Home ? [] : [.. new Whereabouts(known, member.Child).Absences(member.From, member.To)],
           },
    ];

    public IEnumerable<Span> OfPeriods(Plan plan) => picture.Periods[plan.Under].Select(period =>
        new Span($"plan:{plan.Id}", "", period.From, period.To, period.OverFrom) { Period = period, Under = plan.Under });

    /// <summary>Of each child on the case, whatever the plan; the first begins with the opening or the joining.</summary>
    public IEnumerable<Span> OfChildren()
    {
        if (known.Holding(Kind.Opening).FirstOrDefault() is not { } opening)
        {
            return [];
        }

        return known.Holding(Kind.Participant).SelectMany(child =>
            BegunBy(child.On > opening.On ? child : opening,
                Span.Unbroken(picture.Memberships.Where(member => member.Child == child.Id), $"child:{child.Id}", child.Id)));
    }

    /// <summary>Of the case: the first begins with the opening; a case without children is open.</summary>
    public IEnumerable<Span> OfCase()
    {
        if (known.Holding(Kind.Opening).FirstOrDefault() is not { } opening)
        {
            return [];
        }

        var subject = $"case:{Product.Case}";
        return BegunBy(opening, Span.Unbroken(picture.Memberships, subject, "").DefaultIfEmpty(new(subject, opening.Key, opening.On, null, null)));
    }

    /// <summary>The stays in foster care between absences that count as discharge; each begins with the return to it.</summary>
    public static IEnumerable<Span> Stays(Span span)
    {
        var rest = span;
        foreach (var absence in span.Absences.Where(absence => absence.StopsClocks))
        {
            if (absence.From > rest.From)
            {
                yield return rest with { To = absence.From, OverFrom = absence.From, Absences = [] };
            }

            if (absence.Return is not { } returned)
            {
                yield break;
            }

            rest = rest with { Key = absence.ReturnKey, From = returned };
        }

        yield return rest with { Absences = [] };
    }

    /// <summary>What was over before that day is none of them.</summary>
    private static IEnumerable<Span> BegunBy(Known fact, IEnumerable<Span> spans) =>
        spans.Where(span => !(span.To < fact.On)).Select((span, index) => index == 0 ? span with { Key = fact.Key, From = fact.On } : span);
}
