using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using CasePlanning.Host.Loop;

namespace CasePlanning.Host.Clock;

/// <summary>Where the simulated clock stands.</summary>
/// <param name="Next">The next instant at which something happens by itself, or null.</param>
/// <param name="Idle">True when nothing is due.</param>
public sealed record ClockReading(DateTimeOffset Now, DateTimeOffset? Next, bool Idle);

/// <summary>
/// Moves the simulated clock from event to event: on to the next wake, digest morning or mail attempt only when nothing is due. A move that was
/// interrupted is simply asked for again.
/// </summary>
public sealed class ClockDriver(
    SimulatedClock clock, IWakeStore wakes, IInboxStore inbox, IOutbox outbox, WakeDispatcher ticks, DigestDispatcher digests, SummaryJob summaries, SummaryDispatcher summaryLoop, OutboxDispatcher mail, Pulses pulses) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    public async Task<ClockReading> Read(CancellationToken ct)
    {
        // In the order in which work flows, so that nothing slips past from one to the next.
        var wake = await wakes.Earliest(ct);
        var digest = await inbox.Earliest(ct);
        var now = clock.GetUtcNow();
        var summary = await summaries.Next(now, ct);
        var message = mail.Held(await outbox.Earliest(ct));
        DateTimeOffset?[] all = [wake, digest, summary, message];
        var next = all.Min();
        return new ClockReading(now, next, next is null || next > now);
    }

    /// <summary>Plays everything that happens up to an instant, the instant included. One that has passed is only waited for.</summary>
    public async Task<ClockReading> MoveTo(DateTimeOffset to, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            while (true)
            {
                var reading = await Settle(ct);
                if (reading.Now >= to)
                {
                    return reading;
                }

                clock.MoveTo(reading.Next is { } next && next < to ? next : to);
                pulses.All();
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<ClockReading> Settle(CancellationToken ct)
    {
        while (true)
        {
            if (await Read(ct) is { Idle: true } reading)
            {
                return reading;
            }

            await ticks.Quiet(ct);
            await digests.Quiet(ct);
            await summaryLoop.Quiet(ct);
            await mail.Quiet(ct);
        }
    }
}
