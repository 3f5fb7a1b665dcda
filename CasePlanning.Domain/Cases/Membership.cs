using System.Collections.Immutable;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Cases;

public enum MembershipEnd { Moved, LeftTheCase, PlanClosed }

/// <summary>One focus child's time under one plan. <see cref="To"/> is its last day, null while it lasts.</summary>
public sealed record Membership(Participant Child, Setting Setting, DatedFact Begin, DateOnly? To, MembershipEnd? End)
{
    public DateOnly From => Begin.On;

    public bool Contains(DateOnly date) => From <= date && (To is null || date <= To);

    public bool HasEndedBy(DateOnly today) => Ending.HasCome(To, End, today);
}

/// <summary>An unbroken time in which a plan has at least one focus child. Closing, or the last child's leaving, ends it.</summary>
public sealed record PlanPeriod(DatedFact Begin, DateOnly? To, MembershipEnd? End, ImmutableArray<Membership> Members)
{
    public DateOnly From => Begin.On;

    public bool Contains(DateOnly date) => From <= date && (To is null || date <= To);

    public bool HasEndedBy(DateOnly today) => Ending.HasCome(To, End, today);
}

internal static class Ending
{
    /// <summary>Orders ends: on one day, a child who leaves stays longer than one who moves.</summary>
    public static bool IsLater(DateOnly? to, MembershipEnd? end, DateOnly? than, MembershipEnd? thanEnd) =>
        than is not null && (to is null || to > than || (to == than && end == MembershipEnd.LeftTheCase && thanEnd != MembershipEnd.LeftTheCase));

    /// <summary>True when nothing lies between an end and a beginning.</summary>
    public static bool Touches(DateOnly? to, MembershipEnd? end, DateOnly from) => end switch
    {
        MembershipEnd.PlanClosed => from < to,
        MembershipEnd.LeftTheCase => from <= to!.Value.AddDays(1),
        _ => to is null || from <= to,
    };

    /// <summary>A move or a closing ends the plan on its own day; a child who leaves is planned for through the last day.</summary>
    public static bool HasCome(DateOnly? to, MembershipEnd? end, DateOnly today) => end == MembershipEnd.LeftTheCase ? to < today : to <= today;
}

/// <summary>Derives from the facts which child is under which plan, and when.</summary>
public static class Memberships
{
    /// <summary>Every membership of a case, by setting, child and date.</summary>
    public static IReadOnlyList<Membership> Of(CaseFile file)
    {
        if (file.Opening is not { } opening)
        {
            return [];
        }

        var memberships = new List<Membership>(2);
        foreach (var child in file.Of<Participant>())
        {
            if (child.Role == ParticipantRole.FocusChild)
            {
                AddSpells(file, opening, child, memberships);
            }
        }

        return file.Of<PlanClosing>().FirstOrDefault() is null ? memberships : CutByClosings(file, memberships);
    }

    /// <summary>The periods of the plan in a setting, the earliest first.</summary>
    public static ImmutableArray<PlanPeriod> Periods(IReadOnlyList<Membership> memberships, Setting setting)
    {
        if (memberships is [var only])
        {
            return only.Setting == setting ? [new PlanPeriod(only.Begin, only.To, only.End, [only])] : [];
        }

        var periods = new List<PlanPeriod>();
        foreach (var member in memberships.OrderBy(each => each.From).ThenBy(each => each.Begin.Fact, StringComparer.Ordinal))
        {
            if (member.Setting != setting)
            {
                continue;
            }

            if (periods.Count > 0 && periods[^1] is var last && (Ending.Touches(last.To, last.End, member.From) || EndsWith(last, member)))
            {
                var longer = Ending.IsLater(member.To, member.End, last.To, last.End);
                periods[^1] = last with
                {
                    To = longer ? member.To : last.To,
                    End = longer ? member.End : last.End,
                    Members = [.. last.Members, member],
                };
            }
            else
            {
                periods.Add(new PlanPeriod(member.Begin, member.To, member.End, [member]));
            }
        }

        return [.. periods];
    }

