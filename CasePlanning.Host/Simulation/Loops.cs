namespace CasePlanning.Host.Simulation;

/// <summary>What happens by itself as time goes by. A simulation does it at once; whoever plays the same scenario on another engine says how that does it.</summary>
public interface ILoops
{
    /// <summary>Has a subject looked at whose wake is due.</summary>
    Task Tick(string subject, DateTimeOffset now, CancellationToken ct);

    /// <summary>Has the digests and summaries written that are due.</summary>
    Task Write(DateTimeOffset now, CancellationToken ct);

    /// <summary>Has a message handed over that is due.</summary>
    Task Dispatch(string messageId, DateTimeOffset now, CancellationToken ct);
}

/// <summary>Does everything at once, in one process.</summary>
internal sealed class OwnLoops(UseCases use) : ILoops
{
    public Task Tick(string subject, DateTimeOffset now, CancellationToken ct) => use.Ticker.Tick(subject, now, ct);

    public async Task Write(DateTimeOffset now, CancellationToken ct)
    {
        await use.Digests.Run(now, int.MaxValue, ct);
        await use.Summaries.Run(now, ct);
    }

    public Task Dispatch(string messageId, DateTimeOffset now, CancellationToken ct) => use.Mail.Dispatch(messageId, now, ct);
}
