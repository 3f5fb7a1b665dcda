using System.Collections.Concurrent;

namespace CasePlanning.Host.Loop;

/// <summary>
/// Does what is due, many at once, and waits for the next. What fails is logged and tried again after a pause that grows, and holds up nothing else.
/// </summary>
/// <param name="pulse">Wakes the loop.</param>
/// <param name="clock">Says what is due.</param>
/// <param name="mostAtOnce">How many are in flight at most; where several are handled together, how many times so many.</param>
/// <param name="logger">Learns of failures.</param>
/// <param name="together">How many are handled together at most.</param>
public abstract class Dispatcher<T>(Pulse pulse, TimeProvider clock, int mostAtOnce, ILogger logger, int together = 1) : BackgroundService
{
    private const int Fetched = 256;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Task> _inFlight = [];
    private readonly ConcurrentQueue<IReadOnlyList<(string Key, bool Failed)>> _ended = [];
    private readonly Dictionary<string, (long Since, TimeSpan Pause)> _paused = [];
    private readonly Queue<T> _due = [];
    private readonly ConcurrentQueue<TaskCompletionSource> _asking = [];
    private int _running;
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

    /// <summary>Handles several together. When it throws they are handled one by one, so that each fails or not by itself.</summary>
    protected virtual Task Handle(IReadOnlyList<T> items, DateTimeOffset now, CancellationToken ct) => throw new NotSupportedException($"{GetType().Name} handles one at a time.");

    /// <summary>Called when everything that was due is done.</summary>
    protected virtual void Emptied()
    {
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Loop(stoppingToken), CancellationToken.None, TaskCreationOptions.DenyChildAttach, LoopTurns.Scheduler).Unwrap();

    private async Task Loop(CancellationToken stoppingToken)
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

        while (_running < mostAtOnce && Batch() is { Count: > 0 } items)
        {
            _busy = true;
            _running++;
            var run = Run(items, ct);
            foreach (var item in items)
            {
                _inFlight[KeyOf(item)] = run;
            }
        }

        return (null, _paused.Count == 0 ? LongestWait : TimeSpan.FromTicks(Math.Max(FirstPause.Ticks, _paused.Keys.Min(PauseOf).Ticks)));
    }

    /// <summary>The next that are handled together; none when nothing that is due may be tried.</summary>
    private List<T> Batch()
    {
        var items = new List<T>(together);
        while (items.Count < together && _due.TryDequeue(out var item))
        {
            if (PauseOf(KeyOf(item)) == TimeSpan.Zero)
            {
                items.Add(item);
            }
        }

        return items;
    }

    /// <summary>Asks what is due; false when nothing is.</summary>
    private async Task<bool> Fetch(CancellationToken ct)
    {
        var limit = Fetched + _inFlight.Count + _paused.Count;
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
        while (_ended.TryDequeue(out var batch))
        {
            _running--;
            foreach (var (key, failed) in batch)
            {
                _inFlight.Remove(key);
                if (!failed)
                {
                    _paused.Remove(key);
                    continue;
                }

                var pause = _paused.TryGetValue(key, out var before) ? before.Pause * 2 : FirstPause;
                _paused[key] = (TimeProvider.System.GetTimestamp(), pause > LongestPause ? LongestPause : pause);
            }
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

    private async Task Run(List<T> items, CancellationToken ct)
    {
        await Task.Yield();
        var ended = new List<(string Key, bool Failed)>(items.Count);
        if (items.Count > 1 && await HandledTogether(items, ct))
        {
            ended.AddRange(items.Select(item => (KeyOf(item), false)));
        }
        else
        {
            foreach (var item in items)
            {
                ended.Add((KeyOf(item), !await Handled(item, ct)));
            }
        }

        _ended.Enqueue(ended);
        pulse.Set();
    }

    private async Task<bool> HandledTogether(List<T> items, CancellationToken ct)
    {
        try
        {
            await Handle(items, clock.GetUtcNow(), ct);
            return true;
        }
        catch (Exception exception)
        {
            if (!ct.IsCancellationRequested)
            {
                logger.LogDebug(exception, "{Count} failed together and are tried one by one.", items.Count);
            }

            return false;
        }
    }

    /// <summary>False when it failed; what is cancelled is due again at the next start.</summary>
    private async Task<bool> Handled(T item, CancellationToken ct)
    {
        try
        {
            await Handle(item, clock.GetUtcNow(), ct);
            return true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "{Key} failed and is tried again later.", KeyOf(item));
            return false;
        }
    }
}
