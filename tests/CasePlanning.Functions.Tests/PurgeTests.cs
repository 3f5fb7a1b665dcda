using CasePlanning.Functions.Loops;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Functions.Tests;

public sealed class PurgeTests
{
    private const string Plan = "plan:county-1.home";

    [Fact]
    public async Task An_instance_that_ended_a_month_ago_is_forgotten_and_a_reopened_plan_begins_anew()
    {
        var ticks = new ScriptedTicks(number => number is 1 or 3 ? ScriptedTicks.Ended : ScriptedTicks.Asleep);
        await using var engine = await Engine.Start(ticks.Tick);
        await engine.Nearer(Plan);
        await engine.Completion(Plan);

        await Purge(engine, days: 31);
        Assert.Null(await engine.Client.GetInstanceAsync(Plan));
        await engine.Nearer(Plan);
        await engine.Reports(Plan);
        await Purge(engine, days: 31);

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await engine.Client.GetInstanceAsync(Plan))!.RuntimeStatus);
        await engine.Nearer(Plan);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Plan)).RuntimeStatus);
    }

    [Fact]
    public async Task What_ended_lately_or_failed_stays_for_people_to_see()
    {
        var ticks = new ScriptedTicks(number => number == 1 ? ScriptedTicks.Ended : null!);
        await using var engine = await Engine.Start(ticks.Tick);
        await engine.Nearer(Plan);
        await engine.Completion(Plan);
        await engine.Nearer("case:county-1");
        await engine.Completion("case:county-1");

        await Purge(engine, days: 29);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Client.GetInstanceAsync(Plan))!.RuntimeStatus);

        await Purge(engine, days: 31);
        Assert.Null(await engine.Client.GetInstanceAsync(Plan));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.Client.GetInstanceAsync("case:county-1"))!.RuntimeStatus);
    }

    private static Task Purge(Engine engine, int days) =>
        new PurgeTimer(new Mail.StandingClock(TimeProvider.System.GetUtcNow().AddDays(days)), NullLogger<PurgeTimer>.Instance).Run(null!, engine.Client, Engine.Soon());
}
