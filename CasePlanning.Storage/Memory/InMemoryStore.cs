using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Memory;

/// <summary>Keeps everything in memory, for <c>simulate</c> and fast tests. It gives back what a database would give back.</summary>
public sealed class InMemoryStore : IStores
{
    public InMemoryStore()
    {
        var tables = new MemoryTables();
        Cases = new MemoryCases(tables);
        Directory = new MemoryDirectory(tables);
        Wakes = new MemoryWakes(tables);
        Inbox = new MemoryInbox(tables);
        Outbox = new MemoryOutbox(tables);
        Calendars = new MemoryCalendarFeeds(tables);
    }

    public ICaseStore Cases { get; }

    public IDirectoryStore Directory { get; }

    public IWakeStore Wakes { get; }

    public IInboxStore Inbox { get; }

    public IOutbox Outbox { get; }

    public ICalendarFeedStore Calendars { get; }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
