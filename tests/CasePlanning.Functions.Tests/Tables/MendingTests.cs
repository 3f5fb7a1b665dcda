using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Functions.Loops;
using CasePlanning.Storage;
using CasePlanning.Storage.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Functions.Tests.Tables;

/// <summary>The repair and the watchdog over Azurite, where the row that lists a wake has been lost.</summary>
public sealed class MendingTests
{
    private const string Plan = "plan:county-1.home";
    private const string Wakes = "wakes~county";

    [Fact]
    public async Task A_wake_that_is_in_no_list_is_listed_again_and_its_loop_starts()
    {
        var service = await Azurite.Tables();
        var stores = new TablesStore(service);
        await stores.Cases.Save(Unit(), default);
        var listed = Assert.Single((await service.Query(new TableQuery("caseindex", Wakes), default)).Rows);
        await service.Submit("caseindex", Wakes, [new TableAction.Delete(listed.Key)], default);
        var ticks = new ScriptedTicks(_ => ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);
        var log = new WarningLog<MendTimer>();

        await Watch(engine, stores);
        Assert.Equal(0, ticks.Count);
        await new MendTimer(stores, TimeProvider.System, log).Run(null!, Engine.Soon());
        Assert.Equal("Rows of the store that were put right: 1.", Assert.Single(log.Warnings));

        await Watch(engine, stores);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Plan)).RuntimeStatus);
    }

    private static Task Watch(Engine engine, IStores stores) =>
        new WatchdogTimer(stores, engine.Signal, engine.Clients, TimeProvider.System, NullLogger<WatchdogTimer>.Instance).Run(null!, engine.Client, Engine.Soon());

    private static CaseChange Unit() => new()
    {
        Case = "county-1",
        ExpectedVersion = 0,
        File = new CaseFile { Id = "county-1", Agency = "county", Number = "1" },
        Wakes = [new Wake(Plan, "county-1", TimeProvider.System.GetUtcNow().AddHours(-1))],
    };
}
