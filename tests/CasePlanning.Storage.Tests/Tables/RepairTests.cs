using CasePlanning.Storage.Memory;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Tables;

/// <summary>Index rows that are missing are added, and those that are wrong are taken away once nobody can be about to make them right.</summary>
public sealed class RepairTests
{
    private readonly TestClock _clock = new(Sample.Noon);
    private readonly InMemoryTableService _service;
    private readonly TablesStore _store;

    public RepairTests()
    {
        _service = new InMemoryTableService(_clock);
        _store = new TablesStore(_service);
    }

    [Fact]
    public async Task After_every_act_nothing_is_missing_and_one_row_is_too_many_of_an_item_that_was_on_record()
    {
        await DoAll(_store);
        _clock.Now = _clock.Now.AddHours(2);

        Assert.Equal((0, 1), await Repair());
        Assert.Equal((0, 0), await Repair());
        Assert.Equal(await Expected(), await Answers.Of(_store));
    }

    [Fact]
    public async Task A_store_that_lost_its_whole_index_is_repaired()
    {
        await DoAll(_store);
        await LoseTheIndex();
        Assert.Empty(await _store.Wakes.Due(DateTimeOffset.MaxValue, 10, default));

        Assert.NotEqual(0, (await Repair()).Added);

        Assert.Equal(await Expected(), await Answers.Of(_store));
        Assert.Equal((0, 0), await Repair());
    }

    [Fact]
    public async Task Each_index_row_that_is_lost_is_added_again()
    {
        await DoAllAndRepair();
        var expected = await Expected();
        var lost = 0;
        await foreach (var (partition, rows) in Index())
        {
            foreach (var row in rows)
            {
                await _service.Submit("caseindex", partition, [new TableAction.Delete(row.Key)], default);
                Assert.Equal((1, 0), await Repair());
                lost++;
            }
        }

        Assert.True(lost > 20, $"{lost} rows");
        Assert.Equal(expected, await Answers.Of(_store));
    }

    [Fact]
    public async Task A_wrong_row_is_not_believed_and_is_taken_away_after_an_hour()
    {
        await DoAllAndRepair();
        var rows = new List<(string Partition, TableRow Row)>();
        await foreach (var (partition, some) in Index())
        {
            rows.AddRange(some.Where(_ => partition != "agencies").Select(row => (partition, row with { Key = row.Key[..^1] + "7" })));
        }

        foreach (var (partition, row) in rows)
        {
            await _service.Submit("caseindex", partition, [new TableAction.Put(row)], default);
        }

        Assert.Equal(await Expected(), await Answers.Of(_store));
        Assert.Equal((0, 0), await Repair());

        _clock.Now = _clock.Now.AddHours(1).AddTicks(1);

        Assert.Equal((0, rows.Count), await Repair());
        Assert.Equal(await Expected(), await Answers.Of(_store));
    }

    [Fact]
    public async Task A_row_written_for_a_unit_that_is_still_under_way_is_left()
    {
        var failing = new FailingTables(_service);
        failing.FailAfter(5, afterTheCall: false);
        await Assert.ThrowsAsync<IOException>(() => new TablesStore(failing).Cases.Save(Sample.Opened("a-1") with { Wakes = [Sample.Wake("a-1", Sample.Noon)] }, default));
        Assert.NotNull(await _service.PartitionAfter("caseindex", "agencies", default));

        Assert.Equal((0, 0), await Repair());
        Assert.Empty(await _store.Wakes.Due(Sample.Noon, 10, default));

        _clock.Now = _clock.Now.AddHours(2);
        Assert.Equal((0, 2), await Repair());
    }

    [Fact]
    public async Task Replies_whose_time_has_passed_go_with_their_rows()
    {
        await _store.Cases.Save(Sample.Opened("a-1") with { Reply = Sample.Reply("k", Sample.Noon) }, default);
        _clock.Now = Sample.Noon.AddHours(2);

        Assert.Equal((0, 2), await Repair());
        Assert.Null(await _store.Cases.FindReply("k", Sample.Noon.AddHours(-1), default));
        Assert.Equal((0, 0), await Repair());
    }

    [Fact]
    public async Task A_walk_in_small_rounds_comes_by_every_row()
    {
        await DoAll(_store);
        var lost = 0;
        await foreach (var (partition, rows) in Index())
        {
            foreach (var row in rows)
            {
                await _service.Submit("caseindex", partition, [new TableAction.Delete(row.Key)], default);
                lost++;
            }
        }

        var (rounds, added) = (0, 0);
        for (RepairPosition? position = null; rounds == 0 || position is not null; rounds++)
        {
            var round = await _store.Repair(position, 1, _clock.Now, default);
            (position, added) = (round.Next, added + round.Added);
        }

        Assert.InRange(added, lost - 1, lost);
        Assert.InRange(rounds, 2 * lost, 10 * lost);
        Assert.Equal(await Expected(), await Answers.Of(_store));
    }

