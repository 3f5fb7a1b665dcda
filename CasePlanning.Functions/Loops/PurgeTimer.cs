using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Loops;

/// <summary>Every night: the engine forgets instances that began more than thirty days ago and have ended. One that failed stays until it was started anew.</summary>
/// <remarks>
/// Page by page: the engine's own purge of all at once is one call that may outlast any patience. Each page is purged as soon as it is listed,
/// because an instance that begins anew in between is purged with it; the watchdog then starts it again.
/// </remarks>
public sealed class PurgeTimer(TimeProvider clock, ILogger<PurgeTimer> log)
{
    /// <summary>Most instances of one night, give or take a page; the next takes the others.</summary>
    private const int MostANight = 20_000;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly OrchestrationRuntimeStatus[] Ended = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Terminated];

    [Function("Purge")]
    public async Task Run([TimerTrigger("0 30 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        var old = new OrchestrationQuery(CreatedTo: clock.GetUtcNow() - Kept, Statuses: Ended);
        var options = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = ct };
        var purged = 0;
        await foreach (var page in client.GetAllInstancesAsync(old).AsPages().WithCancellation(ct))
        {
            await Parallel.ForEachAsync(page.Values, options, async (instance, stopped) => await client.PurgeInstanceAsync(instance.InstanceId, stopped));
            purged += page.Values.Count;
            if (purged >= MostANight)
            {
                break;
            }
        }

        log.LogInformation("{Count} instances that had ended were purged.", purged);
    }
}
