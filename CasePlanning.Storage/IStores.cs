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
}
