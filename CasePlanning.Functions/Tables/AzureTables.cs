using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using CasePlanning.Storage.Tables;

namespace CasePlanning.Functions.Tables;

/// <summary>The table port over the client of Azure Table storage.</summary>
/// <remarks>
/// The client repeats a request that was throttled or timed out. A transaction whose answer is "accepted" while one of its actions was throttled
/// it doesn't (github.com/Azure/azure-sdk-for-net/issues/46845), so that is done here.
/// </remarks>
public sealed class AzureTables(TableServiceClient client, TimeProvider clock) : ITableService
{
    private const int MostTries = 4;

    /// <summary>Before the second try; doubled before each further one.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Creates the tables that don't exist yet.</summary>
    public Task Create(IEnumerable<string> tables, CancellationToken ct) =>
        Task.WhenAll(tables.Select(table => client.CreateTableIfNotExistsAsync(table, ct)));

    public async Task<TableRow?> Get(string table, string partition, string key, CancellationToken ct)
    {
        var found = await client.GetTableClient(table).GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: ct);
        return found.HasValue ? RowOf(found.Value!) : null;
    }

    public async Task<TablePage> Query(TableQuery query, CancellationToken ct)
    {
        var pages = client.GetTableClient(query.Table).QueryAsync<TableEntity>(FilterOf(query), query.Most, cancellationToken: ct).AsPages(query.Continuation);
        var page = await pages.FirstAsync(ct);
        return new TablePage([.. page.Values.Select(RowOf)], page.ContinuationToken);
    }

    public async Task<string?> PartitionAfter(string table, string name, CancellationToken ct)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {name}");
        var rows = client.GetTableClient(table).QueryAsync<TableEntity>(filter, maxPerPage: 1, select: [nameof(TableEntity.PartitionKey)], cancellationToken: ct);
        return (await rows.FirstOrDefaultAsync(ct))?.PartitionKey;
    }

    public async Task<TableResult> Submit(string table, string partition, IReadOnlyList<TableAction> actions, CancellationToken ct)
    {
        // The service's own answer to too many of them is that of any malformed request.
        if (actions.Count > TableLimits.ActionsPerTransaction)
        {
            return new TableResult(TableOutcome.TooLarge);
        }

        var transaction = actions.Select(action => ActionOf(partition, action)).ToArray();
        for (var tries = 1; ; tries++)
        {
            try
            {
                await client.GetTableClient(table).SubmitTransactionAsync(transaction, ct);
                return new TableResult(TableOutcome.Done);
            }
            catch (RequestFailedException failed) when (OutcomeOf(failed) is { } outcome)
            {
                return new TableResult(outcome, (failed as TableTransactionFailedException)?.FailedTransactionActionIndex ?? 0);
            }
            catch (TableTransactionFailedException failed) when (failed.Status is 408 or 429 or 500 or 503 && tries < MostTries)
            {
                await Task.Delay(FirstPause * Math.Pow(2, tries - 1), clock, ct);
            }
        }
    }

    /// <summary>What the service answers to a sound request; null for everything else. A table that is missing is an outage, not a row that is missing.</summary>
    private static TableOutcome? OutcomeOf(RequestFailedException failed) => failed switch
    {
        { Status: 413 } => TableOutcome.TooLarge,
        { Status: 412 } => TableOutcome.Stale,
        _ when failed.ErrorCode == TableErrorCode.EntityAlreadyExists => TableOutcome.Exists,
        _ when failed.ErrorCode == TableErrorCode.ResourceNotFound || failed.ErrorCode == TableErrorCode.EntityNotFound => TableOutcome.NotFound,
        _ when failed.ErrorCode == TableErrorCode.EntityTooLarge || failed.ErrorCode == TableErrorCode.PropertyValueTooLarge => TableOutcome.TooLarge,
        _ => null,
    };

    private static string FilterOf(TableQuery query) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {query.Partition}")
        + (query.From is { } from ? TableClient.CreateQueryFilter($" and RowKey ge {from}") : "")
        + (query.Before is { } before ? TableClient.CreateQueryFilter($" and RowKey lt {before}") : "");

    private static TableTransactionAction ActionOf(string partition, TableAction action) => action switch
    {
        TableAction.Insert insert => new(TableTransactionActionType.Add, EntityOf(partition, insert.Row)),
        TableAction.Replace replace => new(TableTransactionActionType.UpdateReplace, EntityOf(partition, replace.Row), new ETag(replace.ETag)),
        TableAction.Put put => new(TableTransactionActionType.UpsertReplace, EntityOf(partition, put.Row)),
        TableAction.Delete delete => new(TableTransactionActionType.Delete, new TableEntity(partition, delete.Key), new ETag(delete.ETag)),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    private static TableEntity EntityOf(string partition, TableRow row)
    {
        var entity = new TableEntity(partition, row.Key);
        foreach (var (name, value) in row.Values)
        {
            entity[name] = value;
        }

        return entity;
    }

    /// <summary>The service's own names and the client's annotations are none that a row's values may have.</summary>
    private static TableRow RowOf(TableEntity entity) =>
        new(entity.RowKey, entity.Where(value => TableLimits.IsPropertyName(value.Key)).ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal))
        {
            ETag = entity.ETag.ToString(),
            Timestamp = entity.Timestamp ?? default,
        };
}
