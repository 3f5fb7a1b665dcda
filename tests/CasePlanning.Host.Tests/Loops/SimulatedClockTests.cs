using CasePlanning.Host.Clock;
using CasePlanning.Host.Tests.Processes;

namespace CasePlanning.Host.Tests.Loops;

/// <summary>The simulated clock belongs to its driver, and its now outlives the process.</summary>
public sealed class SimulatedClockTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2027, 1, 4, 18, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void It_stands_still_until_it_is_moved_and_never_goes_back()
    {
        using var clock = Clock();

        Assert.Equal(Start, clock.GetUtcNow());
        clock.MoveTo(Start.AddDays(3));
        clock.MoveTo(Start.AddDays(1));

        Assert.Equal(Start.AddDays(3), clock.GetUtcNow());
        Assert.Null(clock.RealTimeUntil(Start.AddDays(4)));
    }

    [Fact]
    public void Another_start_goes_on_where_it_stood_though_nobody_closed_it()
    {
        Clock().MoveTo(Start.AddDays(3).AddTicks(1));

        using var next = Clock();

        Assert.Equal(Start.AddDays(3).AddTicks(1), next.GetUtcNow());
    }

    [Fact]
    public void With_a_speed_no_instant_that_was_read_lies_ahead_of_the_next_start()
    {
        var clock = Clock(speed: 1_000_000);
        var last = Start;
        for (var reads = 0; reads < 1000; reads++)
        {
            var now = clock.GetUtcNow();
            Assert.True(now >= last);
            last = now;
        }

        using var next = Clock();

        Assert.True(next.GetUtcNow() >= last);
    }

    public void Dispose() => _folder.Dispose();

    private SimulatedClock Clock(double? speed = null) => new(_folder.Of("clock"), Start, speed);
}
