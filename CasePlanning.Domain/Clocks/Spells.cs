using System.Collections.Immutable;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>A time without a gap in which something is so. <see cref="To"/> is its last day, null while it lasts.</summary>
/// <param name="Ended">Why it ended, in words; null while it lasts.</param>
public readonly record struct Spell(DatedFact Begin, DateOnly? To, MembershipEnd? End, string? Ended)
{
    public DateOnly From => Begin.On;

    /// <summary>Its last day, or today if that is earlier.</summary>
    public DateOnly LastBy(DateOnly today) => To < today ? To.Value : today;

    public bool HasEndedBy(DateOnly today) => Ending.HasCome(To, End, today);

    public bool Touches(DateOnly from, DateOnly to) => From <= to && (To is null || To >= from);
}

/// <summary>A time a placed child spends outside foster care: from its first day up to the day of the return, which is null while it lasts.</summary>
/// <param name="ReturnFact">The placement the child returned to.</param>
/// <param name="StopsClocks">True for a stay that pauses reviews and hearings (detention, hospital; CWPM 8.3C.2); a trial home visit or a run only isn't counted as months in care.</param>
public sealed record CarePause(DateOnly From, DateOnly? Return, FactName? ReturnFact, string Why, bool StopsClocks)
{
    public bool Covers(DateOnly date) => date >= From && (Return is null || date < Return);
}

/// <summary>A placed child's time in foster care: when it began to count, and its pauses.</summary>
/// <param name="Entered">When the child is held to have entered foster care.</param>
public sealed record FosterCare(DatedFact Entered, ImmutableArray<CarePause> Pauses);

/// <summary>Derives the times clocks run in from memberships and placements.</summary>
internal static class Spells
{
    /// <summary>Days after removal at which a child has entered foster care at the latest (45 CFR 1355.20).</summary>
    private const int EnteredAtTheLatest = 60;

    public static Spell Of(Membership member) => new(member.Begin, member.To, member.End, Why(member.End));

    /// <summary>The unbroken times a set of memberships covers, whatever the setting.</summary>
    public static Spell[] Covering(IReadOnlyList<Membership> memberships)
    {
        var spells = new List<Spell>(1);
        foreach (var member in memberships.OrderBy(each => each.From).ThenBy(each => each.Begin.Fact, StringComparer.Ordinal))
        {
            if (spells is [.., var current] && LeadsTo(current, member))
            {
                spells[^1] = Ending.IsLater(member.To, member.End, current.To, current.End) ? current with { To = member.To, End = member.End, Ended = Why(member.End) } : current;
            }
            else
            {
                spells.Add(Of(member));
            }
        }

        return [.. spells];
    }

    /// <summary>No day lies between; on the day of a closing a move or a child who joins goes on from it, and a reopening begins anew.</summary>
    private static bool LeadsTo(Spell spell, Membership member) => Ending.Touches(spell.To, spell.End, member.From)
        || (spell.To == member.From && !member.Begin.Fact.StartsWith("reopening-", StringComparison.Ordinal));

    /// <summary>When a placed child entered foster care: the first judicial finding of abuse or neglect, or 60 days after the removal if that is earlier.</summary>
    public static FosterCare CareOf(CaseFile file, Membership placed, DateOnly today)
    {
        var latest = placed.From.AddDays(EnteredAtTheLatest);
        var finding = FindingOf(file, placed, latest < today ? latest : today);
        var entered = finding is null
            ? placed.Begin with { On = latest, What = "60 days after removal" }
            : placed.Begin with { On = finding.On, What = "judicial finding of abuse or neglect" };
        return new FosterCare(entered, IsEverAway(file, placed.Child) ? [.. PausesOf(file, placed)] : []);
    }

    private static Determination? FindingOf(CaseFile file, Membership placed, DateOnly latest)
    {
        foreach (var each in file.Of<Determination>())
        {
            if (each.What == DeterminationKind.JudicialFinding && IsAbout(each.Child, placed.Child) && each.On >= placed.From && each.On <= latest)
            {
                return each;
            }
        }

        return null;
    }

    private static bool IsEverAway(CaseFile file, Participant child)
    {
        foreach (var move in file.Of<Placement>())
        {
            if (string.Equals(move.Child, child.Source, StringComparison.Ordinal) && Away(move.Setting) is not null)
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsAbout(string? child, Participant participant) => child is null || string.Equals(child, participant.Source, StringComparison.Ordinal);

    /// <summary>Times away that follow one another and have the same effect are one: the return is the day on which it stops.</summary>
    private static IEnumerable<CarePause> PausesOf(CaseFile file, Membership placed)
    {
        CarePause? pause = null;
        foreach (var move in MovesOf(file, placed))
        {
            var away = Away(move.Setting);
            if (pause is not null && pause.StopsClocks != away?.StopsClocks)
            {
                yield return pause with { Return = move.On, ReturnFact = FactName.Of(move) };
                pause = null;
            }

            if (away is { } found)
            {
                pause = new CarePause(pause?.From ?? Dates.Later(move.On, placed.From), null, null, found.Why, found.StopsClocks);
            }
        }

        if (pause is not null)
        {
            yield return pause;
        }
    }

    /// <summary>Where the child lived when the time began, and each move since; going home ends the time and is no return to care.</summary>
    private static IEnumerable<Placement> MovesOf(CaseFile file, Membership placed)
    {
        var moves = LastOfEachDay(file, placed.Child).Where(move => move.On <= (placed.To ?? move.On)).ToArray();
        var first = Math.Max(0, Array.FindLastIndex(moves, move => move.On <= placed.From));
        return moves.Skip(first).Where(move => move.Setting != PlacementSetting.Home);
    }

    /// <summary>A child's placements by date; of several on one day, the one that counts.</summary>
    public static IEnumerable<Placement> LastOfEachDay(CaseFile file, Participant child) =>
        file.Of<Placement>().Where(move => string.Equals(move.Child, child.Source, StringComparison.Ordinal)).GroupBy(move => move.On).Select(sameDay => sameDay.Last());

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
