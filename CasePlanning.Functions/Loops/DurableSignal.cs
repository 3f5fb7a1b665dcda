using CasePlanning.Application.Ports;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Loops;

/// <summary>
/// Starts the loop of a subject, or ends its sleep where it runs. What is told was saved before, so nothing that goes wrong here
/// reaches the caller, and a caller who has gone away stops nothing: the stored wake stands, and the watchdog reads it.
/// </summary>
public sealed class DurableSignal(DurableClients clients, TimeProvider clock, ILogger<DurableSignal> log) : ISignal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>No start waits for its first step so long. The row of one whose message was lost says "pending" for ever, and drops every signal.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromHours(1);

    private static readonly OrchestrationRuntimeStatus[] Alive =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    public Task Nearer(string subject, DateTimeOffset due, CancellationToken ct) => Try(subject, StartOrWake);

    /// <summary>
    /// As <see cref="Nearer"/>, for a wake that is overdue. An instance that was suspended would keep its signals to itself, and is resumed. One that
    /// never began is terminated, and the next round starts it anew. One that runs is signalled and no more: the engine keeps what it waits for in
    /// queues, delivers it again, and would take its termination from the same.
    /// </summary>
    public Task Revive(string subject) => Try(subject, async (client, id, ct) =>
    {
        switch (await client.GetInstanceAsync(id, ct))
        {
            case { RuntimeStatus: OrchestrationRuntimeStatus.Pending } started when started.LastUpdatedAt < clock.GetUtcNow() - LongestStart:
                log.LogWarning("{Subject} was started at {Start} and never began; it is started anew.", subject, started.LastUpdatedAt);
                await client.TerminateInstanceAsync(id, "It never began.", ct);
                return;
            case { RuntimeStatus: OrchestrationRuntimeStatus.Suspended }:
                await client.ResumeInstanceAsync(id, "Its wake is overdue.", ct);
                break;
        }

        await StartOrWake(client, id, ct);
    });

    private async Task Try(string subject, Func<DurableTaskClient, string, CancellationToken, Task> tell)
    {
        if (!InstanceIds.IsOne(subject))
        {
            log.LogError("{Subject} has no loop, because the engine takes no instance of this id.", subject);
            return;
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            await tell(clients.Current, subject, patience.Token);
        }
        catch (Exception exception)
        {
            log.LogWarning(exception, "The signal to {Subject} was lost; it wakes at its stored time, or by the watchdog.", subject);
        }
    }

    /// <summary>A new instance takes its step first, so it needs no signal.</summary>
    private static async Task StartOrWake(DurableTaskClient client, string subject, CancellationToken ct)
    {
        try
        {
            var options = new StartOrchestrationOptions(subject).WithDedupeStatuses(Alive);
            await client.ScheduleNewOrchestrationInstanceAsync(OrchestratorOf(subject), options: options, cancellation: ct);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            await client.RaiseEventAsync(subject, Loop.Signal, cancellation: ct);
        }
    }

    private static string OrchestratorOf(string subject) => subject[..subject.IndexOf(':', StringComparison.Ordinal)] switch
    {
        "plan" => nameof(PlanLifecycle),
        "case" => nameof(CaseDuties),
        "mail" => nameof(DispatchMail),
        _ => throw new ArgumentException($"There is no loop for {subject}.", nameof(subject)),
    };
}
