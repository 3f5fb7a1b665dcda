using System.Threading.Channels;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using CasePlanning.Functions.Loops;
using CasePlanning.Functions.Mail;
using CasePlanning.Functions.Tests.Seasons;
using CasePlanning.Host.Simulation;
using CasePlanning.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Functions.Tests.Scenarios;

/// <summary>
/// Does what a scenario leaves to time on the Durable Task engine: ticks and dispatches are steps of its loops, and the timer functions write
/// digests and summaries. The scenario owns the clock; the engine's own timers are an hour away, and what they would do goes by the post.
/// </summary>
internal sealed class EngineLoops : ILoops, IAsyncDisposable
{
    private readonly Delivery _delivery;
    private readonly IStores _stores;
    private readonly TestClock _clock = new(DateTimeOffset.MinValue);
    private readonly Channel<bool> _steps = Channel.CreateUnbounded<bool>();
    private readonly Post _post;
    private readonly Tick _tick;
    private readonly Dispatch _dispatch;
    private readonly MailSweep _sweep;
    private readonly MailTimers _timers;
    private readonly WatchdogTimer _watchdog;

    private EngineLoops(Delivery delivery, IStores stores, Engine engine)
    {
        (_delivery, _stores, Engine, _post) = (delivery, stores, engine, new Post(engine.Signal, delivery));
        Use = new UseCases(stores, signal: _post);
        _tick = new Tick(Use.Ticker, new LostSignal(), engine.Clients, _clock);
        var outage = new MailOutage();
        _dispatch = new Dispatch(Use.Mail, outage, stores.Outbox, _clock, NullLogger<Dispatch>.Instance);
        _sweep = new MailSweep(stores.Outbox, outage, engine.Signal, _clock, NullLogger<MailSweep>.Instance);
        _timers = new MailTimers(Use.Digests, Use.Summaries, stores.Inbox, stores.Wakes, _sweep, engine.Clients, _clock, NullLogger<MailTimers>.Instance);
        _watchdog = new WatchdogTimer(stores, engine.Signal, engine.Clients, _clock, NullLogger<WatchdogTimer>.Instance);
    }

    public Engine Engine { get; }

    public UseCases Use { get; }

    public static async Task<EngineLoops> Start(Delivery delivery, IStores stores)
    {
        EngineLoops loops = null!;
        var engine = await Engine.Start(
            subject => loops.Step(subject, (each, ct) => loops._tick.Run(each, loops.Engine.Client, ct)),
            subject => loops.Step(subject, loops._dispatch.Run));
        return loops = new EngineLoops(delivery, stores, engine);
    }

    public async Task Tick(string subject, DateTimeOffset now, CancellationToken ct)
    {
        MoveTo(now + TimeSpan.FromMinutes(_delivery switch { Delivery.Late => 10, Delivery.Lost => 16, _ => 0 }));
        await _post.Nearer(subject, now, ct);
        await _post.Arrive();
        await _watchdog.Run(null!, Engine.Client, Engine.Soon());
        await Settled(async () => await _stores.Wakes.Find(subject, ct) is not { Due: { } due } || due > _clock.Now);
    }

    public async Task Write(DateTimeOffset now, CancellationToken ct)
    {
        MoveTo(now);
        await _timers.Digests(null!, Engine.Client, ct);
        await _timers.Summaries(null!, Engine.Client, ct);
    }

    public async Task Dispatch(string messageId, DateTimeOffset now, CancellationToken ct)
    {
        MoveTo(now);
        await _sweep.Run(ct);
        await Settled(async () => await _stores.Outbox.Find(messageId, ct) is not { State: MessageState.Waiting } message || message.NextAttempt > _clock.Now);
    }

    /// <summary>Brings what is still under way.</summary>
    public Task Arrive() => _post.Arrive();

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private void MoveTo(DateTimeOffset instant) => _clock.Now = instant > _clock.Now ? instant : _clock.Now;

    private async Task<TickReport> Step(string subject, Func<string, CancellationToken, Task<TickReport>> step)
    {
        var report = await step(subject, default);
        _steps.Writer.TryWrite(true);
        return report with { NextWake = report.NextWake is null ? null : TimeProvider.System.GetUtcNow().AddHours(report.NextWake > _clock.Now ? 1 : 0) };
    }

    /// <summary>Looks again after each step of a loop.</summary>
    private async Task Settled(Func<Task<bool>> isDone)
    {
        while (!await isDone())
        {
            await _steps.Reader.ReadAsync(Engine.Soon());
        }
    }
}
