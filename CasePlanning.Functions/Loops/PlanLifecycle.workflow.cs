using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CasePlanning.Functions.Loops;

/// <summary>One instance per case plan, under the id <c>plan:…</c>.</summary>
public static class PlanLifecycle
{
    [Function(nameof(PlanLifecycle))]
    public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context) => Loop.Run(context, nameof(Tick));
}
