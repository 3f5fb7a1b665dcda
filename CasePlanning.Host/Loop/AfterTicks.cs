using CasePlanning.Application.Ports;

namespace CasePlanning.Host.Loop;

/// <summary>Holds a loop up while ticks are due, for a quarter of an hour at most.</summary>
internal sealed class AfterTicks(IWakeStore wakes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private DateTimeOffset? _since;

    /// <summary>When the loop goes on at the latest, or null while it isn't held up.</summary>
    public DateTimeOffset? HeldUntil { get; private set; }

    public async Task<bool> Hold(DateTimeOffset now, CancellationToken ct)
    {
        _since = await wakes.Earliest(ct) <= now ? _since ?? now : null;
        HeldUntil = _since + Patience is { } until && until > now ? until : null;
        return HeldUntil is not null;
    }
}
