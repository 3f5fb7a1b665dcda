using CasePlanning.Application;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Host.Simulation;

/// <summary>Sets a scenario's agency up as its first administrator would.</summary>
internal sealed class Founding(UseCases use, Scenario scenario, DateTimeOffset now)
{
    /// <summary>The administrator in whose name the agency is founded and facts are recorded.</summary>
    public static Person AdministratorOf(Scenario scenario) => scenario.People.First(person => person.Is(Role.Administrator));

    public async Task Found(CancellationToken ct)
    {
        var first = AdministratorOf(scenario);
        Done(await use.Administration.Found(scenario.Agency, Alone(first), ct));

        // People name units, units name people, absences name people: each is put in place first and completed afterwards.
        foreach (var unit in scenario.Units)
        {
            Done(await use.Administration.Put(await Administrator(first.Id, ct), unit with { Supervisor = null, Manager = null }, null, ct));
        }

        foreach (var person in scenario.People.Where(person => person.Id != first.Id))
        {
            Done(await use.Administration.Put(await Administrator(first.Id, ct), person with { Absences = [] }, null, ct));
        }

        foreach (var unit in scenario.Units)
        {
            Done(await use.Administration.Put(await Administrator(first.Id, ct), unit, null, ct));
        }

        foreach (var person in scenario.People.Where(person => person.Id == first.Id || person.Absences.Count > 0))
        {
            Done(await use.Administration.Put(await Administrator(first.Id, ct), person, null, ct));
        }
    }

    private async Task<Caller> Administrator(string id, CancellationToken ct)
    {
        var directory = (await use.Stores.Directory.Find(scenario.Agency.Id, ct))!;
        return new Caller(directory.Person(id)!, directory, now);
    }

    private static Person Alone(Person person) => person with { Unit = null, Absences = [] };

    /// <summary>The file was checked, so a refusal here is a defect.</summary>
    private static void Done<T>(Result<T> result) => _ = result.Value;
}
