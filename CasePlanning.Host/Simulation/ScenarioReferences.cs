using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Json;
using CasePlanning.Domain.People;

namespace CasePlanning.Host.Simulation;

/// <summary>Checks what a file says of its agency and people, and that everybody and everything it refers to is in it.</summary>
internal sealed class ScenarioReferences
{
    private readonly ScenarioParts _file;
    private readonly AgencyDirectory _directory;
    private readonly List<FileViolation> _found = [];

    private ScenarioReferences(ScenarioParts file)
    {
        _file = file;
        var agency = file.Agency is { } given && PeopleValidator.Check(given).Count == 0 ? given : new Agency { Id = "unknown", Name = "Unknown", Zone = "UTC" };
        _directory = new AgencyDirectory(agency, Known(file.Units, UnitCalled), Known(file.People, PersonCalled));
    }

    public static IReadOnlyList<FileViolation> Check(ScenarioParts file)
    {
        var check = new ScenarioReferences(file);
        check.Agency();
        check.People();
        check._found.AddRange(new CaseReferences(file, check._directory).Check());
        return check._found;
    }

    private void Agency()
    {
        if (_file.Agency is { } agency)
        {
            Add("$.agency", PeopleValidator.Check(agency));
        }

        if (_file.People.All(person => person.Value is not null && !person.Value.Is(Role.Administrator)))
        {
            _found.Add(new("$.people", "Nobody is an administrator. Give one person this role: the agency is founded, and facts are recorded, in that name."));
        }
    }

    private void People()
    {
        _found.AddRange(Twice(_file.Units.Select(unit => (unit.Path, unit.Text("id"))), "id"));
        _found.AddRange(Twice(_file.People.Select(person => (person.Path, person.Text("id"))), "id"));
        foreach (var unit in _file.Units.Where(unit => unit.Value is not null))
        {
            Add(unit.Path, PeopleValidator.Check(unit.Value!, _directory));
        }

        foreach (var person in _file.People.Where(person => person.Value is not null))
        {
            Add(person.Path, PeopleValidator.Check(person.Value! with { Absences = [] }, _directory));
            for (var index = 0; index < person.Value!.Absences.Count; index++)
            {
                Add($"{person.Path}.absences[{index}]", PeopleValidator.Check(person.Value.Absences[index], person.Value, _directory));
            }
        }
    }

    /// <summary>Every entry whose id was given before.</summary>
    internal static IEnumerable<FileViolation> Twice(IEnumerable<(string Path, string? Id)> entries, string member) =>
        entries.Where(entry => entry.Id is not null).GroupBy(entry => entry.Id).SelectMany(same => same.Skip(1).Select(entry =>
            new FileViolation($"{entry.Path}.{member}", $"'{entry.Id}' was given before, at {same.First().Path}.")));

    private void Add(string path, IEnumerable<Violation> violations) =>
        _found.AddRange(violations.Select(violation => new FileViolation($"{path}.{violation.Field}", violation.Message)));

    /// <summary>The entries that can be read, and a stand-in for each that can't but has an id.</summary>
    private static IEnumerable<T> Known<T>(IEnumerable<Part<T>> parts, Func<string, T> standIn) where T : class =>
        parts.Where(part => part.Text("id") is not null).DistinctBy(part => part.Text("id")).Select(part => part.Value ?? standIn(part.Text("id")!));

    private static Unit UnitCalled(string id) => new() { Id = id, Agency = "unknown", Name = id };

    private static Person PersonCalled(string id) => new() { Id = id, Agency = "unknown", Name = id, Email = id, Roles = [] };
}
