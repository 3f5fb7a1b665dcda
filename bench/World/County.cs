using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Storage;

namespace CasePlanning.Bench.World;

/// <summary>An invented agency whose workers carry 25 cases each and whose supervisors lead eight workers, in a real store.</summary>
internal sealed class County(int cases, TimeOnly? morning = null)
{
    private const int CasesOfAWorker = 25;
    private const int WorkersOfAUnit = 8;

    /// <summary>Sample tokens sign in people of the agency of this id.</summary>
    public const string Id = "sample";

    public Agency Agency { get; } = new()
    {
        Id = Id, Name = "County", Zone = "America/Chicago", Morning = morning ?? new(7, 0), Packs = ["default"],
        WorkingDays = morning is null ? [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday] : Enum.GetValues<DayOfWeek>(),
    };

    public RuleBook Rules => RuleBook.For(Agency);

    private int Workers => (cases + CasesOfAWorker - 1) / CasesOfAWorker;

    public static string WorkerOf(int number) => $"worker-{number / CasesOfAWorker}";

    public async Task SavePeople(IStores stores)
    {
        await stores.Directory.Save(Agency, default);
        for (var unit = 0; unit <= (Workers - 1) / WorkersOfAUnit; unit++)
        {
            await stores.Directory.Save(new Unit { Id = $"unit-{unit}", Agency = Id, Name = $"Unit {unit}", Supervisor = $"supervisor-{unit}", Manager = "manager" }, default);
            await stores.Directory.Save(PersonOf($"supervisor-{unit}", $"unit-{unit}", Role.Supervisor), default);
        }

        await stores.Directory.Save(PersonOf("manager", null, Role.Manager), default);
        await stores.Directory.Save(PersonOf("administrator", null, Role.Administrator), default);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => stores.Directory.Save(PersonOf($"worker-{worker}", $"unit-{worker / WorkersOfAUnit}", Role.Worker), default)));
    }

    /// <summary>Saves cases whose plan took effect on a day, each as its last look before an instant left it.</summary>
    public async Task SaveCases(IStores stores, DateOnly effective, DateTimeOffset lookedAt)
    {
        var today = Rules.Calendar.DateAt(lookedAt);
        await Parallel.ForEachAsync(Enumerable.Range(0, cases), new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (number, ct) =>
        {
            var (file, plans) = Cases.AtHome(Id, number, WorkerOf(number), effective, today);
            var known = KnownCase.At(file, plans, Rules, lookedAt);
            await stores.Cases.Save(ChangeOf(known), ct);
        });
    }

    private static CaseChange ChangeOf(KnownCase known) => new()
    {
        Case = known.File.Id,
        ExpectedVersion = 0,
        File = known.File,
        Plans = known.Plans,
        Marks = known.Marks,
        Wakes = [.. known.Wakes.Select(wake => new Wake(wake.Owner, known.File.Id, wake.At))],
    };

    private static Person PersonOf(string id, string? unit, Role role) => new() { Id = id, Agency = Id, Name = id, Email = $"{id}@county.example", Unit = unit, Roles = [role] };
}
