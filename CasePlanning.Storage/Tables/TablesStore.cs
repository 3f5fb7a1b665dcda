using CasePlanning.Application.Ports;
using CasePlanning.Storage.Moving;

namespace CasePlanning.Storage.Tables;

/// <summary>
/// Keeps everything in Azure Table storage. A case is a partition and a unit of work one transaction of it; what crosses cases is listed in
/// index rows, written before what they point at and taken away after it, so that nothing is ever missing from a list, and verified on each read.
/// </summary>
public sealed class TablesStore : IStores
{
    /// <summary>A few thousand calls, most of them many at once. A partition of few rows counts as ten: every quarter of an hour, nineteen thousand of these a day.</summary>
    private const int RowsARound = 2000;

    private readonly TablesRepair _repair;

    public TablesStore(ITableService service)
    {
        var index = new TableIndex(service);
        var outbox = new TablesOutbox(service, index);
        Cases = new TablesCases(service, index, outbox);
        Directory = new TablesDirectory(service, index);
        Wakes = new TablesWakes(service, index);
        Inbox = new TablesInbox(service, index);
        Outbox = outbox;
        var calendars = new TablesCalendarFeeds(service, index);
        Calendars = calendars;
        Whole = new TablesMove(service, index, outbox, calendars);
        _repair = new TablesRepair(service, index);
    }

    /// <summary>Names of the tables that have to exist.</summary>
    public static IReadOnlyList<string> Names => TableNames.All;

    public ICaseStore Cases { get; }

    public IDirectoryStore Directory { get; }

    public IWakeStore Wakes { get; }

    public IInboxStore Inbox { get; }

    public IOutbox Outbox { get; }

    public ICalendarFeedStore Calendars { get; }

    /// <summary>Everything in the tables, for moving it.</summary>
    public IMovable Whole { get; }

    /// <summary>
    /// Walks the rows from where the last round ended, adds index rows that are missing and takes away those that have been wrong for an hour,
    /// and replies whose time has passed. Safe beside any other work; nothing depends on how often it runs but cost and, after damage, delay.
    /// </summary>
    /// <param name="from">Null for the beginning.</param>
    /// <param name="rows">How many to look at; a partition counts as ten at least.</param>
    public Task<RepairRound> Repair(RepairPosition? from, int rows, DateTimeOffset now, CancellationToken ct) => _repair.Run(from, rows, now, ct);

    /// <inheritdoc cref="IStores.Mend"/>
    public async Task<int> Mend(DateTimeOffset now, CancellationToken ct)
    {
        var round = await _repair.GoOn(RowsARound, now, ct);
        return round.Unreadable.Count == 0 ? round.Added + round.Removed : throw new InvalidDataException(
            "Documents can't be read, and what lists them was left as it is: "
            + string.Join("; ", round.Unreadable.Select(each => $"table {each.Table}, partition {each.Partition}, row {each.Row}")) + ". Restore them from a backup.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
