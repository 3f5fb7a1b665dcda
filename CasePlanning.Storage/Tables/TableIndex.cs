using System.Collections.Concurrent;

namespace CasePlanning.Storage.Tables;

/// <summary>
/// The table of index rows. Rows are added before the document that they point at is written, and taken away after it; a write that fails in
/// between leaves one row too many, which is seen through when it is read and taken away by a repair.
/// </summary>
internal sealed class TableIndex(ITableService service)
{
    private readonly ConcurrentDictionary<string, bool> _agencies = new(StringComparer.Ordinal);

    /// <summary>Puts rows in place, a transaction for each partition and hundred of them.</summary>
    public async Task Add(IEnumerable<IndexRow> rows, CancellationToken ct)
    {
        foreach (var (partition, some) in Batches(rows))
        {
            await service.Submit(TableNames.Index, partition, [.. some.Select(row => new TableAction.Put(row.ToRow()))], ct);
        }
    }

    /// <summary>Makes sure an agency is in the list of those that have cases; it is never taken out.</summary>
    public async Task AddAgency(string agency, CancellationToken ct)
    {
        if (!_agencies.ContainsKey(agency))
        {
            await Add([IndexRows.Of(agency)], ct);
            _agencies[agency] = true;
        }
    }

    /// <summary>
    /// Takes rows away after the write that made them wrong. That write has taken place, so a failure here is none of its own: the rows
    /// stay until they are repaired.
    /// </summary>
    public async Task Remove(IEnumerable<IndexRow> rows)
    {
        try
        {
            foreach (var (partition, some) in Batches(rows))
            {
                await Remove(partition, [.. some.Select(row => row.Key)]);
            }
        }
        catch (Exception)
        {
            // A row too many is seen through when it is read.
        }
    }

    /// <summary>A list's rows in order, optionally before a key.</summary>
    public IAsyncEnumerable<IndexRow> Each(string partition, CancellationToken ct, string? before = null, string? from = null, int most = TableLimits.RowsPerPage) =>
        service.Each(new TableQuery(TableNames.Index, partition, from, before, most), ct).Select(row => IndexRow.Of(partition, row));

    public async Task<List<IndexRow>> All(string partition, CancellationToken ct) =>
        [.. (await service.All(new TableQuery(TableNames.Index, partition), ct)).Select(row => IndexRow.Of(partition, row))];

    private async Task Remove(string partition, List<string> keys)
    {
        while (keys.Count > 0)
        {
            var result = await service.Submit(TableNames.Index, partition, [.. keys.Select(key => new TableAction.Delete(key))], CancellationToken.None);
            if (result.Outcome != TableOutcome.NotFound)
            {
                return;
            }

            keys.RemoveAt(result.Action);
        }
    }

    private static IEnumerable<(string Partition, IndexRow[] Rows)> Batches(IEnumerable<IndexRow> rows) =>
        from list in rows.GroupBy(row => row.Partition, StringComparer.Ordinal)
        from some in list.DistinctBy(row => row.Key, StringComparer.Ordinal).Chunk(TableLimits.ActionsPerTransaction)
        select (list.Key, some);
}
