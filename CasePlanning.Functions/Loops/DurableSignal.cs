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

    private static readonly OrchestrationRuntimeStatus[] Alive =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    public Task Nearer(string subject, DateTimeOffset due, CancellationToken ct) => Try(subject, StartOrWake);

    /// <summary>As <see cref="Nearer"/>, and resumes an instance that was suspended: it would keep its signals to itself.</summary>
    public Task Revive(string subject) => Try(subject, async (client, id, ct) =>
    {
        if (await client.GetInstanceAsync(id, ct) is { RuntimeStatus: OrchestrationRuntimeStatus.Suspended })
        {
            await client.ResumeInstanceAsync(id, "Its wake is overdue.", ct);
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
