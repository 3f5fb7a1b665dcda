using CasePlanning.Application;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Loops;

/// <summary>
/// Every hour: instances that failed are counted and started anew, whether or not a wake of theirs is overdue, so that each ends or sleeps as its
/// subject wants it. The engine looks through all its instances for them, which is why this is apart from the watchdog and more seldom.
/// </summary>
public sealed class FailedTimer(DurableSignal signal, DurableClients clients, TimeProvider clock, ILogger<FailedTimer> log)
{
    /// <summary>Most instances of one round; the next takes the others.</summary>
    private const int MostARound = 1000;

    private static readonly OrchestrationQuery Failed = new() { Statuses = [OrchestrationRuntimeStatus.Failed] };

    [Function("FailedInstances")]
    public async Task Run([TimerTrigger("0 8 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        clients.Lend(client);
        var failed = await client.GetAllInstancesAsync(Failed).Take(MostARound).Select(instance => instance.InstanceId).ToListAsync(ct);
        Telemetry.Failed(failed.Count);
        if (failed.Count == 0)
        {
            return;
        }

        log.LogWarning("{Count} instances had failed and are started anew, such as {Subject}.", failed.Count, failed[0]);
        var now = clock.GetUtcNow();
        await Parallel.ForEachAsync(
            failed,
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = ct },
            async (subject, stopped) => await signal.Nearer(subject, now, stopped));
    }
}
