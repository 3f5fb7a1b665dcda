using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CasePlanning.Functions.Loops;

/// <summary>Every five minutes: whatever has slept through its stored wake is started, resumed or signalled, in whatever state its instance is.</summary>
public sealed class WatchdogTimer(IWakeStore wakes, IOutbox outbox, DurableSignal signal, DurableClients clients, TimeProvider clock)
{
    [Function("Watchdog")]
    public Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        clients.Lend(client);
        return new Watchdog(wakes, outbox, new Revival(signal)).Run(clock.GetUtcNow(), ct);
    }

    private sealed class Revival(DurableSignal signal) : ISignal
    {
        public Task Nearer(string subject, DateTimeOffset due, CancellationToken ct) => signal.Revive(subject);
    }
}
