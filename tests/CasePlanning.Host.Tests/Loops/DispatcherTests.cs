using System.Collections.Concurrent;
using CasePlanning.Host.Loop;
using CasePlanning.Host.Tests.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Host.Tests.Loops;

/// <summary>The loops do everything that is due, many at once, and what fails holds up nothing else.</summary>
public sealed class DispatcherTests : IAsyncDisposable
{
    private readonly Pulse _pulse = new();
    private readonly Work _work;

    public DispatcherTests() => _work = new Work(_pulse);

    [Fact]
    public async Task Everything_due_is_done_and_then_the_loop_is_quiet()
    {
        _work.Add(Enumerable.Range(1, 1000));
        _work.AreMet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _work.StartAsync(CancellationToken.None);

        await _work.Quiet(CancellationToken.None);

        Assert.Equal(Enumerable.Range(1, 1000), _work.Done.Order());
        Assert.Equal(Work.Room, _work.MostAtOnce);
    }

    [Fact]
    public async Task Something_new_is_done_on_a_pulse_without_waiting_for_the_minute()
    {
        await _work.StartAsync(CancellationToken.None);
        await _work.Quiet(CancellationToken.None);

        _work.Add([7]);
        _pulse.Set();

        await Eventually.Holds(() => Task.FromResult(_work.Done.Contains(7)), "the new one is done");
    }

    [Fact]
    public async Task One_that_fails_is_tried_again_later_and_blocks_no_other()
    {
        _work.Failing.TryAdd(1, 2);
        _work.Add(Enumerable.Range(1, 300));
        await _work.StartAsync(CancellationToken.None);

        await Eventually.Holds(() => Task.FromResult(_work.Done.Count == 299), "all others are done");
        Assert.DoesNotContain(1, _work.Done);
        await Eventually.Holds(() => Task.FromResult(_work.Done.Contains(1)), "the one that failed is done in the end");
    }

    [Fact]
    public async Task One_that_never_ends_blocks_no_other_and_the_loop_can_still_be_stopped()
    {
        _work.Hanging = 1;
        _work.Add(Enumerable.Range(1, 300));
        await _work.StartAsync(CancellationToken.None);

        await Eventually.Holds(() => Task.FromResult(_work.Done.Count == 299), "all others are done");

        await _work.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_is_handled_together_is_handled_one_by_one_when_one_of_it_fails()
    {
        using var work = new Work(_pulse, together: 8);
        work.Failing.TryAdd(1, 2);
        work.Add(Enumerable.Range(1, 300));
        await work.StartAsync(CancellationToken.None);

        await Eventually.Holds(() => Task.FromResult(work.Done.Count == 299), "all others are done");
        Assert.DoesNotContain(1, work.Done);
        Assert.Equal(8, work.MostTogether);
        await Eventually.Holds(() => Task.FromResult(work.Done.Contains(1)), "the one that failed is done in the end");
        await work.StopAsync(CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 300), work.Done.Order());
    }

    [Fact]
    public async Task A_store_that_fails_is_asked_again()
    {
        _work.LooksThatFail = 1;
        _work.Add([1]);
        await _work.StartAsync(CancellationToken.None);

        await Eventually.Holds(() => Task.FromResult(_work.Done.Contains(1)), "it is done");
    }

    public async ValueTask DisposeAsync()
    {
        await _work.StopAsync(CancellationToken.None);
        _work.Dispose();
    }

    private sealed class Work(Pulse pulse, int together = 1) : Dispatcher<int>(pulse, TimeProvider.System, Room, NullLogger.Instance, together)
    {
        public const int Room = 16;

        private readonly ConcurrentDictionary<int, bool> _due = [];
        private int _atOnce;

        public ConcurrentBag<int> Done { get; } = [];

        /// <summary>How often each is still to fail.</summary>
        public ConcurrentDictionary<int, int> Failing { get; } = [];

        public int? Hanging { get; set; }

        /// <summary>Set where the first wait until as many as there is room for are at work at once.</summary>
        public TaskCompletionSource? AreMet { get; set; }

        public int LooksThatFail { get; set; }

        public int MostAtOnce { get; private set; }

        public int MostTogether { get; private set; }

        private Task Meet(int atOnce, CancellationToken ct)
        {
            if (atOnce == Room)
            {
                AreMet?.TrySetResult();
            }

            return AreMet?.Task.WaitAsync(ct) ?? Task.CompletedTask;
        }

        public void Add(IEnumerable<int> items)
        {
            foreach (var item in items)
            {
                _due[item] = true;
            }
        }

        protected override Task<IReadOnlyList<int>> Due(DateTimeOffset now, int limit, CancellationToken ct) =>
            LooksThatFail-- > 0 ? throw new IOException("The store can't be read.") : Task.FromResult<IReadOnlyList<int>>([.. _due.Keys.Order().Take(limit)]);

        protected override Task<DateTimeOffset?> Next(CancellationToken ct) => Task.FromResult<DateTimeOffset?>(null);

        protected override string KeyOf(int item) => item.ToString("0", System.Globalization.CultureInfo.InvariantCulture);

        protected override async Task Handle(IReadOnlyList<int> items, DateTimeOffset now, CancellationToken ct)
        {
            MostTogether = Math.Max(MostTogether, items.Count);
            if (items.Any(item => Failing.TryGetValue(item, out var left) && left > 0))
            {
                throw new InvalidOperationException("Not together.");
            }

            foreach (var item in items)
            {
                await Handle(item, now, ct);
            }
        }

        protected override async Task Handle(int item, DateTimeOffset now, CancellationToken ct)
        {
            var atOnce = Interlocked.Increment(ref _atOnce);
            MostAtOnce = Math.Max(MostAtOnce, atOnce);
            try
            {
                await (item == Hanging ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct) : Meet(atOnce, ct));
                if (Failing.TryGetValue(item, out var left) && left > 0)
                {
                    Failing[item] = left - 1;
                    throw new InvalidOperationException("Not today.");
                }

                _due.TryRemove(item, out _);
                Done.Add(item);
            }
            finally
            {
                Interlocked.Decrement(ref _atOnce);
            }
        }
    }
}