    /// <summary>A child who comes on the day of the closing belongs to what was closed, unless a reopening brought the child.</summary>
    private static bool EndsWith(PlanPeriod period, Membership member) =>
        period.End == MembershipEnd.PlanClosed && member is { End: MembershipEnd.PlanClosed } && member.From == period.To && member.To == period.To
        && !member.Begin.Fact.StartsWith("reopening-", StringComparison.Ordinal);

    private static void AddSpells(CaseFile file, Opening opening, Participant child, List<Membership> memberships)
    {
        var moves = MovesOf(file, child);
        var joinedOn = child.On > opening.On ? child.On : opening.On;
        var setting = Setting.AtHome;
        var begin = moves is [var first, ..] && first.On <= joinedOn && IsAway(first) ? null : Joined(opening, child);
        foreach (var move in moves)
        {
            var next = IsAway(move) ? Setting.OutOfHome : Setting.AtHome;
            if (begin is not null && next == setting)
            {
                continue;
            }

            if (begin is not null && begin.On < move.On && joinedOn < move.On)
            {
                memberships.Add(new Membership(child, setting, begin, move.On, MembershipEnd.Moved));
            }

            setting = next;
            begin = DatedFact.Of(move, next == Setting.OutOfHome ? "child placed" : "child returned home");
            if (next == Setting.AtHome && joinedOn >= begin.On)
            {
                begin = Joined(opening, child);
            }
        }

        if (child.Until is null || (child.Until >= begin!.On && child.Until >= joinedOn))
        {
            memberships.Add(new Membership(child, setting, begin!, child.Until, child.Until is null ? null : MembershipEnd.LeftTheCase));
        }
    }

    private static DatedFact Joined(Opening opening, Participant child) => child.On > opening.On ? DatedFact.Of(child, "joined the case") : DatedFact.Of(opening, "case opened");

    /// <summary>A child's placements while on the case, by date; of several on one day, the last.</summary>
    private static List<Placement> MovesOf(CaseFile file, Participant child)
    {
        var moves = new List<Placement>(2);
        foreach (var move in file.Of<Placement>())
        {
            if (!string.Equals(move.Child, child.Source, StringComparison.Ordinal) || move.On > (child.Until ?? move.On))
            {
                continue;
            }

            if (moves.Count > 0 && moves[^1].On == move.On)
            {
                moves[^1] = move;
            }
            else
            {
                moves.Add(move);
            }
        }

        return moves;
    }

    private static Membership[] CutByClosings(CaseFile file, List<Membership> spells) => [.. spells.SelectMany(spell => CutByClosings(file, spell))];

    private static IEnumerable<Membership> CutByClosings(CaseFile file, Membership spell)
    {
        var plan = CasePlan.IdFor(file.Id, spell.Setting);
        Membership? rest = spell;
        foreach (var day in file.Facts.Where(fact => fact.Withdrawn is null && PlanOf(fact) == plan).GroupBy(fact => fact.On).OrderBy(day => day.Key))
        {
            // The acts of one day alternate, whatever the order they were recorded in: what runs closes, what is closed reopens.
            var closings = day.Count(fact => fact is PlanClosing);
            foreach (var reopening in day.Where(fact => fact is PlanReopening).Prepend(null))
            {
                if (reopening is not null && rest is null && !spell.HasEndedBy(day.Key) && spell.From <= day.Key)
                {
                    rest = spell with { Begin = DatedFact.Of(reopening, "plan reopened") };
                }

                if (rest is not null && rest.Contains(day.Key) && closings-- > 0)
                {
                    yield return rest with { To = day.Key, End = MembershipEnd.PlanClosed };
                    rest = null;
                }
            }
        }

        if (rest is not null)
        {
            yield return rest;
        }
    }

    private static string? PlanOf(Fact fact) => fact switch
    {
        PlanClosing closing => closing.Plan,
        PlanReopening reopening => reopening.Plan,
        _ => null,
    };

    private static bool IsAway(Placement move) => move.Setting != PlacementSetting.Home;
}
