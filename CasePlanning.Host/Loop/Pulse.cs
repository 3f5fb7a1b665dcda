using CasePlanning.Application.Ports;
using CasePlanning.Host.Clock;

namespace CasePlanning.Host.Loop;

/// <summary>Wakes one loop. A pulse between two waits is not lost, and several are one.</summary>
public sealed class Pulse
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes with the next pulse; taken before looking for work, so that nothing falls in between.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The pulses of the process's loops. A signal of the use cases pulses those that raise and those that send.</summary>
public sealed class Pulses : ISignal
{
    public Pulse Wakes { get; } = new();

    public Pulse Digests { get; } = new();

    public Pulse Outbox { get; } = new();

    public Task Nearer(string subject, DateTimeOffset due, CancellationToken ct)
    {
        Wakes.Set();
        Outbox.Set();
        return Task.CompletedTask;
    }

    public void All()
    {
        Wakes.Set();
        Digests.Set();
        Outbox.Set();
    }
}

internal static class Waiting
{
    /// <summary>Waits for a pulse, or until the clock reaches an instant, but never longer than <paramref name="most"/>.</summary>
    public static async Task For(Task pulse, TimeProvider clock, DateTimeOffset? next, TimeSpan most, CancellationToken ct)
    {
        var left = next is not { } instant ? most
            : clock is SimulatedClock simulated ? simulated.RealTimeUntil(instant) ?? most
            : instant - clock.GetUtcNow();
        var wait = left < TimeSpan.Zero ? TimeSpan.Zero : left > most ? most : left;
        using var given = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(pulse, Task.Delay(wait, TimeProvider.System, given.Token));
        await given.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }
}
