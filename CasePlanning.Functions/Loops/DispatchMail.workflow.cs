using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CasePlanning.Functions.Loops;

/// <summary>One instance per stored message, under the id <c>mail:</c> and its Message-ID: an attempt, then a sleep until the next, until it was sent or given up.</summary>
public static class DispatchMail
{
    private const string Prefix = "mail:";

    /// <summary>The subject of a message's loop, which is its instance's id.</summary>
    public static string SubjectOf(string messageId) => Prefix + messageId;

    public static string MessageOf(string subject) => subject[Prefix.Length..];

    [Function(nameof(DispatchMail))]
    public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context) => Loop.Run(context, nameof(Dispatch));
}
