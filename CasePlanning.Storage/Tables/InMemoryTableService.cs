using System.Globalization;

namespace CasePlanning.Storage.Tables;

/// <summary>
/// Table storage in memory, with the limits, the errors and the order of the real one. A request that the service would refuse as malformed
/// (400) is a defect here and throws <see cref="InvalidOperationException"/>.
/// </summary>
public sealed class InMemoryTableService(TimeProvider clock) : ITableService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedDictionary<string, InMemoryPartition>> _tables = new(StringComparer.OrdinalIgnoreCase);
    private long _writes;

    public Task<TableRow?> Get(string table, string partition, string key, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        CheckKeys(partition, key);
        lock (_gate)
        {
            return Task.FromResult(Partition(table, partition)?.Find(key));
        }
    }

    public Task<TablePage> Query(TableQuery query, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Check(query.Most is >= 1 and <= TableLimits.RowsPerPage, "A page has 1 to 1,000 rows.");
        lock (_gate)
        {
            var rows = Partition(query.Table, query.Partition)?.Range(query.Continuation ?? query.From, query.Before).Take(query.Most + 1).ToList() ?? [];
            var next = rows.Count > query.Most ? rows[^1].Key : null;
            return Task.FromResult(new TablePage(next is null ? rows : rows[..^1], next));
        }
    }

    public Task<string?> PartitionAfter(string table, string name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Task.FromResult<string?>(Table(table).FirstOrDefault(each => string.CompareOrdinal(each.Key, name) > 0 && !each.Value.IsEmpty).Key);
        }
    }

    public Task<TableResult> Submit(string table, string partition, IReadOnlyList<TableAction> actions, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Check(actions.Count > 0, "A transaction has an action.");
        Check(actions.Select(action => action.Key).Distinct(StringComparer.Ordinal).Count() == actions.Count, "A row appears once in a transaction.");
        foreach (var action in actions)
        {
            CheckKeys(partition, action.Key);
        }

        if (actions.Count > TableLimits.ActionsPerTransaction || actions.Sum(action => (long)TableSizes.Sent(partition, action)) > TableLimits.BytesPerTransaction)
        {
            return Task.FromResult(new TableResult(TableOutcome.TooLarge));
        }

        lock (_gate)
        {
            return Task.FromResult(Apply(table, partition, actions));
        }
    }

    private TableResult Apply(string table, string partition, IReadOnlyList<TableAction> actions)
    {
        var rows = Partition(table, partition) ?? new InMemoryPartition();
        for (var index = 0; index < actions.Count; index++)
        {
            var outcome = Judge(partition, actions[index], rows.Find(actions[index].Key));
            if (outcome != TableOutcome.Done)
            {
                return new TableResult(outcome, index);
            }
        }

        Table(table)[partition] = rows;
        foreach (var action in actions)
        {
            rows.Remove(action.Key);
            if (RowOf(action) is { } row)
            {
                rows.Add(row with { Values = Copy(row.Values), ETag = NextETag(), Timestamp = clock.GetUtcNow() });
            }
        }

        return new TableResult(TableOutcome.Done);
    }

    private static TableOutcome Judge(string partition, TableAction action, TableRow? stored) => action switch
    {
        _ when RowOf(action) is { } row && IsTooLarge(partition, row) => TableOutcome.TooLarge,
        TableAction.Insert => stored is null ? TableOutcome.Done : TableOutcome.Exists,
        TableAction.Replace replace => Judge(stored, replace.ETag),
        TableAction.Delete delete => Judge(stored, delete.ETag),
        _ => TableOutcome.Done,
    };

    private static TableOutcome Judge(TableRow? stored, string tag) =>
        stored is null ? TableOutcome.NotFound : tag == "*" || tag == stored.ETag ? TableOutcome.Done : TableOutcome.Stale;

    private static TableRow? RowOf(TableAction action) => action switch
    {
        TableAction.Insert insert => insert.Row,
        TableAction.Replace replace => replace.Row,
        TableAction.Put put => put.Row,
        _ => null,
    };

    private static bool IsTooLarge(string partition, TableRow row)
    {
        foreach (var (name, value) in row.Values)
        {
            Check(TableLimits.IsPropertyName(name), $"'{name}' is no name for a property.");
            Check(value is string or bool or int or long or double or Guid or DateTimeOffset or byte[], $"The service has no type for {value.GetType().Name}.");
            Check(value is not DateTimeOffset instant || instant >= TableLimits.EarliestInstant, "An instant is in 1601 or later.");
        }

        Check(row.Values.Count <= TableLimits.PropertiesPerRow, "A row has at most 252 properties.");
        return row.Values.Values.Any(value => value is string { Length: > TableLimits.BytesPerProperty / 2 } or byte[] { Length: > TableLimits.BytesPerProperty })
            || TableSizes.Stored(partition, row) > TableLimits.BytesPerRow;
    }

    private static Dictionary<string, object> Copy(IReadOnlyDictionary<string, object> values) =>
        values.ToDictionary(value => value.Key, value => value.Value is byte[] bytes ? bytes.ToArray() : value.Value, StringComparer.Ordinal);

    private string NextETag() => string.Create(CultureInfo.InvariantCulture, $"W/\"{++_writes}\"");

    private InMemoryPartition? Partition(string table, string partition) => Table(table).GetValueOrDefault(partition);

    private SortedDictionary<string, InMemoryPartition> Table(string name)
    {
        Check(TableLimits.IsTableName(name), $"'{name}' is no name for a table.");
        return _tables.TryGetValue(name, out var table) ? table : _tables[name] = new(StringComparer.Ordinal);
    }

    private static void CheckKeys(string partition, string key)
    {
        Check(TableLimits.IsKey(partition), $"'{partition}' is no name for a partition.");
        Check(TableLimits.IsKey(key), $"'{key}' is no key.");
    }

    private static void Check(bool isSound, string complaint)
    {
        if (!isSound)
        {
            throw new InvalidOperationException(complaint);
        }
    }
}
