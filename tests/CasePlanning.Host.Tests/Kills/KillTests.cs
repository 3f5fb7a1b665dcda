using CasePlanning.Host.Tests.Processes;
using Xunit.Abstractions;

namespace CasePlanning.Host.Tests.Kills;

/// <summary>A host killed with SIGKILL at random moments ends with the same plans, the same ledger and the same mail as one that never was.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public Task Ten_kills_leave_no_trace() => KillsLeaveNoTrace(10, seed: 20261122);

    [Fact, Trait("Category", "Long")]
    public Task Two_hundred_kills_leave_no_trace() => KillsLeaveNoTrace(200, seed: 1122);

    private async Task KillsLeaveNoTrace(int count, int seed)
    {
        var began = TimeProvider.System.GetTimestamp();
        using var undisturbed = new TemporaryFolder();
        await using var calm = new Driver(undisturbed.Of("data"), []);
        var expected = await calm.Play([]);
        output.WriteLine($"Never killed: {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s, {expected.Mail.Count} messages.");

        began = TimeProvider.System.GetTimestamp();
        using var disturbed = new TemporaryFolder();
        await using var killed = new Driver(disturbed.Of("data"), Plan(count, new Random(seed)));
        var found = await killed.Play(calm.Took);
        output.WriteLine($"Killed {killed.Killed} times: {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s, {found.Mail.Count} messages.");

        var differences = found.DifferencesFrom(expected);
        Assert.True(differences.Count == 0, $"Seed {seed}, {differences.Count} differences:\n{string.Join("\n", differences.Take(20))}");
        Assert.Equal(count, killed.Killed);
        Assert.True(expected.Mail.Count > 200, $"Only {expected.Mail.Count} messages were sent.");
    }

    /// <summary>Half of the kills hit the moves of the clock, where the loops work; some come again while the host starts.</summary>
    private static IEnumerable<PlannedKill> Plan(int count, Random random)
    {
        var moves = Scenario.Steps.Index().Where(step => step.Item.MovesTheClock).Select(step => step.Index).ToArray();
        yield return new PlannedKill(PlannedKill.FirstStart, 0, random.NextDouble());
        for (var planned = 1; planned < count;)
        {
            var step = random.Next(2) == 0 ? moves[random.Next(moves.Length)] : random.Next(Scenario.Steps.Count);
            double? again = planned + 2 <= count && random.Next(5) == 0 ? random.NextDouble() : null;
            planned += again is null ? 1 : 2;
            yield return new PlannedKill(step, random.NextDouble(), again);
        }
    }
}
