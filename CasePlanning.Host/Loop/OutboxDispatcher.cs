using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;

namespace CasePlanning.Host.Loop;

/// <summary>
/// Hands over stored mail, several messages at once. While the mail server can't be reached one message at a time is tried, after pauses of
/// one minute up to five; then the others follow, the longest stored first.
/// </summary>
public sealed class OutboxDispatcher(MailDispatch dispatch, IOutbox outbox, Pulses pulses, TimeProvider clock, ILogger<OutboxDispatcher> logger)
    : Dispatcher<Message>(pulses.Outbox, clock, mostAtOnce: 16, logger)
{
    private static readonly TimeSpan FirstPause = MailDispatch.PauseOfAnOutage;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private volatile Outage? _outage;

    /// <summary>When the next message is tried, given when the first one asks for it.</summary>
    public DateTimeOffset? Held(DateTimeOffset? earliest) => _outage is { } outage && earliest < outage.Until ? outage.Until : earliest;

    protected override async Task<IReadOnlyList<Message>> Due(DateTimeOffset now, int limit, CancellationToken ct) => _outage switch
    {
        null => await outbox.Waiting(now, limit, ct),
        { } outage when now < outage.Until => [],
        _ => await outbox.Waiting(now, 1, ct),
    };

    protected override async Task<DateTimeOffset?> Next(CancellationToken ct) => Held(await outbox.Earliest(ct));

    protected override string KeyOf(Message item) => item.Id;

    protected override async Task Handle(Message item, DateTimeOffset now, CancellationToken ct)
    {
        if (now < _outage?.Until || await dispatch.Dispatch(item.Id, now, ct) is not { } handover)
        {
            return;
        }

        _outage = handover.Reached ? null : Outage.After(_outage, now);
        if (handover.Message is { Unheard: true } unheard)
        {
            logger.LogError("Mail {Id} to {Person} is dead, and nobody could be told of it: {Error}", unheard.Id, unheard.Person, unheard.LastError);
        }
        else if (handover.Message is { LastError: { } error } tried)
        {
            logger.LogWarning("Mail {Id} is {State} after attempt {Attempt}: {Error}", tried.Id, tried.State, tried.Attempts, error);
        }
    }

    private sealed record Outage(DateTimeOffset Until, TimeSpan Pause)
    {
        /// <summary>The pause doubles with each message tried in vain, but not with those that were under way together.</summary>
        public static Outage After(Outage? before, DateTimeOffset now)
        {
            if (before is not null && now < before.Until)
            {
                return before;
            }

            var pause = before is null ? FirstPause : before.Pause * 2 < LongestPause ? before.Pause * 2 : LongestPause;
            return new(now + pause, pause);
        }
    }
}
