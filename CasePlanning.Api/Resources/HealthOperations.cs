using CasePlanning.Api.Pipeline;
using CasePlanning.Application.Loop;
using CasePlanning.Domain;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Api.Resources;

/// <summary>How the service does; ages are in whole seconds.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c>, or <c>degraded</c> while there are dead letters that nobody could be told of.</param>
public sealed record Health(string Status, int? OldestWakeSeconds = null, int? OldestMailSeconds = null, int? UnheardMail = null);

internal static class HealthOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Health",
        Define.Read<Health>("isLive", "/health/live", Policy.Anonymous, "Answers as long as the process runs.", _ => Define.Answer(new Health("live"))),
        Define.Read<Health>("isReady", "/health/ready", Policy.Anonymous, "Answers 503 when reminders or mail are behind, or the store can't be read.", Ready));

    private static async Task<Result<Health>> Ready(Call call)
    {
        var most = call.Get<ApiOptions>().ReadinessLag;
        var lag = await Measured(call);
        if (lag.OldestWake > most || lag.OldestMail > most)
        {
            throw new EdgeException(
                Problems.Behind,
                $"The oldest due reminder waits for {Minutes(lag.OldestWake)} minutes and the oldest unsent message for {Minutes(lag.OldestMail)}; more than {Minutes(most)} is too long.");
        }

        return new Health(lag.Unheard == 0 ? "ready" : "degraded", (int)lag.OldestWake.TotalSeconds, (int)lag.OldestMail.TotalSeconds, lag.Unheard);
    }

    private static async Task<Lag> Measured(Call call)
    {
        try
        {
            return await call.Get<Watchdog>().Measure(call.Now, call.Aborted);
        }
        catch (Exception exception) when (!call.Aborted.IsCancellationRequested)
        {
            call.Get<ILoggerFactory>().CreateLogger("CasePlanning.Api").LogError(exception, "The store can't be read.");
            throw new EdgeException(Problems.Behind, "The store can't be read.");
        }
    }

    private static int Minutes(TimeSpan span) => (int)Math.Min(span.TotalMinutes, int.MaxValue);
}
