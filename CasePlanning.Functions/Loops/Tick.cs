using System.Text.Json;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CasePlanning.Functions.Loops;

/// <summary>The activity of a plan's or case's loop. It may run more than once for one wake; so may a tick.</summary>
public sealed class Tick(Ticker ticker, ISignal signal, DurableClients clients, TimeProvider clock)
{
    /// <summary>Starts the loops of what the tick stored to be sent; a start that is lost the sweep makes up for.</summary>
    [Function(nameof(Tick))]
    public async Task<TickReport> Run([ActivityTrigger] string subject, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        clients.Lend(client);
        var now = clock.GetUtcNow();
        var result = await ticker.Tick(subject, now, ct);
        await Task.WhenAll(result.Stored.Select(message => signal.Nearer(DispatchMail.SubjectOf(message), now, ct)));
        return TickReport.Of(result);
    }
}

/// <summary>What a step of a loop found, as histories keep it. Members are only ever added, and what they say is text, so that an old history can be read.</summary>
/// <param name="Stage">Of a plan, or how far a message got; null for the case's own duties.</param>
/// <param name="NextDeadline">In words.</param>
/// <param name="NextWake">When the next step is due, UTC; null when only a change can bring one.</param>
/// <param name="Ended">True when there is nothing left to do for the subject.</param>
public sealed record TickReport(string? Stage, string? NextDeadline, DateTimeOffset? NextWake, bool Ended)
{
    public static TickReport Of(TickResult result) => new(Word(result.Stage), result.NextDeadline, result.NextWake, result.Ended);

    /// <param name="message">Null when there is none.</param>
    /// <param name="notBefore">When the next attempt is made at the earliest, UTC.</param>
    public static TickReport Of(Message? message, DateTimeOffset? notBefore = null)
    {
        var next = message is { State: MessageState.Waiting } ? message.NextAttempt : (DateTimeOffset?)null;
        return new(Word(message?.State), null, notBefore > next ? notBefore : next, Ended: next is null);
    }

    private static string? Word<T>(T? word) where T : struct, Enum => word is null ? null : JsonNamingPolicy.KebabCaseLower.ConvertName(word.Value.ToString());
}
