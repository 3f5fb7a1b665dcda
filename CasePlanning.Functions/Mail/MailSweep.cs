using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using CasePlanning.Functions.Loops;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Mail;

/// <summary>Starts the loop of every message that is to be tried now. One whose loop should have tried it long ago is resumed, too.</summary>
public sealed class MailSweep(IOutbox outbox, MailOutage outage, DurableSignal signal, TimeProvider clock, ILogger<MailSweep> log)
{
    /// <summary>Most messages of one round; the longest stored come first, and the next round takes the others.</summary>
    private const int MostARound = 2000;

    /// <summary>Most messages that the request which stored one of them waits for.</summary>
    private const int MostARequest = 20;

    public Task Run(CancellationToken ct) => Run(MostARound, ct);

    /// <summary>Looks at once after something was saved. What fails here the next round makes up for.</summary>
    public async Task AfterSave(CancellationToken ct)
    {
        try
        {
            await Run(MostARequest, ct);
        }
        catch (Exception exception)
        {
            log.LogWarning(exception, "Mail that was stored waits for the next sweep.");
        }
    }

    private async Task Run(int limit, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await Parallel.ForEachAsync(
            await outbox.Waiting(now, outage.Holds(now) ? 0 : limit, ct),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = ct },
            async (message, stopped) => await Start(message, now, stopped));
    }

    private Task Start(Message message, DateTimeOffset now, CancellationToken ct)
    {
        var subject = DispatchMail.SubjectOf(message.Id);
        return message.NextAttempt < now - Watchdog.Grace ? signal.Revive(subject) : signal.Nearer(subject, now, ct);
    }
}
