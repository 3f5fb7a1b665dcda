using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Tables;

/// <summary>
/// Keeps everything in Azure Table storage. A case is a partition and a unit of work one transaction of it; what crosses cases is listed in
/// index rows, written before what they point at and taken away after it, so that nothing is ever missing from a list, and verified on each read.
/// </summary>
public sealed class TablesStore : IStores
{
    public TablesStore(ITableService service)
    {
        var index = new TableIndex(service);
        var outbox = new TablesOutbox(service, index);
        Cases = new TablesCases(service, index, outbox);
        Directory = new TablesDirectory(service, index);
        Wakes = new TablesWakes(service, index);
        Inbox = new TablesInbox(service, index);
        Outbox = outbox;
        Calendars = new TablesCalendarFeeds(service, index);
    }

    /// <summary>Names of the tables that have to exist.</summary>
    public static IReadOnlyList<string> Names => TableNames.All;

    public ICaseStore Cases { get; }

    public IDirectoryStore Directory { get; }

    public IWakeStore Wakes { get; }

    public IInboxStore Inbox { get; }

    public IOutbox Outbox { get; }

    public ICalendarFeedStore Calendars { get; }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
