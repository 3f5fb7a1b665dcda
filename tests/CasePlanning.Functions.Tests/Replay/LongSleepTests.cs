using CasePlanning.Functions.Loops;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Protobuf;

namespace CasePlanning.Functions.Tests.Replay;

/// <summary>A sleep of more than a month, on record up to its beginning; from there the engine's part is played without waiting for it.</summary>
public sealed class LongSleepTests
{
    [Fact]
    public void A_sleep_takes_thirty_days_and_fewer_than_a_hundred_rows_and_then_begins_anew()
    {
        var turn = Histories.Read(Histories.Current, "woken-from-a-long-sleep").First(each => Timer(each.Response) is not null);
        var began = turn.Request.NewEvents[0].Timestamp.ToDateTimeOffset();
        var rows = 0;
        for (var response = turn.Response; Timer(response) is { } timer; response = turn.Again())
        {
            turn = turn with { Request = After(turn.Request, timer.Id, timer.CreateTimer.FireAt) };
            rows = turn.Request.PastEvents.Count + turn.Request.NewEvents.Count;
        }

        Assert.Contains(turn.Again().Actions, action => action.CompleteOrchestration?.OrchestrationStatus == OrchestrationStatus.ContinuedAsNew);
        Assert.InRange(turn.Request.NewEvents[0].Timestamp.ToDateTimeOffset() - began, Loop.LongestSleep, Loop.LongestSleep + TimeSpan.FromSeconds(5));
        Assert.InRange(rows, 40, 99);
    }

    private static OrchestratorAction? Timer(OrchestratorResponse response) => response.Actions.LastOrDefault(action => action.CreateTimer is not null);

    /// <summary>What an instance is given once its timer has fired: everything before, that it asked for the timer, and that it fired.</summary>
    private static OrchestratorRequest After(OrchestratorRequest before, int timer, Timestamp at)
    {
        var request = before.Clone();
        request.PastEvents.Add(before.NewEvents);
        request.PastEvents.Add(new HistoryEvent { EventId = timer, Timestamp = before.NewEvents[0].Timestamp, TimerCreated = new TimerCreatedEvent { FireAt = at } });
        request.PastEvents.Add(new HistoryEvent { EventId = -1, Timestamp = before.NewEvents[0].Timestamp, OrchestratorCompleted = new OrchestratorCompletedEvent() });
        request.NewEvents.Clear();
        request.NewEvents.Add(new HistoryEvent { EventId = -1, Timestamp = at, OrchestratorStarted = new OrchestratorStartedEvent() });
        request.NewEvents.Add(new HistoryEvent { EventId = -1, Timestamp = at, TimerFired = new TimerFiredEvent { FireAt = at, TimerId = timer } });
        return request;
    }
}
