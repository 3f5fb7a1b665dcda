using CasePlanning.Functions.Loops;
using Microsoft.DurableTask.Client;

namespace CasePlanning.Functions.Tests;

public sealed class DurableSignalTests
{
    private const string Plan = "plan:county-1.home";

    [Fact]
    public async Task Starting_a_loop_that_runs_starts_no_second_one()
    {
        var gate = new TaskCompletionSource();
        var ticks = new ScriptedTicks(number => number < 2 ? ScriptedTicks.Asleep : ScriptedTicks.Ended) { Gate = gate.Task };
        await using var engine = await Engine.Start(ticks.Tick);
        await engine.Nearer(Plan);
        await ticks.Next();
        var begun = (await engine.Client.GetInstanceAsync(Plan))!.CreatedAt;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => engine.Nearer(Plan)));

        Assert.Equal(begun, (await engine.Client.GetInstanceAsync(Plan))!.CreatedAt);
        gate.SetResult();
        await engine.Completion(Plan);
        Assert.Equal(1, ticks.MostAtOnce);
        Assert.Empty(engine.Log.Warnings);
    }

    [Fact]
    public async Task Two_first_signals_at_once_start_one_loop()
    {
        var ticks = new ScriptedTicks(number => number < 2 ? ScriptedTicks.Asleep : ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);

        await Task.WhenAll(engine.Nearer(Plan), engine.Nearer(Plan));

        await engine.Completion(Plan);
        Assert.Equal(2, ticks.Count);
        Assert.Equal(1, ticks.MostAtOnce);
    }

    [Fact]
    public async Task A_loop_that_ended_begins_again()
    {
        var ticks = new ScriptedTicks(_ => ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);
        await engine.Nearer(Plan);
        await engine.Completion(Plan);
        await ticks.Next();

        await engine.Nearer(Plan);

        Assert.Equal(2, await ticks.Next());
    }

    [Fact]
    public async Task A_signal_that_fails_is_logged_and_never_thrown()
    {
        var log = new WarningLog<DurableSignal>();
        var signal = new DurableSignal(new DurableClients(), TimeProvider.System, log);

        await signal.Nearer(Plan, default, CancellationToken.None);

        Assert.Equal($"The signal to {Plan} was lost; it wakes at its stored time, or by the watchdog.", Assert.Single(log.Warnings));
    }

    [Fact]
    public async Task A_caller_who_has_gone_stops_no_signal()
    {
        var ticks = new ScriptedTicks(_ => ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);

        await engine.Nearer(Plan, new CancellationToken(canceled: true));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Plan)).RuntimeStatus);
    }
}
