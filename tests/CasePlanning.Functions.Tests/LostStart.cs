using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CasePlanning.Functions.Tests;

/// <summary>
/// An engine on Azure Storage whose message to start an instance was lost: the row is there and says "pending", a start finds it, an event finds no
/// instance and is dropped, a termination ends the row. From then on it is the engine itself.
/// </summary>
/// <remarks>The engine in memory can't lose a message. github.com/Azure/azure-functions-durable-extension/issues/2060.</remarks>
internal sealed class LostStart(DurableTaskClient engine, DateTimeOffset at) : Relay(engine)
{
    /// <summary>Of the row; null once it was replaced.</summary>
    public OrchestrationRuntimeStatus? Row { get; private set; } = OrchestrationRuntimeStatus.Pending;

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Row is { } status
            ? Task.FromResult<OrchestrationMetadata?>(new("lost", instanceId) { RuntimeStatus = status, CreatedAt = at, LastUpdatedAt = at })
            : base.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        if (Row == OrchestrationRuntimeStatus.Pending)
        {
            throw new OrchestrationAlreadyExistsException();
        }

        Row = null;
        return base.ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, options, cancellation);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        Row is null ? base.RaiseEventAsync(instanceId, eventName, eventPayload, cancellation) : Task.CompletedTask;

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Row = OrchestrationRuntimeStatus.Terminated;
        return Task.CompletedTask;
    }
}
