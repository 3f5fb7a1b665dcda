using CasePlanning.Application.Ports;

namespace CasePlanning.Storage;

/// <summary>Everything a shell needs from storage; the six ports see each other's writes.</summary>
public interface IStores : IAsyncDisposable
{
    ICaseStore Cases { get; }

    IDirectoryStore Directory { get; }

    IWakeStore Wakes { get; }

    IInboxStore Inbox { get; }

    IOutbox Outbox { get; }

    ICalendarFeedStore Calendars { get; }

    /// <summary>
    /// Puts right a part of what failures between two writes have left wrong, and says how many rows that were; called again and again, it comes
    /// by everything. A store that saves in one transaction has nothing to put right.
    /// </summary>
    /// <exception cref="InvalidDataException">Documents can't be read, and it names them; the rest was put right, and the next call goes on after them.</exception>
    Task<int> Mend(DateTimeOffset now, CancellationToken ct) => Task.FromResult(0);
}
