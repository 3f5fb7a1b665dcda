using System.Collections.Concurrent;

namespace CasePlanning.Host.Loop;

/// <summary>
/// Does what is due, many at once, and waits for the next. What fails is logged and tried again after a pause that grows, and holds up nothing else.
/// </summary>
/// <param name="pulse">Wakes the loop.</param>
/// <param name="clock">Says what is due.</param>
/// <param name="mostAtOnce">How many are in flight at most.</param>
/// <param name="logger">Learns of failures.</param>
public abstract class Dispatcher<T>(Pulse pulse, TimeProvider clock, int mostAtOnce, ILogger logger) : BackgroundService
{
    private const int Batch = 256;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Task> _inFlight = [];
    private readonly ConcurrentQueue<(string Key, bool Failed)> _ended = [];
    private readonly Dictionary<string, (long Since, TimeSpan Pause)> _paused = [];
    private readonly Queue<T> _due = [];
    private readonly ConcurrentQueue<TaskCompletionSource> _asking = [];
    private bool _busy;

    protected TimeProvider Clock => clock;

    /// <summary>Completes once the loop has looked, found nothing due and has nothing in flight.</summary>
    public Task Quiet(CancellationToken ct)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _asking.Enqueue(asked);
        pulse.Set();
        return asked.Task.WaitAsync(ct);
    }

    /// <summary>What is due at an instant, the longest waiting first.</summary>
    protected abstract Task<IReadOnlyList<T>> Due(DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>The instant at which something is due next, or null.</summary>
    protected abstract Task<DateTimeOffset?> Next(CancellationToken ct);

    /// <summary>Two of the same key are never in flight together.</summary>
    protected abstract string KeyOf(T item);

    protected abstract Task Handle(T item, DateTimeOffset now, CancellationToken ct);

    /// <summary>Called when everything that was due is done.</summary>
    protected virtual void Emptied()
    {
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = pulse.Next;
                var (instant, most) = await Pass(stoppingToken);
                await Waiting.For(next, clock, instant, most, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "Looking for what is due failed; trying again in {Pause}.", FirstPause);
                await Task.Delay(FirstPause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_inFlight.Values);
    }

    /// <summary>Starts what there is room for, and says when to look again at the latest.</summary>
    private async Task<(DateTimeOffset? Instant, TimeSpan Most)> Pass(CancellationToken ct)
    {
        var asking = _asking.Count;
        Forget();
        if (_due.Count == 0 && !await Fetch(ct) && _inFlight.Count == 0)
        {
            if (_busy)
            {
                _busy = false;
                Emptied();
            }

            Answer(asking);
            return (await Next(ct), LongestWait);
        }

        while (_inFlight.Count < mostAtOnce && _due.TryDequeue(out var item))
        {
            var key = KeyOf(item);
            if (PauseOf(key) == TimeSpan.Zero)
            {
                _busy = true;
                _inFlight[key] = Run(key, item, ct);
            }
        }

        return (null, _paused.Count == 0 ? LongestWait : TimeSpan.FromTicks(Math.Max(FirstPause.Ticks, _paused.Keys.Min(PauseOf).Ticks)));
    }

    /// <summary>Asks what is due; false when nothing is.</summary>
    private async Task<bool> Fetch(CancellationToken ct)
    {
        var limit = Batch + _inFlight.Count + _paused.Count;
        var found = await Due(clock.GetUtcNow(), limit, ct);
        foreach (var item in found.DistinctBy(KeyOf).Where(item => !_inFlight.ContainsKey(KeyOf(item))))
        {
            // What was in flight when the store was asked may be done by now.
            _due.Enqueue(item);
        }

        if (found.Count < limit && _paused.Count > 0)
        {
            foreach (var done in _paused.Keys.Except(found.Select(KeyOf), StringComparer.Ordinal).ToArray())
            {
                _paused.Remove(done);
            }
        }

        return found.Count > 0;
    }

    private void Forget()
    {
        while (_ended.TryDequeue(out var ended))
        {
            _inFlight.Remove(ended.Key);
            if (!ended.Failed)
            {
                _paused.Remove(ended.Key);
                continue;
            }

            var pause = _paused.TryGetValue(ended.Key, out var before) ? before.Pause * 2 : FirstPause;
            _paused[ended.Key] = (TimeProvider.System.GetTimestamp(), pause > LongestPause ? LongestPause : pause);
        }
    }

    /// <summary>How long something that failed still has to wait; zero for everything else.</summary>
    private TimeSpan PauseOf(string key) =>
        _paused.TryGetValue(key, out var paused) && paused.Pause - TimeProvider.System.GetElapsedTime(paused.Since) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    private void Answer(int asking)
    {
        for (; asking > 0 && _asking.TryDequeue(out var asked); asking--)
        {
            asked.TrySetResult();
        }
    }

    private async Task Run(string key, T item, CancellationToken ct)
    {
        await Task.Yield();
        var failed = false;
        try
        {
            await Handle(item, clock.GetUtcNow(), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // It is due again at the next start.
        }
        catch (Exception exception)
        {
            failed = true;
            logger.LogError(exception, "{Key} failed and is tried again later.", key);
        }

        _ended.Enqueue((key, failed));
        pulse.Set();
    }
}
