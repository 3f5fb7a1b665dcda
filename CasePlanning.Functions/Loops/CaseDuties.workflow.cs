using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CasePlanning.Functions.Loops;

/// <summary>One instance per case for the duties that belong to no plan, under the id <c>case:…</c>.</summary>
public static class CaseDuties
{
    [Function(nameof(CaseDuties))]
    public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context) => Loop.Run(context, nameof(Tick));
}
