using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Tables;

/// <summary>Reads of more than one call.</summary>
internal static class TableReader
{
    /// <summary>Calls under way at once while many rows are fetched.</summary>
    private const int AtOnce = 32;

    /// <summary>Every row of a partition within bounds.</summary>
    public static async Task<List<TableRow>> All(this ITableService service, TableQuery query, CancellationToken ct)
    {
        var rows = new List<TableRow>();
        await foreach (var row in service.Each(query, ct))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The rows of a partition within bounds, a page fetched when it is needed.</summary>
    public static async IAsyncEnumerable<TableRow> Each(this ITableService service, TableQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var next = query;
        while (true)
        {
            var page = await service.Query(next, ct);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            if (page.Continuation is null)
            {
                yield break;
            }

            next = query with { Continuation = page.Continuation };
        }
    }

    /// <summary>One document, or null.</summary>
    public static async Task<Stored<T>?> Find<T>(this ITableService service, DocumentType<T> type, string table, string partition, string key, CancellationToken ct)
        where T : class
    {
        while (await service.Get(table, partition, key, ct) is { } first)
        {
            if (TableDocuments.CountOf(first) == 1)
            {
                return new Stored<T>(TableDocuments.Read(type, [first]), first);
            }

            var rows = await service.All(new TableQuery(table, partition, key, key + "!~"), ct);
            if (rows.Count > 0 && TableDocuments.IsWhole(rows))
            {
                return new Stored<T>(TableDocuments.Read(type, rows), rows[0]);
            }
        }

        return null;
    }

    /// <summary>What a task per item comes to, in the order of the items, a limited number of them at once.</summary>
    public static async Task<List<T>> Gather<TItem, T>(this IEnumerable<TItem> items, Func<TItem, Task<T>> read)
    {
        var results = new List<T>();
        foreach (var chunk in items.Chunk(AtOnce))
        {
            results.AddRange(await Task.WhenAll(chunk.Select(read)));
        }

        return results;
    }
}
