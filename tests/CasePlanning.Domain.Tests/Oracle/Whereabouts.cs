namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>A time in which a placed child isn't in foster care; it lasts until the day before the return.</summary>
/// <param name="ReturnKey">The placement the child came back to.</param>
/// <param name="StopsClocks">Detention and hospital; a trial home visit or a run are only not counted among months in care.</param>
public sealed record Absence(DateOnly From, DateOnly? Return, string ReturnKey, bool StopsClocks)
{
    public bool Covers(DateOnly day) => From <= day && !(Return <= day);
}

/// <summary>Where a child lives from day to day.</summary>
public sealed class Whereabouts(Knowledge known, string child)
{
    /// <summary>The placements of the child that count, one a day at most.</summary>
    private readonly Known[] _moves =
        [.. known.Holding(Kind.Placement).Where(move => move.Child == child).GroupBy(move => move.On).Select(day => day.Last())];

    public IEnumerable<Absence> Absences(DateOnly from, DateOnly? to)
    {
        Absence? running = null;
        var before = Array.FindLast(_moves, move => move.On <= from);
        foreach (var move in _moves.Where(move => move.On > from && !(move.On > to) && move.Away).Prepend(before).OfType<Known>())
        {
            var kind = move.Lives switch { "Detention" or "Hospital" => true, "TrialHome" or "Missing" => false, _ => (bool?)null };
            if (running is not null && running.StopsClocks != kind)
            {
                yield return running with { Return = move.On, ReturnKey = move.Key };
                running = null;
            }

            running ??= kind is { } stops ? new(move.On < from ? from : move.On, null, "", stops) : null;
        }

        if (running is not null)
        {
            yield return running;
        }
    }

    /// <summary>Whether the time away that ended with the return home was under sixty days, none of them but in detention or shelter.</summary>
    public bool WasBrieflyDetained(DateOnly returned)
    {
        var day = returned;
        while (Array.FindLast(_moves, move => move.On < day) is { Away: true } move)
        {
            if (move.Lives is not ("Detention" or "Shelter"))
            {
                return false;
            }

            day = move.On;
        }

        return returned.DayNumber - day.DayNumber < 60;
    }
}
