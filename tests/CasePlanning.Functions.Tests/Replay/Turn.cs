using System.Text.Json.Nodes;
using CasePlanning.Functions.Loops;
using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Protobuf;
using Microsoft.DurableTask.Worker.Grpc;

namespace CasePlanning.Functions.Tests.Replay;

/// <summary>One turn of an orchestration: the history it was done from, and what the code decided then.</summary>
internal sealed record Turn(OrchestratorRequest Request, OrchestratorResponse Response)
{
    private static readonly Dictionary<string, Func<TaskOrchestrationContext, Task>> Loops = new()
    {
        [nameof(PlanLifecycle)] = PlanLifecycle.Run,
        [nameof(CaseDuties)] = CaseDuties.Run,
        [nameof(DispatchMail)] = DispatchMail.Run,
    };

    public string Orchestration => Events.Select(row => row.ExecutionStarted?.Name).First(name => name is not null)!;

    public IEnumerable<HistoryEvent> Events => Request.PastEvents.Concat(Request.NewEvents);

    /// <summary>A turn as the present code takes it. Where a failure was thrown is left out: it names folders of the machine.</summary>
    public static Turn Taken(OrchestratorRequest request)
    {
        foreach (var failed in request.PastEvents.Concat(request.NewEvents).Select(row => row.TaskFailed).OfType<TaskFailedEvent>())
        {
            failed.FailureDetails.StackTrace = null;
        }

        var turn = new Turn(request, new OrchestratorResponse());
        return turn with { Response = turn.Again() };
    }

    public static Turn Read(JsonNode node) =>
        new(JsonParser.Default.Parse<OrchestratorRequest>(node["request"]!.ToJsonString()), JsonParser.Default.Parse<OrchestratorResponse>(node["response"]!.ToJsonString()));

    public JsonNode Write() => new JsonObject
    {
        ["request"] = JsonNode.Parse(JsonFormatter.Default.Format(Request)),
        ["response"] = JsonNode.Parse(JsonFormatter.Default.Format(Response)),
    };

    /// <summary>What the present code decides from the same history, or other code in its place.</summary>
    public OrchestratorResponse Again(Func<TaskOrchestrationContext, Task>? instead = null)
    {
        var loop = instead ?? Loops[Orchestration];
        var answer = GrpcOrchestrationRunner.LoadAndRun<object, object>(Convert.ToBase64String(Request.ToByteArray()), async (context, _) =>
        {
            await loop(context);
            return null;
        });
        return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer));
    }
}
