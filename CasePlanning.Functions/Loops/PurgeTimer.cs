using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Loops;

/// <summary>Every night: the engine forgets instances that began more than thirty days ago and have ended. One that failed stays, for people to see.</summary>
public sealed class PurgeTimer(TimeProvider clock, ILogger<PurgeTimer> log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Older than any instance. The engine wants a beginning.</summary>
    private static readonly DateTimeOffset Beginning = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly OrchestrationRuntimeStatus[] Ended = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Terminated];

    [Function("Purge")]
    public async Task Run([TimerTrigger("0 30 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        var purged = await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Beginning, clock.GetUtcNow() - Kept, Ended), ct);
        log.LogInformation("{Count} instances that had ended were purged.", purged.PurgedInstanceCount);
    }
}
