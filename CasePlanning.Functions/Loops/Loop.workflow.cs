using Microsoft.DurableTask;

namespace CasePlanning.Functions.Loops;

/// <summary>What every orchestration does: a step of its subject, then sleep until the next wake or the signal, and begin anew.</summary>
/// <remarks>
/// The instance's id is the subject, so that an instance can't serve another subject than the one it is started and signalled by.
/// A signal that arrives between the sleep and the new beginning is dropped: the save it tells of came before, and the new beginning takes its step first.
/// </remarks>
public static class Loop
{
    /// <summary>Of the code of the orchestrations, as <c>host.json</c> names it (<c>defaultVersion</c>) for instances that start. An instance that begins anew becomes one of this version, whichever it was.</summary>
    public const string Version = "1.1";

    /// <summary>The event that ends the sleep. It carries nothing.</summary>
    public const string Signal = "nearer";

    /// <summary>The engine cuts a long timer into pieces of three days, each four rows of history; a sleep of this length keeps the history under a hundred.</summary>
    public static readonly TimeSpan LongestSleep = TimeSpan.FromDays(30);

    /// <summary>After about six minutes the instance fails; the watchdog or the hourly round over failed instances starts it again.</summary>
    private static readonly TaskOptions Patiently = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 6, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 4));

    /// <param name="context">The instance.</param>
    /// <param name="step">Activity that takes the subject and answers with a <see cref="TickReport"/>.</param>
    public static async Task Run(TaskOrchestrationContext context, string step)
    {
        var tick = await context.CallActivityAsync<TickReport>(step, context.InstanceId, Patiently);
        context.SetCustomStatus(new LoopStatus(tick.Stage, tick.NextDeadline, tick.NextWake));
        if (tick.Ended)
        {
            return;
        }

        await Sleep(context, tick.NextWake);
        context.ContinueAsNew(new ContinueAsNewOptions { NewVersion = Version, PreserveUnprocessedEvents = false });
    }

    private static async Task Sleep(TaskOrchestrationContext context, DateTimeOffset? wake)
    {
        using var awake = new CancellationTokenSource();
        var signal = context.WaitForExternalEvent<object?>(Signal, awake.Token);
        if (wake is { } due)
        {
            var latest = context.CurrentUtcDateTime + LongestSleep;
            await Task.WhenAny(signal, context.CreateTimer(due.UtcDateTime < latest ? due.UtcDateTime : latest, awake.Token));
        }
        else
        {
            await signal;
        }

        awake.Cancel();
    }
}

/// <summary>What an instance shows of itself.</summary>
public sealed record LoopStatus(string? Stage, string? NextDeadline, DateTimeOffset? NextWake);
