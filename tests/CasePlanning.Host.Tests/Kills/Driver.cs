using System.Globalization;
using CasePlanning.Host.Tests.Processes;

namespace CasePlanning.Host.Tests.Kills;

/// <summary>When to kill: during which step, after what part of the time it takes, and whether again while starting.</summary>
internal sealed record PlannedKill(int Step, double Part, double? WhileStarting)
{
    /// <summary>Stands for the first start, in the middle of loading the sample agency.</summary>
    public const int FirstStart = -1;
}

/// <summary>
/// Plays the scenario against a host whose clock it owns. When the host dies it starts it again and repeats the request under the same
/// idempotency key.
/// </summary>
internal sealed class Driver(string data, IEnumerable<PlannedKill> kills) : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMilliseconds(800);

    private readonly Queue<PlannedKill> _kills = new(kills.OrderBy(kill => kill.Step));
    private HostProcess? _host;

    /// <summary>How long each step took.</summary>
    public List<TimeSpan> Took { get; } = [];

    public int Killed { get; private set; }

    /// <param name="usual">How long each step takes when nothing is killed; empty to measure.</param>
    public async Task<Remains> Play(IReadOnlyList<TimeSpan> usual)
    {
        await Start(_kills.TryPeek(out var first) && first.Step == PlannedKill.FirstStart ? _kills.Dequeue().WhileStarting : null);
        for (var index = 0; index < Scenario.Steps.Count; index++)
        {
            var began = TimeProvider.System.GetTimestamp();
            while (_kills.TryPeek(out var kill) && kill.Step == index)
            {
                _kills.Dequeue();
                await DoAndKill(index, usual[index] * kill.Part);
                await Start(kill.WhileStarting);
            }

            var answer = await Do(index);
            Assert.True(answer.Status is 200 or 201, $"Step {index}, {Scenario.Steps[index].Method} {Scenario.Steps[index].Path}: {answer.Status} {answer.Body}");
            Took.Add(TimeProvider.System.GetElapsedTime(began));
        }

        return await Remains.Of(_host!, data);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    /// <summary>Starts the host; where asked, kills the first attempt on the way.</summary>
    private async Task Start(double? killedAfter)
    {
        if (killedAfter is { } part)
        {
            await using var first = HostProcess.Launch(data, Settings);
            await Task.Delay(LongestStart * part, TimeProvider.System);
            await first.Kill();
            Killed++;
        }

        _host = await HostProcess.Start(data, Settings);
    }

    /// <summary>Sends a step and kills the host after a while, whether or not it has answered.</summary>
    private async Task DoAndKill(int index, TimeSpan after)
    {
        var asking = Do(index);
        await Task.Delay(after, TimeProvider.System);
        await _host!.Kill();
        Killed++;
        await asking.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await _host.DisposeAsync();
    }

    private Task<Answer> Do(int index)
    {
        var step = Scenario.Steps[index];
        (string, string)[] headers = [("Idempotency-Key", index.ToString("'step-'0", CultureInfo.InvariantCulture)), .. step.IfMatch is { } tag ? [("If-Match", tag)] : Array.Empty<(string, string)>()];
        return _host!.Send(step.Method, step.Path, step.Person, step.Json, headers);
    }

    private static (string Key, string? Value)[] Settings { get; } =
        [("Clock:Mode", "simulated"), ("Clock:Start", Scenario.Start), ("CasePlanning:PublicAddress", "http://plans.localhost"), ("Mail:Domain", "plans.localhost")];
}
