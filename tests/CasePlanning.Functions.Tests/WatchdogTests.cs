using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Functions.Loops;
using CasePlanning.Storage.Memory;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Functions.Tests;

/// <summary>A wake is overdue, and its loop is in one of the states a loop can be in.</summary>
public sealed class WatchdogTests
{
    private const string Plan = "plan:county-1.home";

    [Fact]
    public async Task A_missing_instance_is_started()
    {
        var ticks = new ScriptedTicks(_ => ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);

        await Watch(engine);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Plan)).RuntimeStatus);
    }

    [Fact]
    public async Task A_running_instance_is_signalled()
    {
        var ticks = new ScriptedTicks(number => number < 2 ? ScriptedTicks.Asleep : ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);
        await engine.Nearer(Plan);
        await ticks.Next();

        await Watch(engine);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Plan)).RuntimeStatus);
    }

    [Fact]
    public async Task A_suspended_instance_is_resumed_and_signalled()
    {
        var ticks = new ScriptedTicks(number => number < 2 ? ScriptedTicks.Asleep : ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);
        await engine.Nearer(Plan);
        await ticks.Next();
        await engine.Client.SuspendInstanceAsync(Plan, cancellation: Engine.Soon());
        await engine.Reaches(Plan, OrchestrationRuntimeStatus.Suspended);

        await Watch(engine);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Plan)).RuntimeStatus);
    }

    [Fact]
    public async Task A_terminated_instance_is_started_again()
    {
        var ticks = new ScriptedTicks(number => number < 2 ? ScriptedTicks.Asleep : ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);
        await engine.Nearer(Plan);
        await ticks.Next();
        await engine.Client.TerminateInstanceAsync(Plan, cancellation: Engine.Soon());
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.Completion(Plan)).RuntimeStatus);

        await Watch(engine);

        Assert.Equal(2, await ticks.Next());
        await engine.Reaches(Plan, OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task A_failed_instance_is_started_again()
    {
        var ticks = new ScriptedTicks(number => number < 2 ? null! : ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);
        await engine.Nearer(Plan);
        await ticks.Next();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.Completion(Plan)).RuntimeStatus);

        await Watch(engine);

        Assert.Equal(2, await ticks.Next());
        await engine.Reaches(Plan, OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task An_instance_that_never_began_within_an_hour_is_terminated_and_the_next_round_starts_it_anew()
    {
        var ticks = new ScriptedTicks(_ => ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);
        var client = new LostStart(engine.Client, TimeProvider.System.GetUtcNow());

        await Watch(engine, later: TimeSpan.FromMinutes(59), client);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, client.Row);

        await Watch(engine, later: TimeSpan.FromMinutes(61), client);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, client.Row);
        Assert.Equal(0, ticks.Count);

        await Watch(engine, later: TimeSpan.FromMinutes(66), client);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Plan)).RuntimeStatus);
        Assert.Equal(1, ticks.Count);
    }

    [Fact]
    public async Task An_instance_that_sleeps_is_signalled_and_never_terminated_however_long_ago_it_was_updated()
    {
        var ticks = new ScriptedTicks(number => number < 2 ? ScriptedTicks.Asleep : ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);
        await engine.Nearer(Plan);
        await ticks.Next();

        await Watch(engine, later: TimeSpan.FromDays(30));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Plan)).RuntimeStatus);
        Assert.Equal(2, ticks.Count);
    }

    /// <summary>Runs the timer function over a store with one wake that is an hour overdue.</summary>
    /// <param name="later">How far its clock is ahead of the engine's.</param>
    private static async Task Watch(Engine engine, TimeSpan later = default, DurableTaskClient? client = null)
    {
        var now = TimeProvider.System.GetUtcNow() + later;
        var clock = new TestClock(now);
        var signal = new DurableSignal(engine.Clients, clock, NullLogger<DurableSignal>.Instance);
        await using var store = new InMemoryStore();
        await store.Cases.Save(
            new CaseChange
            {
                Case = "county-1",
                ExpectedVersion = 0,
                File = new CaseFile { Id = "county-1", Agency = "county", Number = "1" },
                Wakes = [new Wake(Plan, "county-1", now.AddHours(-1))],
            },
            default);
        await new WatchdogTimer(store, signal, engine.Clients, clock, NullLogger<WatchdogTimer>.Instance).Run(null!, client ?? engine.Client, Engine.Soon());
    }
}
