using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Loops;

/// <summary>Every night: the engine forgets instances that began more than thirty days ago and have ended. One that failed stays, for people to see.</summary>
public sealed class PurgeTimer(TimeProvider clock, ILogger<PurgeTimer> log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Less than any limit on a function's or a call's time.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    /// <summary>Older than any instance. The engine wants a beginning.</summary>
    private static readonly DateTimeOffset Beginning = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly OrchestrationRuntimeStatus[] Ended = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Terminated];

    [Function("Purge")]
    public async Task Run([TimerTrigger("0 30 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        var filter = new PurgeInstancesFilter(Beginning, clock.GetUtcNow() - Kept, Ended) { Timeout = Longest };
        var purged = await client.PurgeAllInstancesAsync(filter, ct);
        log.LogInformation("{Count} instances that had ended were purged{Rest}.", purged.PurgedInstanceCount, purged.IsComplete == false ? "; the rest are left to the next night" : "");
    }
}
