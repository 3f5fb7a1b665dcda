using CasePlanning.Storage.Tables;

namespace CasePlanning.Storage.Tests.Tables;

/// <summary>What a stretch of work asked of the table service. Each get, each page of a query and each transaction, however many rows it has, is billed as one operation.</summary>
public sealed record TableCalls(int Gets, int Pages, int Transactions)
{
    public int All => Gets + Pages + Transactions;

    public static TableCalls operator -(TableCalls one, TableCalls other) =>
        new(one.Gets - other.Gets, one.Pages - other.Pages, one.Transactions - other.Transactions);

    public static TableCalls operator +(TableCalls one, TableCalls other) =>
        new(one.Gets + other.Gets, one.Pages + other.Pages, one.Transactions + other.Transactions);
}

/// <summary>Counts the calls of a table service by kind.</summary>
public sealed class CountingTables(ITableService inner) : ITableService
{
    private int _gets;
    private int _pages;
    private int _transactions;

    public TableCalls Counted => new(Volatile.Read(ref _gets), Volatile.Read(ref _pages), Volatile.Read(ref _transactions));

    /// <summary>What one piece of work asks for.</summary>
    public async Task<TableCalls> Of(Func<Task> work)
    {
        var before = Counted;
        await work();
        return Counted - before;
    }

    public Task<TableRow?> Get(string table, string partition, string key, CancellationToken ct)
    {
        Interlocked.Increment(ref _gets);
        return inner.Get(table, partition, key, ct);
    }

    public Task<TablePage> Query(TableQuery query, CancellationToken ct)
    {
        Interlocked.Increment(ref _pages);
        return inner.Query(query, ct);
    }

    public Task<string?> PartitionAfter(string table, string name, CancellationToken ct)
    {
        Interlocked.Increment(ref _pages);
        return inner.PartitionAfter(table, name, ct);
    }

    public Task<TableResult> Submit(string table, string partition, IReadOnlyList<TableAction> actions, CancellationToken ct)
    {
        Interlocked.Increment(ref _transactions);
        return inner.Submit(table, partition, actions, ct);
    }
}
