namespace CasePlanning.Storage.Tables;

/// <summary>
/// The part of Azure Table storage that the store uses. Keys are compared by ordinal; rows come in the order of partition and key.
/// What the service answers to a sound request is a value. An outage throws, and then nobody knows whether a transaction took place.
/// </summary>
/// <remarks>
/// Over <c>Azure.Data.Tables</c>: <c>TableClient.GetEntityIfExistsAsync</c>; <c>QueryAsync(filter, maxPerPage).AsPages(continuation)</c>, one page of it;
/// <c>SubmitTransactionAsync</c>, whose <c>TableTransactionFailedException</c> has the status and <c>FailedTransactionActionIndex</c>.
/// </remarks>
public interface ITableService
{
    /// <summary>One row, or null.</summary>
    Task<TableRow?> Get(string table, string partition, string key, CancellationToken ct);

    /// <summary>A page of a partition's rows; there may be more while it has a continuation, even when it has no rows.</summary>
    Task<TablePage> Query(TableQuery query, CancellationToken ct);

    /// <summary>
    /// The name of the first partition after a name in which there is a row, or null: a query for <c>PartitionKey gt</c> the name, one row a page,
    /// continued until it has a row or no continuation.
    /// </summary>
    Task<string?> PartitionAfter(string table, string name, CancellationToken ct);

    /// <summary>Carries out one entity-group transaction: every action in its order, or none of them.</summary>
    Task<TableResult> Submit(string table, string partition, IReadOnlyList<TableAction> actions, CancellationToken ct);
}

/// <summary>Rows of one partition, optionally from a key on and before another.</summary>
/// <param name="Most">Most rows of a page; the service's own limit is <see cref="TableLimits.RowsPerPage"/>.</param>
/// <param name="Continuation">From the page before; the other parts of the query have to be as they were.</param>
public sealed record TableQuery(string Table, string Partition, string? From = null, string? Before = null, int Most = TableLimits.RowsPerPage, string? Continuation = null);

public sealed record TablePage(IReadOnlyList<TableRow> Rows, string? Continuation);

/// <summary>An entity.</summary>
/// <param name="Values">By property name: <see cref="string"/>, <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>,
/// <see cref="Guid"/>, <see cref="DateTimeOffset"/> or an array of bytes. There are no nulls.</param>
public sealed record TableRow(string Key, IReadOnlyDictionary<string, object> Values)
{
    /// <summary>Changes with every write; empty in a row that wasn't read from the service.</summary>
    public string ETag { get; init; } = "";

    /// <summary>When the service last wrote it, UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }
}

/// <summary>One action of a transaction.</summary>
public abstract record TableAction(string Key)
{
    /// <summary>Adds a row that must not exist yet.</summary>
    public sealed record Insert(TableRow Row) : TableAction(Row.Key);

    /// <summary>Puts a row in the place of one with this ETag.</summary>
    public sealed record Replace(TableRow Row, string ETag) : TableAction(Row.Key);

    /// <summary>Puts a row in place, whatever was there.</summary>
    public sealed record Put(TableRow Row) : TableAction(Row.Key);

    /// <summary>Takes away a row with this ETag, or with any where it is <c>*</c>.</summary>
    public sealed record Delete(string Key, string ETag = "*") : TableAction(Key);
}

/// <summary>How a transaction ended, as the service's status says it.</summary>
public enum TableOutcome
{
    Done,

    /// <summary>409: a row to insert exists.</summary>
    Exists,

    /// <summary>404: a row to replace or delete doesn't exist.</summary>
    NotFound,

    /// <summary>412: a row to replace or delete has another ETag.</summary>
    Stale,

    /// <summary>413, or 400 with a code for a limit: a property, a row or the transaction is too large.</summary>
    TooLarge,
}

/// <param name="Action">Number of the action that failed, from 0; 0 where it was none of them.</param>
public readonly record struct TableResult(TableOutcome Outcome, int Action = 0);
