using CasePlanning.Application.Ports;

namespace CasePlanning.Application.Loop;

/// <summary>How far behind the loops are.</summary>
/// <param name="OverdueWakes">Subjects whose wake is overdue by more than the grace.</param>
/// <param name="OldestWake">Age of the oldest due wake; zero when none is due.</param>
/// <param name="OldestMail">Age of the oldest message not sent yet, also while it waits for another try; zero when none is.</param>
/// <param name="Unheard">Dead letters that nobody could be told of.</param>
public sealed record Lag(IReadOnlyList<string> OverdueWakes, TimeSpan OldestWake, TimeSpan OldestMail, int Unheard);

/// <summary>Compares the stored next wakes, which are the truth, with the clock, and wakes whatever has been slept through.</summary>
public sealed class Watchdog(IWakeStore wakes, IOutbox outbox, ISignal signal)
{
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    public async Task<Lag> Measure(DateTimeOffset now, CancellationToken ct)
    {
        var due = await wakes.Due(now - Grace, 1000, ct);
        var oldestWake = await wakes.Earliest(ct);
        var oldestMail = await outbox.OldestWaiting(ct);
        return new Lag([.. due.Select(wake => wake.Subject)], AgeOf(oldestWake), AgeOf(oldestMail), await outbox.Unheard(ct));

        TimeSpan AgeOf(DateTimeOffset? instant) => instant is { } since && since < now ? now - since : TimeSpan.Zero;
    }

    /// <summary>Signals every loop that is more than the grace behind, and says which.</summary>
    public async Task<Lag> Run(DateTimeOffset now, CancellationToken ct)
    {
        var lag = await Measure(now, ct);
        Telemetry.Behind(lag);
        foreach (var subject in lag.OverdueWakes)
        {
            await signal.Nearer(subject, now, ct);
        }

        return lag;
    }
}
