using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CasePlanning.Functions.Tests;

/// <summary>
/// An engine on Azure Storage whose message to start an instance was lost: the row is there and says "pending", a start finds it, an event finds no
/// instance and is dropped, a termination ends the row. From then on it is the engine itself.
/// </summary>
/// <remarks>The engine in memory can't lose a message. github.com/Azure/azure-functions-durable-extension/issues/2060.</remarks>
internal sealed class LostStart(DurableTaskClient engine, DateTimeOffset at) : DurableTaskClient("lost start")
{
    /// <summary>Of the row; null once it was replaced.</summary>
    public OrchestrationRuntimeStatus? Row { get; private set; } = OrchestrationRuntimeStatus.Pending;

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Row is { } status
            ? Task.FromResult<OrchestrationMetadata?>(new("lost", instanceId) { RuntimeStatus = status, CreatedAt = at, LastUpdatedAt = at })
            : engine.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        if (Row == OrchestrationRuntimeStatus.Pending)
        {
            throw new OrchestrationAlreadyExistsException();
        }

        Row = null;
        return engine.ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, options, cancellation);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        Row is null ? engine.RaiseEventAsync(instanceId, eventName, eventPayload, cancellation) : Task.CompletedTask;

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Row = OrchestrationRuntimeStatus.Terminated;
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        engine.WaitForInstanceStartAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        engine.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => engine.SuspendInstanceAsync(instanceId, reason, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => engine.ResumeInstanceAsync(instanceId, reason, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => engine.GetAllInstancesAsync(filter);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
