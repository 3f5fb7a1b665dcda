using CasePlanning.Storage.Tables;

namespace CasePlanning.Storage.Tests.Contract;

/// <summary>What the store relies on the table service for.</summary>
public abstract class TableServiceContract : IAsyncLifetime
{
    protected const string Table = "cases";

    private ITableService? _service;

    /// <summary>Opens a service with the store's tables, which are empty.</summary>
    protected abstract Task<ITableService> Open();

    protected ITableService Service => _service!;

    public async Task InitializeAsync() => _service = await Open();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_row_comes_back_with_values_of_every_type()
    {
        Dictionary<string, object> values = new()
        {
            ["Text"] = "ñ", ["Flag"] = true, ["Int"] = 1, ["Long"] = long.MaxValue, ["Double"] = 0.5, ["Id"] = Guid.Empty, ["At"] = TableLimits.EarliestInstant, ["Bytes"] = new byte[] { 1, 2 },
        };
        await Done(new TableAction.Insert(new TableRow("k", values)));

        var found = await Service.Get(Table, "p", "k", default);
        Assert.Equal(values, found!.Values);
        Assert.NotEmpty(found.ETag);
        Assert.Null(await Service.Get(Table, "p", "K", default));
        Assert.Null(await Service.Get(Table, "other", "k", default));
    }

    [Fact]
    public async Task A_row_is_inserted_once()
    {
        await Done(new TableAction.Insert(Row("k")));

        Assert.Equal(new TableResult(TableOutcome.Exists, 1), await Submit(new TableAction.Put(Row("a")), new TableAction.Insert(Row("k"))));
        Assert.Null(await Service.Get(Table, "p", "a", default));
    }

    [Fact]
    public async Task A_row_is_replaced_and_deleted_by_its_ETag()
    {
        await Done(new TableAction.Put(Row("k", "first")));
        var first = (await Service.Get(Table, "p", "k", default))!.ETag;
        await Done(new TableAction.Replace(Row("k", "second"), first));

        Assert.Equal(new TableResult(TableOutcome.Stale, 1), await Submit(new TableAction.Put(Row("a")), new TableAction.Replace(Row("k", "third"), first)));
        Assert.Equal(TableOutcome.Stale, (await Submit(new TableAction.Delete("k", first))).Outcome);
        Assert.Equal("second", (await Service.Get(Table, "p", "k", default))!.Values["Text"]);

        await Done(new TableAction.Delete("k"));
        Assert.Equal(TableOutcome.NotFound, (await Submit(new TableAction.Delete("k"))).Outcome);
        Assert.Equal(TableOutcome.NotFound, (await Submit(new TableAction.Replace(Row("k"), first))).Outcome);
    }

    [Fact]
    public async Task A_transaction_has_a_hundred_actions_at_most()
    {
        await Done([.. Enumerable.Range(0, 100).Select(number => new TableAction.Put(Row($"{number}")))]);

        Assert.Equal(TableOutcome.TooLarge, (await Submit([.. Enumerable.Range(0, 101).Select(number => new TableAction.Put(Row($"{number}")))])).Outcome);
    }

    [Fact]
    public async Task A_transaction_has_4_MiB_at_most_in_which_bytes_are_a_third_longer()
    {
        await Done(Big(4));
        Assert.Equal(TableOutcome.TooLarge, (await Submit(Big(5))).Outcome);

        static TableAction[] Big(int rows) => [.. Enumerable.Range(0, rows).Select(row => new TableAction.Put(new TableRow($"{row}",
            Enumerable.Range(0, 11).ToDictionary(part => $"P{part}", object (_) => new byte[64 * 1024]))))];
    }

    [Fact]
    public async Task A_row_has_1_MiB_and_252_properties_at_most()
    {
        Assert.Equal(TableOutcome.Done, (await Submit(new TableAction.Put(Wide(11)))).Outcome);
        Assert.Equal(TableOutcome.TooLarge, (await Submit(new TableAction.Put(Wide(16)))).Outcome);
        await Done(new TableAction.Put(new TableRow("k", Enumerable.Range(0, 252).ToDictionary(part => $"P{part}", object (part) => part))));

        static TableRow Wide(int parts) => new("k", Enumerable.Range(0, parts).ToDictionary(part => $"P{part}", object (_) => new byte[64 * 1024]));
    }

    public static TheoryData<object, TableOutcome> Values { get; } = new()
    {
        { new string('a', 32 * 1024), TableOutcome.Done },
        { new string('a', (32 * 1024) + 1), TableOutcome.TooLarge },
        { new byte[64 * 1024], TableOutcome.Done },
        { new byte[(64 * 1024) + 1], TableOutcome.TooLarge },
    };

    [Theory, MemberData(nameof(Values))]
    public async Task A_property_has_64_KiB_at_most(object value, TableOutcome outcome) =>
        Assert.Equal(outcome, (await Submit(new TableAction.Put(new TableRow("k", new Dictionary<string, object> { ["Value"] = value })))).Outcome);

    [Fact]
    public async Task A_query_gives_a_thousand_rows_a_page_in_the_order_of_their_keys()
    {
        foreach (var some in Enumerable.Range(0, 2_001).Reverse().Chunk(100))
        {
            await Done([.. some.Select(number => new TableAction.Put(Row($"{number:D4}")))]);
        }

        var query = new TableQuery(Table, "p");
        var first = await Service.Query(query, default);
        var second = await Service.Query(query with { Continuation = first.Continuation }, default);
        var third = await Service.Query(query with { Continuation = second.Continuation }, default);

        Assert.Equal(Enumerable.Range(0, 2_001).Select(number => $"{number:D4}"), first.Rows.Concat(second.Rows).Concat(third.Rows).Select(row => row.Key));
        Assert.Equal((1000, 1000, 1, null), (first.Rows.Count, second.Rows.Count, third.Rows.Count, third.Continuation));
    }

    [Fact]
    public async Task A_query_has_bounds_and_a_most()
    {
        await Done(new TableAction.Put(Row("a")), new TableAction.Put(Row("B")), new TableAction.Put(Row("b")), new TableAction.Put(Row("c")));

        Assert.Equal(["a", "b"], (await Service.Query(new TableQuery(Table, "p", "a", "c"), default)).Rows.Select(row => row.Key));
        Assert.Equal(["B"], (await Service.Query(new TableQuery(Table, "p", Most: 1), default)).Rows.Select(row => row.Key));
        Assert.Empty((await Service.Query(new TableQuery(Table, "p", "d"), default)).Rows);
    }

    [Fact]
    public async Task Partitions_are_walked_in_order_and_empty_ones_are_none()
    {
        foreach (var partition in new[] { "b", "a", "c" })
        {
            await Service.Submit(Table, partition, [new TableAction.Put(Row("k"))], default);
        }

        await Service.Submit(Table, "b", [new TableAction.Delete("k")], default);

        Assert.Equal("a", await Service.PartitionAfter(Table, "", default));
        Assert.Equal("c", await Service.PartitionAfter(Table, "a", default));
        Assert.Null(await Service.PartitionAfter(Table, "c", default));
    }

    protected static TableRow Row(string key, string text = "") => new(key, new Dictionary<string, object> { ["Text"] = text });

    protected Task<TableResult> Submit(params TableAction[] actions) => Service.Submit(Table, "p", actions, default);

    protected async Task Done(params TableAction[] actions) => Assert.Equal(TableOutcome.Done, (await Submit(actions)).Outcome);
}
