namespace CasePlanning.Storage.Tables;

/// <summary>The rows of one partition by key.</summary>
internal sealed class InMemoryPartition
{
    private static readonly IReadOnlyDictionary<string, object> None = new Dictionary<string, object>();

    private readonly SortedSet<TableRow> _rows = new(Comparer<TableRow>.Create((one, other) => string.CompareOrdinal(one.Key, other.Key)));

    public bool IsEmpty => _rows.Count == 0;

    public TableRow? Find(string key) => _rows.TryGetValue(new TableRow(key, None), out var row) ? row : null;

    public void Add(TableRow row) => _rows.Add(row);

    public void Remove(string key) => _rows.Remove(new TableRow(key, None));

    public IEnumerable<TableRow> Range(string? from, string? before)
    {
        if (_rows.Max is not { } last || string.CompareOrdinal(from ?? "", last.Key) > 0)
        {
            return [];
        }

        return _rows.GetViewBetween(new TableRow(from ?? "", None), last).TakeWhile(row => before is null || string.CompareOrdinal(row.Key, before) < 0);
    }
}
