using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Loops;

/// <summary>
/// The activity of a message's loop: one attempt, if one is due and mail goes out at all. The message itself says when the next is; while the
/// service can't be reached, the outage does.
/// </summary>
public sealed class Dispatch(MailDispatch mail, MailOutage outage, IOutbox outbox, TimeProvider clock, ILogger<Dispatch> log)
{
    [Function(nameof(Dispatch))]
    public async Task<TickReport> Run([ActivityTrigger] string subject, CancellationToken ct)
    {
        var id = DispatchMail.MessageOf(subject);
        var now = clock.GetUtcNow();
        if (outage.Holds(now))
        {
            return TickReport.Of(await outbox.Find(id, ct), notBefore: outage.Until);
        }

        var handover = await mail.Dispatch(id, now, ct);
        if (handover is not null)
        {
            outage.Learn(handover.Reached, now);
        }

        var tried = handover?.Message;
        if (tried is { Unheard: true })
        {
            log.LogError("Mail {Id} to {Person} is dead, and nobody could be told of it: {Error}", tried.Id, tried.Person, tried.LastError);
        }
        else if (tried is { LastError: { } error })
        {
            log.LogWarning("Mail {Id} is {State} after attempt {Attempt}: {Error}", tried.Id, tried.State, tried.Attempts, error);
        }

        return TickReport.Of(tried ?? await outbox.Find(id, ct));
    }
}
