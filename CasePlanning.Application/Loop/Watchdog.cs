using CasePlanning.Application.Ports;

namespace CasePlanning.Application.Loop;

/// <summary>How far behind the loops are.</summary>
/// <param name="OldestWake">Age of the oldest due wake; zero when none is due.</param>
/// <param name="OldestMail">Age of the oldest message not sent yet, also while it waits for another try; zero when none is.</param>
/// <param name="Unheard">Dead letters that nobody could be told of.</param>
public sealed record Lag(TimeSpan OldestWake, TimeSpan OldestMail, int Unheard);

/// <summary>Compares the stored next wakes, which are the truth, with the clock, and wakes whatever has been slept through.</summary>
public sealed class Watchdog(IWakeStore wakes, IOutbox outbox, ISignal signal)
{
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    /// <summary>Most subjects of one round; the longest overdue come first, and the next round takes the others.</summary>
    private const int MostARound = 10_000;

    public async Task<Lag> Measure(DateTimeOffset now, CancellationToken ct)
    {
        return new Lag(AgeOf(await wakes.Earliest(ct)), AgeOf(await outbox.OldestWaiting(ct)), await outbox.Unheard(ct));

        TimeSpan AgeOf(DateTimeOffset? instant) => instant is { } since && since < now ? now - since : TimeSpan.Zero;
    }

    /// <summary>Signals every loop that is more than the grace behind, and says how many those are.</summary>
    public async Task<(Lag Lag, int Overdue)> Run(DateTimeOffset now, CancellationToken ct)
    {
        var lag = await Measure(now, ct);
        var overdue = lag.OldestWake >= Grace ? await wakes.Due(now - Grace, MostARound, ct) : [];
        Telemetry.Behind(lag, overdue.Count);
        await Parallel.ForEachAsync(
            overdue,
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = ct },
            async (wake, stopped) => await signal.Nearer(wake.Subject, now, stopped));
        return (lag, overdue.Count);
    }
}
