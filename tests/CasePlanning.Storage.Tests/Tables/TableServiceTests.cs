using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Tables;

/// <summary>The service in memory takes what Table storage takes, and refuses what it refuses.</summary>
public sealed class TableServiceTests : TableServiceContract
{
    protected override Task<ITableService> Open() => Task.FromResult<ITableService>(new InMemoryTableService(TimeProvider.System));

    [Fact]
    public async Task A_rows_bytes_are_counted_as_they_are_stored() =>
        await Done(new TableAction.Put(new TableRow("k", Enumerable.Range(0, 15).ToDictionary(part => $"P{part}", object (_) => new byte[64 * 1024]))));

    [Fact]
    public async Task A_row_has_252_properties_at_most_and_a_page_1000_rows()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Submit(new TableAction.Put(new TableRow("k", Enumerable.Range(0, 253).ToDictionary(part => $"P{part}", object (part) => part)))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Service.Query(new TableQuery(Table, "p", Most: 1001), default));
    }

    public static TheoryData<string> Malformed { get; } = ["1st", "with-hyphen", "with space", "", "Timestamp", "RowKey"];

    [Theory, MemberData(nameof(Malformed))]
    public async Task A_property_has_the_name_of_an_identifier(string name) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Submit(new TableAction.Put(new TableRow("k", new Dictionary<string, object> { [name] = 1 }))));

    public static TheoryData<object> Foreign { get; } = new(1m, new DateOnly(2026, 3, 2), 'c', TableLimits.EarliestInstant.AddTicks(-1));

    [Theory, MemberData(nameof(Foreign))]
    public async Task A_value_is_of_a_type_and_range_theService_has(object value) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Submit(new TableAction.Put(new TableRow("k", new Dictionary<string, object> { ["Value"] = value }))));

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    public async Task A_key_has_no_character_that_theService_refuses(string key)
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Submit(new TableAction.Put(Row(key))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Service.Submit(Table, key, [new TableAction.Put(Row("k"))], default));
    }

    [Fact]
    public async Task A_key_has_1_KiB_at_most()
    {
        await Done(new TableAction.Put(Row(new string('k', 512))));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Submit(new TableAction.Put(Row(new string('k', 513)))));
    }

    [Fact]
    public async Task A_row_appears_once_in_a_transaction_and_a_transaction_has_an_action()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Submit(new TableAction.Put(Row("k")), new TableAction.Delete("k")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Submit());
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("1rows")]
    [InlineData("case-rows")]
    public async Task A_table_has_a_name_of_letters_and_digits(string table) =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Service.Get(table, "p", "k", default));

    [Fact]
    public async Task What_was_written_does_not_change_with_the_bytes_it_came_from()
    {
        var bytes = new byte[] { 1 };
        await Done(new TableAction.Put(new TableRow("k", new Dictionary<string, object> { ["Value"] = bytes })));
        bytes[0] = 2;

        Assert.Equal(new byte[] { 1 }, (await Service.Get(Table, "p", "k", default))!.Values["Value"]);
    }
}
