using System.Globalization;
using CasePlanning.Functions.Loops;
using Microsoft.DurableTask;
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
    public async Task What_ended_lately_or_failed_stays()
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

    [Fact]
    public async Task Page_after_page_is_forgotten_until_a_night_has_had_its_fill()
    {
        var ticks = new ScriptedTicks(_ => ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);
        string[] subjects = [.. Enumerable.Range(0, 5).Select(number => $"case:county-{number}")];
        foreach (var subject in subjects)
        {
            await engine.Nearer(subject);
            await engine.Completion(subject);
        }

        var pages = new Pages(engine.Client, subjects.Chunk(2).Append([.. Enumerable.Range(0, 30_000).Select(number => $"case:old-{number}")]).Append(["case:left"]));
        await new PurgeTimer(TimeProvider.System, NullLogger<PurgeTimer>.Instance).Run(null!, pages, Engine.Soon());

        Assert.Empty(await engine.Client.GetAllInstancesAsync(new OrchestrationQuery()).ToListAsync(Engine.Soon()));
        Assert.Equal(30_005, pages.Purged);
        Assert.Equal([OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Terminated], pages.Asked!.Statuses!);
    }

    [Fact]
    public async Task A_purge_beside_a_reopening_leaves_one_loop_at_the_latest_when_the_watchdog_comes()
    {
        var ticks = new ScriptedTicks(number => number % 2 == 1 ? ScriptedTicks.Ended : ScriptedTicks.Asleep);
        await using var engine = await Engine.Start(ticks.Tick);
        for (var race = 0; race < 10; race++)
        {
            await engine.Nearer(Plan);
            await engine.Completion(Plan);

            await Task.WhenAll(Purge(engine, days: 31), engine.Nearer(Plan));

            if (await engine.Client.GetInstanceAsync(Plan, Engine.Soon()) is not { RuntimeStatus: OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending })
            {
                await engine.Signal.Revive(Plan);
            }

            await engine.Reaches(Plan, OrchestrationRuntimeStatus.Running);
            await engine.Reports(Plan);
        }

        Assert.Equal(20, ticks.Count);
        Assert.Equal(1, ticks.MostAtOnce);
    }

    private static Task Purge(Engine engine, int days) =>
        new PurgeTimer(new TestClock(TimeProvider.System.GetUtcNow().AddDays(days)), NullLogger<PurgeTimer>.Instance).Run(null!, engine.Client, Engine.Soon());

    /// <summary>An engine that lists its instances in such pages. Those it doesn't have are purged in name alone.</summary>
    private sealed class Pages(DurableTaskClient engine, IEnumerable<string[]> pages) : Relay(engine)
    {
        private readonly Page<OrchestrationMetadata>[] _pages = [.. pages.Select((ids, number) => new Page<OrchestrationMetadata>([.. ids.Select(id => new OrchestrationMetadata("CaseDuties", id))], $"{number + 1}"))];
        private int _purged;

        public int Purged => _purged;

        /// <summary>What was asked for. This engine refuses to purge an instance that runs; another may not.</summary>
        public OrchestrationQuery? Asked { get; private set; }

        public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
        {
            Asked = filter;
            return Pageable.Create((token, _, _) => Task.FromResult(_pages[token is null ? 0 : int.Parse(token, CultureInfo.InvariantCulture)]));
        }

        public override Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
        {
            Interlocked.Increment(ref _purged);
            return instanceId.StartsWith("case:old-", StringComparison.Ordinal) ? Task.FromResult(new PurgeResult(1)) : base.PurgeInstanceAsync(instanceId, options, cancellation);
        }
    }
}
