using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;

namespace CasePlanning.Host.Loop;

/// <summary>Ticks what is due, many cases together, so that the store reads and saves them together; while some are saved, others are decided.</summary>
public sealed class WakeDispatcher(Ticker ticker, IWakeStore wakes, Pulses pulses, TimeProvider clock, ILogger<WakeDispatcher> logger)
    : Dispatcher<Wake>(pulses.Wakes, clock, mostAtOnce: Math.Max(2, Environment.ProcessorCount - 1), logger, together: 64)
{
    protected override Task<IReadOnlyList<Wake>> Due(DateTimeOffset now, int limit, CancellationToken ct) => wakes.Due(now, limit, ct);

    protected override Task<DateTimeOffset?> Next(CancellationToken ct) => wakes.Earliest(ct);

    /// <summary>One tick serves every plan of a case, and the case.</summary>
    protected override string KeyOf(Wake item) => item.Case;

    protected override async Task Handle(Wake item, DateTimeOffset now, CancellationToken ct)
    {
        await ticker.Tick(item.Subject, now, ct);
        pulses.Outbox.Set();
    }

    protected override async Task Handle(IReadOnlyList<Wake> items, DateTimeOffset now, CancellationToken ct)
    {
        await ticker.Tick([.. items.Select(item => item.Subject)], now, ct);
        pulses.Outbox.Set();
    }

    protected override void Emptied() => pulses.Digests.Set();
}

/// <summary>Writes digests once the ticks of the morning are done, so that one digest has all of it.</summary>
public sealed class DigestDispatcher(DigestJob digests, IInboxStore inbox, IWakeStore wakes, Pulses pulses, TimeProvider clock, ILogger<DigestDispatcher> logger)
    : Dispatcher<(string Agency, string Person)>(pulses.Digests, clock, mostAtOnce: 8, logger)
{
    private readonly AfterTicks _ticks = new(wakes);

    protected override async Task<IReadOnlyList<(string Agency, string Person)>> Due(DateTimeOffset now, int limit, CancellationToken ct) =>
        await _ticks.Hold(now, ct) ? [] : await inbox.PeopleWaiting(now, limit, ct);

    protected override async Task<DateTimeOffset?> Next(CancellationToken ct) => _ticks.HeldUntil ?? await inbox.Earliest(ct);

    protected override string KeyOf((string Agency, string Person) item) => $"digest of {item.Person}";

    protected override async Task Handle((string Agency, string Person) item, DateTimeOffset now, CancellationToken ct)
    {
        await digests.Serve(item.Agency, item.Person, now, ct);
        pulses.Outbox.Set();
    }
}

/// <summary>Writes the weekly summaries of one agency after another. They read every case, so they wait for the ticks as digests do.</summary>
public sealed class SummaryDispatcher(SummaryJob summaries, IWakeStore wakes, Pulses pulses, TimeProvider clock, ILogger<SummaryDispatcher> logger)
    : Dispatcher<string>(pulses.Digests, clock, mostAtOnce: 1, logger)
{
    private readonly AfterTicks _ticks = new(wakes);

    protected override async Task<IReadOnlyList<string>> Due(DateTimeOffset now, int limit, CancellationToken ct) => await _ticks.Hold(now, ct) ? [] : await summaries.Due(now, ct);

    protected override async Task<DateTimeOffset?> Next(CancellationToken ct) => _ticks.HeldUntil ?? await summaries.Next(Clock.GetUtcNow(), ct);

    protected override string KeyOf(string item) => $"summaries of {item}";

    protected override async Task Handle(string item, DateTimeOffset now, CancellationToken ct)
    {
        await summaries.Serve(item, now, ct);
        pulses.Outbox.Set();
    }
}

/// <summary>Compares the stored wakes with the clock every few minutes, and says in the log when the loops are behind.</summary>
public sealed class WatchdogService(Watchdog watchdog, TimeProvider clock, ILogger<WatchdogService> logger) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Look(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    private async Task Look(CancellationToken ct)
    {
        try
        {
            var (lag, overdue) = await watchdog.Run(clock.GetUtcNow(), ct);
            if (overdue > 0)
            {
                logger.LogWarning("{Count} plans or cases wait to be looked at, the longest for {Age}.", overdue, lag.OldestWake);
            }

            if (lag.OldestMail > Watchdog.Grace)
            {
                logger.LogWarning("Mail has waited for {Age}.", lag.OldestMail);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogError(exception, "The watchdog's round failed.");
        }
    }
}
