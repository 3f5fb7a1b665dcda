using System.Text.Json;
using CasePlanning.Functions.Loops;
using Microsoft.DurableTask.Client;

namespace CasePlanning.Functions.Tests;

/// <summary>The loop on the engine itself; its timers are wall-clock, so that a sleep is either short or an hour.</summary>
public sealed class LoopTests
{
    private const string Plan = "plan:county-1.home";

    [Fact]
    public async Task A_loop_ticks_at_once_and_ends_with_its_subject()
    {
        var ticks = new ScriptedTicks(_ => ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);

        await engine.Nearer(Plan);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Plan)).RuntimeStatus);
        Assert.Equal(1, ticks.Count);
    }

    [Fact]
    public async Task A_plan_and_a_case_have_an_orchestration_each()
    {
        var ticks = new ScriptedTicks(_ => ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);

        await engine.Nearer(Plan);
        await engine.Nearer("case:county-1");

        Assert.Equal("PlanLifecycle", (await engine.Completion(Plan)).Name);
        Assert.Equal("CaseDuties", (await engine.Completion("case:county-1")).Name);
    }

    [Fact]
    public async Task A_sleep_ends_at_the_next_wake()
    {
        var ticks = new ScriptedTicks(number => number < 3 ? ScriptedTicks.WakingSoon : ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);

        await engine.Nearer(Plan);

        await engine.Completion(Plan);
        Assert.Equal(3, ticks.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(400 * 24)]
    public async Task A_signal_ends_a_sleep_before_its_wake(int hoursOfSleep)
    {
        var wake = TimeProvider.System.GetUtcNow().AddHours(hoursOfSleep);
        var ticks = new ScriptedTicks(number => number < 2 ? ScriptedTicks.Asleep with { NextWake = wake } : ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);
        await engine.Nearer(Plan);
        await ticks.Next();

        await engine.Nearer(Plan);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Plan)).RuntimeStatus);
    }

    [Fact]
    public async Task Without_a_next_wake_only_a_signal_ends_the_sleep()
    {
        var ticks = new ScriptedTicks(number => number < 2 ? ScriptedTicks.Asleep with { NextWake = null } : ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);
        await engine.Nearer(Plan);
        await ticks.Next();

        await engine.Nearer(Plan);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Plan)).RuntimeStatus);
    }

    [Fact]
    public async Task Its_status_shows_the_stage_and_the_next_deadline()
    {
        var ticks = new ScriptedTicks(_ => ScriptedTicks.Ended with { NextDeadline = "None is left." });
        await using var engine = await Engine.Start(ticks.Tick);

        await engine.Nearer(Plan);

        var status = JsonSerializer.Deserialize<LoopStatus>((await engine.Completion(Plan)).SerializedCustomStatus!, JsonSerializerOptions.Web);
        Assert.Equal(new LoopStatus("closed", "None is left.", null), status);
    }

    [Fact]
    public async Task A_tick_that_fails_is_tried_again()
    {
        var ticks = new ScriptedTicks(number => number < 3 ? throw new InvalidOperationException("The store is away.") : ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);

        await engine.Nearer(Plan);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Plan)).RuntimeStatus);
        Assert.Equal(3, ticks.Count);
    }

    [Fact]
    public async Task A_hundred_wakes_leave_a_short_history()
    {
        var ticks = new ScriptedTicks(number => number < 100 ? ScriptedTicks.Asleep with { NextWake = TimeProvider.System.GetUtcNow() } : ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);

        await engine.Nearer(Plan);

        await engine.Completion(Plan);
        Assert.InRange(engine.Work.Max(work => work.PastEvents.Count + work.NewEvents.Count), 1, 20);
    }
}
