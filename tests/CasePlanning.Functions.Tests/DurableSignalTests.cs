using CasePlanning.Application.Mail;
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

    [Theory]
    [InlineData("plan:county-1/2.home")]
    [InlineData("plan:county-1\\2.home")]
    [InlineData("plan:county-1#2.home")]
    [InlineData("plan:county-1?2.home")]
    [InlineData("plan:county-1\n2.home")]
    [InlineData("@plan:county-1.home")]
    [InlineData("")]
    public async Task An_id_that_the_engine_refuses_starts_nothing_and_is_logged(string subject)
    {
        var ticks = new ScriptedTicks(_ => ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);

        await engine.Nearer(subject);

        Assert.Equal($"{subject} has no loop, because the engine takes no instance of this id.", Assert.Single(engine.Log.Warnings));
    }

    [Fact]
    public async Task The_longest_ids_that_cases_plans_and_mail_can_have_are_ids_of_instances()
    {
        var ticks = new ScriptedTicks(_ => ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick, ticks.Tick);
        var longest = $"{new string('a', 40)}-{new string('9', 40)}";
        string[] subjects = [$"case:{longest}", $"plan:{longest}.placed", DispatchMail.SubjectOf(new MailTexts(new MailSettings("", new string('a', 60))).DigestId("worker", new(2026, 3, 2)))];

        foreach (var subject in subjects)
        {
            await engine.Nearer(subject);
            Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(subject)).RuntimeStatus);
        }

        Assert.False(InstanceIds.IsOne(new string('a', InstanceIds.Longest + 1)));
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