    [Fact]
    public async Task Rounds_of_several_processes_go_on_where_the_last_one_ended_and_begin_again_at_the_end()
    {
        const int Cases = 300;
        for (var number = 0; number < Cases; number++)
        {
            await _store.Cases.Save(Sample.Opened($"a-{number:D3}") with { Wakes = [Sample.Wake($"a-{number:D3}", Sample.Noon)] }, default);
        }

        for (var walk = 0; walk < 2; walk++)
        {
            await _service.Submit("caseindex", "wakes~sample", [.. (await _service.Query(new TableQuery("caseindex", "wakes~sample"), default)).Rows.Take(100).Select(row => new TableAction.Delete(row.Key))], default);
            await _service.Submit("caseindex", "cases~sample", [.. (await _service.Query(new TableQuery("caseindex", "cases~sample"), default)).Rows.TakeLast(100).Select(row => new TableAction.Delete(row.Key))], default);
            int[] mended = [await new TablesStore(_service).Mend(_clock.Now, default), await new TablesStore(_service).Mend(_clock.Now, default)];

            Assert.Equal([100, 100], mended);
            Assert.Equal(Cases, (await _store.Wakes.Due(Sample.Noon, 1000, default)).Count);
            Assert.Equal(Cases, (await _store.Cases.Cases("sample", default)).Count);
        }
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_is_named_and_stands_in_nobodys_way()
    {
        await DoAllAndRepair();
        var whole = (await _service.Get("cases", "a-2", "0~head", default))!;
        await _service.Submit("cases", "a-2", [new TableAction.Put(whole with { Values = new Dictionary<string, object>(whole.Values) { ["Text00"] = "{"u8.ToArray() } })], default);
        _clock.Now = _clock.Now.AddHours(2);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => _store.Mend(_clock.Now, default));
        Assert.Equal("Documents can't be read, and what lists them was left as it is: table cases, partition a-2, row 0~head. Restore them from a backup.", refused.Message);

        await _service.Submit("cases", "a-2", [new TableAction.Put(whole)], default);
        Assert.Equal(await Expected(), await Answers.Of(_store));
        Assert.Equal((0, 0), await Repair());
    }

    [Fact]
    public async Task What_comes_after_a_document_that_cannot_be_read_is_repaired_all_the_same()
    {
        await DoAllAndRepair();
        var whole = (await _service.Get("cases", "a-1", "0~head", default))!;
        await _service.Submit("cases", "a-1", [new TableAction.Put(whole with { Values = new Dictionary<string, object>(whole.Values) { ["Schema"] = 1000 } })], default);
        await LoseTheIndex();

        var round = await _store.Repair(null, int.MaxValue, _clock.Now, default);

        Assert.Equal([new RepairPosition("cases", "a-1", "0~head")], round.Unreadable);
        Assert.Equal(["a-2"], (await _store.Wakes.Due(DateTimeOffset.MaxValue, 10, default)).Select(wake => wake.Case));

        await _service.Submit("cases", "a-1", [new TableAction.Put(whole)], default);
        await Repair();
        Assert.Equal(await Expected(), await Answers.Of(_store));
    }

    private async Task<(int Added, int Removed)> Repair()
    {
        var round = await _store.Repair(null, int.MaxValue, _clock.Now, default);
        Assert.Null(round.Next);
        return (round.Added, round.Removed);
    }

    private async Task DoAllAndRepair()
    {
        await DoAll(_store);
        _clock.Now = _clock.Now.AddHours(2);
        await Repair();
    }

    private async Task LoseTheIndex()
    {
        await foreach (var (partition, rows) in Index())
        {
            foreach (var some in rows.Chunk(100))
            {
                await _service.Submit("caseindex", partition, [.. some.Select(row => new TableAction.Delete(row.Key))], default);
            }
        }
    }

    private static async Task DoAll(IStores stores)
    {
        foreach (var act in Act.All)
        {
            await act.Do(stores);
        }
    }

    private static async Task<string> Expected()
    {
        await using var memory = new InMemoryStore();
        await DoAll(memory);
        return await Answers.Of(memory);
    }

    private async IAsyncEnumerable<(string Partition, IReadOnlyList<TableRow> Rows)> Index()
    {
        for (var partition = await _service.PartitionAfter("caseindex", "", default); partition is not null; partition = await _service.PartitionAfter("caseindex", partition, default))
        {
            yield return (partition, (await _service.Query(new TableQuery("caseindex", partition), default)).Rows);
        }
    }
}
