using System.Diagnostics.Metrics;
using CasePlanning.Application;
using CasePlanning.Functions.Loops;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Functions.Tests;

/// <summary>An instance failed, and no wake of its subject is overdue.</summary>
public sealed class FailedTests
{
    private const string Plan = "plan:county-1.home";
    private const string Mail = "mail:1@plans.example.org";

    [Fact]
    public async Task An_instance_that_failed_sleeps_until_its_next_wake_again()
    {
        var ticks = new ScriptedTicks(number => number < 2 ? null! : ScriptedTicks.Asleep with { NextWake = TimeProvider.System.GetUtcNow().AddDays(60) });
        await using var engine = await Engine.Start(ticks.Tick);
        await Fail(engine, Plan);

        Assert.Equal(1, await Round(engine));

        await engine.Reports(Plan);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await engine.Client.GetInstanceAsync(Plan))!.RuntimeStatus);
        Assert.Equal(0, await Round(engine));
        Assert.Equal(2, ticks.Count);
    }

    [Fact]
    public async Task An_instance_with_nothing_left_to_wake_for_ends()
    {
        var ticks = new ScriptedTicks(number => number < 3 ? null! : ScriptedTicks.Ended);
        await using var engine = await Engine.Start(ticks.Tick);
        await Fail(engine, Plan);
        await Fail(engine, Mail);

        Assert.Equal(2, await Round(engine));

        await engine.Reaches(Plan, OrchestrationRuntimeStatus.Completed);
        await engine.Reaches(Mail, OrchestrationRuntimeStatus.Completed);
        Assert.Equal(0, await Round(engine));
    }

    private static async Task Fail(Engine engine, string subject)
    {
        await engine.Nearer(subject);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.Completion(subject)).RuntimeStatus);
    }

    /// <summary>Runs the timer function, and gives what it measured.</summary>
    private static async Task<long> Round(Engine engine)
    {
        var measured = -1L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, each) =>
        {
            if (instrument.Meter.Name == Telemetry.Name && instrument.Name == "case_planning.instances.failed")
            {
                each.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => measured = value);
        listener.Start();
        await new FailedTimer(engine.Signal, engine.Clients, TimeProvider.System, NullLogger<FailedTimer>.Instance).Run(null!, engine.Client, Engine.Soon());
        return measured;
    }
}
