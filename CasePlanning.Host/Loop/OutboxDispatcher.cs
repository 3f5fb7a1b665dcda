using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;

namespace CasePlanning.Host.Loop;

/// <summary>
/// Hands over stored mail, several messages at once. While the mail server can't be reached one message at a time is tried, after pauses of
/// one minute up to five; then the others follow, the longest stored first.
/// </summary>
public sealed class OutboxDispatcher(MailDispatch dispatch, MailOutage outage, IOutbox outbox, Pulses pulses, TimeProvider clock, ILogger<OutboxDispatcher> logger)
    : Dispatcher<Message>(pulses.Outbox, clock, mostAtOnce: 16, logger)
{
    /// <summary>When the next message is tried, given when the first one asks for it.</summary>
    public DateTimeOffset? Held(DateTimeOffset? earliest) => outage.Until is { } until && earliest < until ? until : earliest;

    protected override async Task<IReadOnlyList<Message>> Due(DateTimeOffset now, int limit, CancellationToken ct) =>
        outage.Holds(now) ? [] : await outbox.Waiting(now, outage.Until is null ? limit : 1, ct);

    protected override async Task<DateTimeOffset?> Next(CancellationToken ct) => Held(await outbox.Earliest(ct));

    protected override string KeyOf(Message item) => item.Id;

    protected override async Task Handle(Message item, DateTimeOffset now, CancellationToken ct)
    {
        if (outage.Holds(now) || await dispatch.Dispatch(item.Id, now, ct) is not { } handover)
        {
            return;
        }

        outage.Learn(handover.Reached, now);
        if (handover.Message is { Unheard: true } unheard)
        {
            logger.LogError("Mail {Id} to {Person} is dead, and nobody could be told of it: {Error}", unheard.Id, unheard.Person, unheard.LastError);
        }
        else if (handover.Message is { LastError: { } error } tried)
        {
            logger.LogWarning("Mail {Id} is {State} after attempt {Attempt}: {Error}", tried.Id, tried.State, tried.Attempts, error);
        }
    }
}
