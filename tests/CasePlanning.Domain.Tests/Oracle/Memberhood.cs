namespace CasePlanning.Domain.Tests.Oracle;

public enum Ending { Moved, Left, Closed }

/// <summary>A child's time under a plan, with the key of the fact that began it.</summary>
public sealed record Membership(string Child, Under Under, string Anchor, DateOnly From, DateOnly? To, Ending? End)
{
    public bool Contains(DateOnly date) => From <= date && (To is null || date <= To);

    /// <summary>The first day on which it is over: a move or closing ends it on its own day, a leaving child after the last day.</summary>
    public DateOnly? OverFrom => End == Ending.Left ? To!.Value.AddDays(1) : To;

    public bool Runs(DateOnly today) => From <= today && (OverFrom is null || today < OverFrom);
}

public sealed class Period(Membership first)
{
    public List<Membership> Members { get; } = [first];

    public DateOnly From => Members.Min(member => member.From);

    public DateOnly? To => Members.Any(member => member.To is null) ? null : Members.Max(member => member.To);

    public DateOnly? OverFrom => Members.Any(member => member.OverFrom is null) ? null : Members.Max(member => member.OverFrom);

    public bool Contains(DateOnly date) => From <= date && (To is null || date <= To);

    public bool Runs(DateOnly today) => Members.Exists(member => member.Runs(today));
}

/// <summary>Walks a case's days to see which child was under which plan.</summary>
public static class Memberhood
{
    public static List<Membership> Of(Knowledge known)
    {
        if (known.Holding(Kind.Opening).FirstOrDefault() is not { } opening)
        {
            return [];
        }

        var last = known.Facts.Max(fact => fact.Until > fact.On ? fact.Until.Value : fact.On).AddDays(2);
        return [.. known.Holding(Kind.Participant).SelectMany(child => Stays(known, opening, child, last))
            .SelectMany(stay => Cut(known, stay, last))];
    }

    /// <summary>The periods of one plan, earliest first.</summary>
    public static List<Period> Periods(IEnumerable<Membership> all, Under under)
    {
        var periods = new List<Period>();
        foreach (var member in all.Where(member => member.Under == under).OrderBy(member => member.From)
            .ThenBy(member => member.To ?? DateOnly.MaxValue))
        {
            if (periods.LastOrDefault() is { } period && Joins(period, member))
            {
                period.Members.Add(member);
            }
            else
            {
                periods.Add(new Period(member));
            }
        }

        return periods;
    }

    /// <summary>They overlap or touch, so that on no day between them the plan was for nobody, and no closing lies between them.</summary>
    private static bool Joins(Period period, Membership member)
    {
        var closed = period.Members.Where(other => other.End == Ending.Closed).Select(other => other.To).Max();
        var endsWithIt = closed is not null && member.To == closed && member.End == Ending.Closed
            && !member.Anchor.StartsWith("reopening", StringComparison.Ordinal);
        return (period.OverFrom is null || member.From <= period.OverFrom) && (closed is null || member.From < closed || endsWithIt);
    }

    private static List<Membership> Stays(Knowledge known, Known opening, Known child, DateOnly last)
    {
        var stays = new List<Membership>();
        var begun = child.On > opening.On ? child : opening;
        var joined = begun.On;
        if (child.Until < joined)
        {
            return stays;
        }

        var moves = known.Holding(Kind.Placement).Where(move => move.Child == child.Id).ToLookup(move => move.On);
        var first = moves.Select(day => day.Key).Append(joined).Min();
        Known? away = null;
        for (var day = first; day <= (child.Until ?? last); day = day.AddDays(1))
        {
            var wasAway = away;
            if (moves[day].LastOrDefault() is { } move)
            {
                away = !move.Away ? null : away ?? move;
            }

            var moved = (wasAway is null) != (away is null);
            if (day == joined)
            {
                stays.Add(away is null ? new(child.Id, Under.Home, begun.Key, joined, null, null)
                    : new(child.Id, Under.Placed, away.Key, away.On, null, null));
            }
            else if (day > joined && moved)
            {
                stays[^1] = stays[^1] with { To = day, End = Ending.Moved };
                stays.Add(new(child.Id, away is null ? Under.Home : Under.Placed, moves[day].Last().Key, day, null, null));
            }
        }

        if (child.Until is not null)
        {
            stays[^1] = stays[^1] with { To = child.Until, End = Ending.Left };
        }

        return stays;
    }

    private static List<Membership> Cut(Knowledge known, Membership stay, DateOnly last)
    {
        var acts = known.Holding(Kind.Closing).Concat(known.Holding(Kind.Reopening)).Where(act => act.Plan == stay.Under)
            .ToLookup(act => act.On);
        var pieces = new List<Membership> { stay };
        var running = true;
        for (var day = stay.From; day <= (stay.To ?? last); day = day.AddDays(1))
        {
            var ofDay = acts[day].ToList();
            while (ofDay.Find(act => act.Kind == (running ? Kind.Closing : Kind.Reopening)) is { } act)
            {
                ofDay.Remove(act);
                if (running)
                {
                    pieces[^1] = pieces[^1] with { To = day, End = Ending.Closed };
                }
                else if (stay.End == Ending.Moved && stay.To == day)
                {
                    break;
                }
                else
                {
                    pieces.Add(stay with { Anchor = act.Key, From = day });
                }

                running = !running;
            }
        }

        return pieces;
    }
}
