using System.Text.Json;
using CasePlanning.Application.Loop;
using CasePlanning.Domain.Plans;
using Microsoft.Azure.Functions.Worker;

namespace CasePlanning.Functions.Loops;

/// <summary>The activity of both orchestrations. It may run more than once for one wake; so may a tick.</summary>
public sealed class Tick(Ticker ticker, TimeProvider clock)
{
    [Function(nameof(Tick))]
    public async Task<TickReport> Run([ActivityTrigger] string subject, CancellationToken ct) =>
        TickReport.Of(await ticker.Tick(subject, clock.GetUtcNow(), ct));
}

/// <summary>A <see cref="TickResult"/> as histories keep it. Members are only ever added, and what they say is text, so that an old history can be read.</summary>
public sealed record TickReport(string? Stage, string? NextDeadline, DateTimeOffset? NextWake, bool Ended)
{
    public static TickReport Of(TickResult result) => new(Word(result.Stage), result.NextDeadline, result.NextWake, result.Ended);

    private static string? Word(Stage? stage) => stage is null ? null : JsonNamingPolicy.KebabCaseLower.ConvertName(stage.Value.ToString());
}
