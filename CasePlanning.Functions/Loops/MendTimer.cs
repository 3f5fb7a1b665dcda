using CasePlanning.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Loops;

/// <summary>Every quarter of an hour, apart from the watchdog, which it must never hold up: the store puts right a part of what failures have left in it.</summary>
public sealed class MendTimer(IStores stores, TimeProvider clock, ILogger<MendTimer> log)
{
    [Function("Mend")]
    public async Task Run([TimerTrigger("0 3/15 * * * *")] TimerInfo timer, CancellationToken ct)
    {
        if (await stores.Mend(clock.GetUtcNow(), ct) is > 0 and var rows)
        {
            log.LogWarning("Rows of the store that were put right: {Count}.", rows);
        }
    }
}
