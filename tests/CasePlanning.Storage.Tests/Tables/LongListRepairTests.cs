using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Tables;

/// <summary>Lists grow for years; a round of the repair doesn't, and what it has looked at is done.</summary>
public sealed class LongListRepairTests
{
    private const int Rows = 5000;
    private const int MostCallsOfARound = 2500;
    private const int AtOnce = 32;
    private const string List = "pending~sample";

    private readonly InMemoryTableService _service = new(new TestClock(Sample.Noon));
    private readonly DateTimeOffset _later = Sample.Noon.AddHours(2);

    [Fact]
    public async Task A_round_over_a_list_of_thousands_is_bounded_and_several_come_by_all_of_it()
    {
        await Fill(List);
        var (rounds, removed) = (0, 0);
        for (; removed < Rows; rounds++)
        {
            var counting = new CountingTables(_service);
            removed += await new TablesStore(counting).Mend(_later, default);
            Assert.InRange(counting.Counted.Pages, 1, MostCallsOfARound);
            Assert.InRange(counting.Counted.Gets + counting.Counted.Transactions, 1, MostCallsOfARound);
        }

        Assert.Equal(3, rounds);
        Assert.Null(await _service.PartitionAfter("caseindex", List, default));
    }

    [Fact]
    public async Task Checks_of_a_round_are_under_way_at_once()
    {
        await Fill(List);
        var held = new HeldTables(_service);

        var round = new TablesStore(held).Mend(_later, default);

        Assert.Equal(AtOnce, held.Asked);
        held.Release();
        await round;
        Assert.InRange(held.Asked, 1000, 2000);
    }

    [Fact]
    public async Task A_round_that_breaks_off_is_gone_on_with_where_it_was()
    {
        await Fill(List);
        var failing = new FailingTables(_service);
        failing.FailAfter(1500, afterTheCall: false);
        await Assert.ThrowsAsync<IOException>(() => new TablesStore(failing).Mend(_later, default));
        var left = await Count();
        Assert.InRange(left, 4000, Rows - 500);

        var at = (string)(await _service.Get("upkeep", "repair", "position", default))!.Values["Row"];

        Assert.InRange(string.CompareOrdinal(at, Key(400)), 0, int.MaxValue);
        for (; left > 0; left = await Count())
        {
            var removed = await new TablesStore(_service).Mend(_later, default);
            Assert.InRange(left - await Count(), Math.Min(left, 1700), removed);
        }
    }

    [Fact]
    public async Task Mail_that_was_stored_long_ago_is_not_looked_at_again()
    {
        await Fill("mail~sample", stem: number => TableKeyOf(Sample.Noon.AddDays(-number)));

        Assert.Equal(60, await new TablesStore(_service).Mend(_later, default));
        Assert.Equal(0, await new TablesStore(_service).Mend(_later, default));
    }

    [Fact]
    public async Task Dead_letters_are_looked_at_however_old_they_are()
    {
        await Fill("mail~sample~Dead", stem: number => TableKeyOf(Sample.Noon.AddDays(-number)));

        Assert.Equal(2000, await new TablesStore(_service).Mend(_later, default));
    }

    private static string TableKeyOf(DateTimeOffset storedAt) => $"{DateTimeOffset.MaxValue.UtcTicks - storedAt.UtcTicks:D19}~m";

    private static string Key(int number) => $"{number:D4}~0000000000000000000";

    private async Task Fill(string list, Func<int, string>? stem = null)
    {
        for (var from = 0; from < Rows; from += 100)
        {
            await _service.Submit("caseindex", list, [.. Enumerable.Range(from, 100).Select(number => new TableAction.Put(Row(number, stem)))], default);
        }
    }

    private static TableRow Row(int number, Func<int, string>? stem) => new(
        stem is null ? Key(number) : $"{stem(number)}~0000000000000000000",
        new Dictionary<string, object> { ["Table"] = "cases", ["Partition"] = $"a-{number:D4}", ["Row"] = "0~head", ["Value"] = $"a-{number:D4}.placed" });

    private async Task<int> Count()
    {
        var count = 0;
        string? continuation = null;
        do
        {
            var page = await _service.Query(new TableQuery("caseindex", List, Continuation: continuation), default);
            (count, continuation) = (count + page.Rows.Count, page.Continuation);
        }
        while (continuation is not null);

        return count;
    }

    /// <summary>Holds what is asked of cases until it is released. Everything else is answered at once, so a round that comes to a halt has asked all that it asks together.</summary>
    private sealed class HeldTables(ITableService inner) : ITableService
    {
        private readonly TaskCompletionSource _released = new();
        private int _asked;

        public int Asked => _asked;

        public void Release() => _released.SetResult();

        public Task<TableRow?> Get(string table, string partition, string key, CancellationToken ct) => inner.Get(table, partition, key, ct);

        public async Task<TablePage> Query(TableQuery query, CancellationToken ct)
        {
            if (query.Table == "cases")
            {
                Interlocked.Increment(ref _asked);
                await _released.Task;
            }

            return await inner.Query(query, ct);
        }

        public Task<string?> PartitionAfter(string table, string name, CancellationToken ct) => inner.PartitionAfter(table, name, ct);

        public Task<TableResult> Submit(string table, string partition, IReadOnlyList<TableAction> actions, CancellationToken ct) => inner.Submit(table, partition, actions, ct);
    }
}
