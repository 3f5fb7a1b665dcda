using System.Collections.Concurrent;
using CasePlanning.Api.Tests.World;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Api.Tests;

/// <summary>What has slept through its stored wake is woken.</summary>
public sealed class WatchdogTests : ApiWorld
{
    [Fact]
    public async Task A_round_wakes_all_that_is_overdue_many_at_once_and_nothing_else()
    {
        const int Cases = 30, Plans = 80;
        for (var number = 0; number < Cases; number++)
        {
            await Sleep($"{number}", Enumerable.Range(0, Plans), Clock.Now - Watchdog.Grace);
        }

        await Sleep("awake", [0], Clock.Now - Watchdog.Grace + TimeSpan.FromSeconds(1));
        var signal = new Together(16);

        var (lag, overdue) = await new Watchdog(Stores.Wakes, Stores.Outbox, signal).Run(Clock.Now, default);

        Assert.Equal((Watchdog.Grace, Cases * Plans), (lag.OldestWake, overdue));
        Assert.Equal(Cases * Plans, signal.Told.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain("plan:sample-awake.0", signal.Told);
    }

    private async Task Sleep(string number, IEnumerable<int> plans, DateTimeOffset due) => Assert.Equal(SaveOutcome.Saved, await Stores.Cases.Save(
        new CaseChange
        {
            Case = $"sample-{number}",
            ExpectedVersion = 0,
            File = new CaseFile { Id = $"sample-{number}", Agency = "sample", Number = number },
            Wakes = [.. plans.Select(plan => new Wake($"plan:sample-{number}.{plan}", $"sample-{number}", due))],
        },
        default));

    /// <summary>Takes a signal once so many are under way, as a slow engine would.</summary>
    private sealed class Together(int most) : ISignal
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Told { get; } = [];

        public async Task Nearer(string subject, DateTimeOffset due, CancellationToken ct)
        {
            Told.Enqueue(subject);
            if (Told.Count >= most)
            {
                _all.TrySetResult();
            }

            await _all.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, ct);
        }
    }
}
