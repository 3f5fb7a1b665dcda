using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using CasePlanning.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Loops;

/// <summary>Every five minutes: whatever has slept through its stored wake is started, resumed or signalled, in whatever state its instance is.</summary>
public sealed class WatchdogTimer(IStores stores, DurableSignal signal, DurableClients clients, TimeProvider clock, ILogger<WatchdogTimer> log)
{
    [Function("Watchdog")]
    public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        clients.Lend(client);
        var (lag, overdue) = await new Watchdog(stores.Wakes, stores.Outbox, new Revival(signal)).Run(clock.GetUtcNow(), ct);
        if (overdue > 0)
        {
            log.LogWarning("{Count} plans or cases wait to be looked at, the longest for {Age}.", overdue, lag.OldestWake);
        }

        if (lag.OldestMail > Watchdog.Grace)
        {
            log.LogWarning("Mail has waited for {Age}.", lag.OldestMail);
        }
    }

    private sealed class Revival(DurableSignal signal) : ISignal
    {
        public Task Nearer(string subject, DateTimeOffset due, CancellationToken ct) => signal.Revive(subject);
    }
}
