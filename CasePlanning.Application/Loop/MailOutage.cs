namespace CasePlanning.Application.Loop;

/// <summary>
/// Remembers that no message can be handed over, so that one of them tries again for all: after a minute, then after pauses that double up to five
/// minutes. Of one process, and safe to share in it; what it forgets at the end of the process is found out again by the next message.
/// </summary>
public sealed class MailOutage
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private volatile Span? _span;

    /// <summary>When a message is tried again, UTC; null while mail goes out.</summary>
    public DateTimeOffset? Until => _span?.Until;

    /// <summary>True while no message needs to be tried.</summary>
    public bool Holds(DateTimeOffset now) => now < _span?.Until;

    /// <summary>Learns from an attempt. The pause doubles with each made in vain, but not with those that were under way together.</summary>
    public void Learn(bool reached, DateTimeOffset now)
    {
        if (reached)
        {
            _span = null;
        }
        else if (!Holds(now))
        {
            var pause = _span is not { } before ? MailDispatch.PauseOfAnOutage : before.Pause * 2 < LongestPause ? before.Pause * 2 : LongestPause;
            _span = new(now + pause, pause);
        }
    }

    private sealed record Span(DateTimeOffset Until, TimeSpan Pause);
}
