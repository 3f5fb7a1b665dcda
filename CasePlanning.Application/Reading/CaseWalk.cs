using System.Runtime.CompilerServices;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Reading;

/// <summary>A case with what follows from its facts today.</summary>
public sealed record WalkedCase(CaseFile File, Agenda Agenda);

/// <summary>The units whose work somebody answers for: those they supervise or manage themselves or as a stand-in; all of the agency's for an administrator, manager or auditor who leads none.</summary>
public sealed class LedUnits
{
    private readonly HashSet<string> _units;

    private LedUnits(HashSet<string> units, bool isEverything) => (_units, IsEverything) = (units, isEverything);

    public bool IsEverything { get; }

    public bool IsNone => _units.Count == 0 && !IsEverything;

    public static LedUnits Of(Caller caller)
    {
        var units = caller.Directory.Units.Where(unit => Leads(caller, unit.Supervisor) || Leads(caller, unit.Manager)).Select(unit => unit.Id).ToHashSet(StringComparer.Ordinal);
        return new(units, units.Count == 0 && (caller.Is(Role.Manager) || caller.Is(Role.Administrator) || caller.Is(Role.Auditor)));
    }

    /// <summary>True when the unit is among them; where there is no unit, for those only who answer for everything.</summary>
    public bool Has(Unit? unit) => IsEverything || (unit is not null && _units.Contains(unit.Id));

    private static bool Leads(Caller caller, string? person) => person is not null && Access.StandsFor(caller, person);
}

/// <summary>Goes through the cases somebody may see, each read once with its agenda.</summary>
public sealed class CaseWalk(ICaseStore cases)
{
    /// <summary>The cases assigned to the caller, or to somebody they stand in for today.</summary>
    public async IAsyncEnumerable<WalkedCase> Mine(Caller caller, [EnumeratorCancellation] CancellationToken ct)
    {
        var people = caller.Directory.People.Select(person => person.Id).Where(person => Access.StandsFor(caller, person)).ToArray();
        var listed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var person in people)
        {
            listed.UnionWith((await cases.Cases(caller.Person.Agency, ct, person)).Select(listing => listing.Case));
        }

        foreach (var id in listed)
        {
            if (await Seen(caller, id, ct) is { } file && people.Any(person => file.File.IsAssigned(person, caller.Today)))
            {
                yield return Walked(caller, file);
            }
        }
    }

    /// <summary>The cases for which a unit the caller leads answers today.</summary>
    public IAsyncEnumerable<WalkedCase> Led(Caller caller, LedUnits led, CancellationToken ct) =>
        Visible(caller, led, file => led.Has(caller.Directory.UnitOf(file, caller.Today)), ct);

    /// <summary>Every case the caller may see, whoever answers for it today; none for somebody who leads no unit.</summary>
    public IAsyncEnumerable<WalkedCase> Visible(Caller caller, LedUnits led, CancellationToken ct) => Visible(caller, led, _ => true, ct);

    private async IAsyncEnumerable<WalkedCase> Visible(Caller caller, LedUnits led, Func<CaseFile, bool> asked, [EnumeratorCancellation] CancellationToken ct)
    {
        if (led.IsNone)
        {
            yield break;
        }

        await foreach (var record in cases.Each(caller.Person.Agency, ct))
        {
            if (Access.MaySee(caller, record.File) && asked(record.File))
            {
                yield return Walked(caller, record);
            }
        }
    }

    private async Task<CaseRecord?> Seen(Caller caller, string id, CancellationToken ct) =>
        await cases.Find(id, ct) is { } record && Access.MaySee(caller, record.File) ? record : null;

    private static WalkedCase Walked(Caller caller, CaseRecord record) =>
        new(record.File, Agenda.For(record.File, record.Plans, RuleBook.For(caller.Directory.Agency), record.Marks, caller.Now));
}
