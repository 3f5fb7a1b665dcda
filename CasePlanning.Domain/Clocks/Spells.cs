using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>A time without a gap in which something is so. <see cref="To"/> is its last day, null while it lasts.</summary>
public sealed record Spell(DatedFact Begin, DateOnly? To, string? Ended)
{
    public DateOnly From => Begin.On;

    public bool Touches(DateOnly from, DateOnly to) => From <= to && (To is null || To >= from);
}

/// <summary>A time a placed child spends outside foster care: from its first day up to the day of the return, which is null while it lasts.</summary>
/// <param name="StopsClocks">True for a stay that pauses reviews and hearings (detention, hospital; CWPM 8.3C.2); a trial home visit or a run only isn't counted as months in care.</param>
public sealed record CarePause(DateOnly From, DateOnly? Return, string Why, bool StopsClocks);

/// <summary>A placed child's time in foster care: when it began to count, and its pauses.</summary>
/// <param name="Entered">When the child is held to have entered foster care.</param>
public sealed record FosterCare(DatedFact Entered, IReadOnlyList<CarePause> Pauses);

/// <summary>Derives the times clocks run in from memberships and placements.</summary>
internal static class Spells
{
    /// <summary>Days after removal at which a child has entered foster care at the latest (45 CFR 1355.20).</summary>
    private const int EnteredAtTheLatest = 60;

    /// <summary>The unbroken times a set of memberships covers, whatever the setting.</summary>
    public static IEnumerable<Spell> Covering(IEnumerable<Membership> memberships)
    {
        Spell? current = null;
        foreach (var member in memberships.OrderBy(each => each.From).ThenBy(each => each.Begin.Fact, StringComparer.Ordinal))
        {
            if (current is not null && (current.To is null || member.From <= current.To.Value.AddDays(current.Ended == LeftTheCase ? 1 : 0)) && !(current.Ended == Closed && member.From == current.To))
            {
                current = current.To is not null && (member.To is null || member.To > current.To) ? current with { To = member.To, Ended = Why(member.End) } : current;
                continue;
            }

            if (current is not null)
            {
                yield return current;
            }

            current = new Spell(member.Begin, member.To, Why(member.End));
        }

        if (current is not null)
        {
            yield return current;
        }
    }

    /// <summary>When a placed child entered foster care: the first judicial finding of abuse or neglect, or 60 days after the removal if that is earlier.</summary>
    public static FosterCare CareOf(CaseFile file, Membership placed, DateOnly today)
    {
        var latest = placed.From.AddDays(EnteredAtTheLatest);
        var finding = file.Of<Determination>()
            .Where(each => each.What == DeterminationKind.JudicialFinding && IsAbout(each.Child, placed.Child) && each.On >= placed.From && each.On <= latest && each.On <= today)
            .MinBy(each => each.On);
        var entered = finding is null
            ? placed.Begin with { On = latest, What = "60 days after removal" }
            : placed.Begin with { On = finding.On, What = "judicial finding of abuse or neglect" };
        return new FosterCare(entered, [.. PausesOf(file, placed)]);
    }

    public static bool IsAbout(string? child, Participant participant) => child is null || string.Equals(child, participant.Source, StringComparison.Ordinal);

    private static IEnumerable<CarePause> PausesOf(CaseFile file, Membership placed)
    {
        var moves = file.Of<Placement>().Where(move => string.Equals(move.Child, placed.Child.Source, StringComparison.Ordinal) && placed.Contains(move.On))
            .GroupBy(move => move.On).Select(sameDay => sameDay.Last()).ToArray();
        for (var index = 0; index < moves.Length; index++)
        {
            if (Away(moves[index].Setting) is not { } away)
            {
                continue;
            }

            var last = index;
            while (last + 1 < moves.Length && Away(moves[last + 1].Setting) == away)
            {
                last++;
            }

            yield return new CarePause(moves[index].On, last + 1 < moves.Length ? moves[last + 1].On : null, away.Why, away.StopsClocks);
            index = last;
        }
    }

    private static (string Why, bool StopsClocks)? Away(PlacementSetting setting) => setting switch
    {
        PlacementSetting.Detention => ("the child is in detention", true),
        PlacementSetting.Hospital => ("the child is in hospital", true),
        PlacementSetting.TrialHome => ("the child is on a trial home visit", false),
        PlacementSetting.Missing => ("the child is missing", false),
        _ => null,
    };

    private const string Closed = "the plan was closed";
    private const string LeftTheCase = "the child left the case";

    private static string? Why(MembershipEnd? end) => end switch
    {
        null => null,
        MembershipEnd.PlanClosed => Closed,
        MembershipEnd.LeftTheCase => LeftTheCase,
        _ => "the child moved",
    };
}
