using CasePlanning.Storage.Tables;

namespace CasePlanning.Storage.Tests.Tables;

/// <summary>A table service that fails once, after a number of calls: before the call takes place, or after it did and before anybody hears of it.</summary>
internal sealed class FailingTables(ITableService inner) : ITableService
{
    private int _callsLeft = int.MaxValue;
    private bool _afterTheCall;

    /// <summary>True once it has failed.</summary>
    public bool HasFailed { get; private set; }

    public void FailAfter(int calls, bool afterTheCall) => (_callsLeft, _afterTheCall, HasFailed) = (calls, afterTheCall, false);

    /// <summary>Makes it sound again.</summary>
    public void Mend() => _callsLeft = int.MaxValue;

    public Task<TableRow?> Get(string table, string partition, string key, CancellationToken ct) => Call(() => inner.Get(table, partition, key, ct));

    public Task<TablePage> Query(TableQuery query, CancellationToken ct) => Call(() => inner.Query(query, ct));

    public Task<string?> PartitionAfter(string table, string name, CancellationToken ct) => Call(() => inner.PartitionAfter(table, name, ct));

    public Task<TableResult> Submit(string table, string partition, IReadOnlyList<TableAction> actions, CancellationToken ct) =>
        Call(() => inner.Submit(table, partition, actions, ct));

    private async Task<T> Call<T>(Func<Task<T>> call)
    {
        var fails = _callsLeft-- == 0;
        HasFailed |= fails;
        if (!fails || _afterTheCall)
        {
            var answer = await call();
            if (!fails)
            {
                return answer;
            }
        }

        throw new IOException("The service can't be reached.");
    }
}
