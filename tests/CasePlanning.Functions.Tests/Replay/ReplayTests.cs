using CasePlanning.Functions.Loops;
using Microsoft.DurableTask.Protobuf;

namespace CasePlanning.Functions.Tests.Replay;

/// <summary>An instance that began under a release goes on under the next: from each history on record the present code decides what was decided then.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    public static TheoryData<string, string> OnRecord
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (version, course) in Histories.OnRecord)
            {
                data.Add(version, course);
            }

            return data;
        }
    }

    public Task InitializeAsync() => Histories.IsToBeRecorded ? Histories.Record() : Task.CompletedTask;

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory, MemberData(nameof(OnRecord))]
    public void The_present_code_decides_what_was_decided_then(string version, string course) =>
        Assert.All(Histories.Read(version, course), turn => Assert.Equal(AsOfNow(turn.Response), turn.Again()));

    [Fact]
    public void An_instance_of_any_version_begins_anew_as_one_of_the_present()
    {
        var anew = Histories.OnRecord.SelectMany(file => Histories.Read(file.Version, file.Course)).Select(turn => turn.Again()).Where(response => Ends(response, OrchestrationStatus.ContinuedAsNew)).ToArray();

        Assert.NotEmpty(anew);
        Assert.All(anew, response => Assert.Equal(Histories.Current, Assert.Single(response.Actions, action => action.CompleteOrchestration is not null).CompleteOrchestration.NewVersion));
        Assert.Equal(Loop.Version, Histories.Current);
    }

    [Fact]
    public void The_present_version_has_a_history_of_every_loop_and_of_every_way_to_wake()
    {
        var turns = Histories.OnRecord.Where(file => file.Version == Histories.Current).SelectMany(file => Histories.Read(file.Version, file.Course)).ToArray();

        Assert.Equal(["CaseDuties", "DispatchMail", "PlanLifecycle"], turns.Select(turn => turn.Orchestration).Distinct().Order(StringComparer.Ordinal));
        HistoryEvent.EventTypeOneofCase[] ways =
        [
            HistoryEvent.EventTypeOneofCase.TaskCompleted, HistoryEvent.EventTypeOneofCase.TaskFailed,
            HistoryEvent.EventTypeOneofCase.TimerFired, HistoryEvent.EventTypeOneofCase.EventRaised,
        ];
        Assert.All(ways, way => Assert.Contains(turns, turn => turn.Request.NewEvents.Any(row => row.EventTypeCase == way)));
        Assert.Contains(turns, turn => Ends(turn.Response, OrchestrationStatus.Completed));
        Assert.Contains(turns, turn => Ends(turn.Response, OrchestrationStatus.ContinuedAsNew));
    }

    [Fact]
    public void Code_that_does_something_else_is_found_out()
    {
        var woken = Histories.Read(Histories.Current, "woken-by-signal").First(turn => turn.Request.NewEvents.Any(row => row.EventRaised is not null));

        var response = woken.Again(async context =>
        {
            await context.CallActivityAsync("SomethingElse");
            await Loop.Run(context, nameof(Tick));
        });

        Assert.NotEqual(woken.Response, response);
        Assert.True(Ends(response, OrchestrationStatus.Failed));
    }

    /// <summary>What begins anew does so as the present version, and no history tells of it: it is the last that the old one decides.</summary>
    private static OrchestratorResponse AsOfNow(OrchestratorResponse then)
    {
        var now = then.Clone();
        foreach (var completion in now.Actions.Select(action => action.CompleteOrchestration).Where(completion => completion?.OrchestrationStatus == OrchestrationStatus.ContinuedAsNew))
        {
            completion.NewVersion = Loop.Version;
        }

        return now;
    }

    private static bool Ends(OrchestratorResponse response, OrchestrationStatus status) => response.Actions.Any(action => action.CompleteOrchestration?.OrchestrationStatus == status);
}
