using System.Text;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Storage.Tests.Sqlite;

public sealed class SqliteSessionTests : IAsyncLifetime
{
    private const string Echo = "SELECT $text, $document, $number, $flag, $null";
    private readonly SqliteFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteSessionTests() => _store = _folder.OpenStore();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Núñez, 12 o'clock")]
    [InlineData("🏠")]
    public async Task A_value_comes_back_as_it_was_given_however_long_the_one_before_was(string text)
    {
        foreach (var length in new[] { 1, 100_000, 2 })
        {
            var (longer, document) = (string.Concat(Enumerable.Repeat(text, length)), Encoding.UTF8.GetBytes(new string('ü', length)));

            var back = await _store.Database.Read(
                session => session.One(Echo, row => (row.Text(0), row.Text(1), row.Long(2), row.Int(3), row.TextOrNull(4)), longer, document, long.MinValue, true, (string?)null), default);

            Assert.Equal((longer, new string('ü', length), long.MinValue, 1, (string?)null), back);
        }
    }

    [Fact]
    public async Task A_statement_keeps_its_values_while_another_runs_between_its_rows()
    {
        var rows = await _store.Database.Read(
            session => session.Many(
                "SELECT value || $suffix FROM json_each($list)",
                row => $"{row.Text(0)} {session.One("SELECT $inner || $inner", inner => inner.Text(0), new string('x', 3))}",
                "!", "[1,2]"),
            default);

        Assert.Equal(["1! xxxxxx", "2! xxxxxx"], rows);
    }

    [Fact]
    public async Task A_statement_given_too_few_values_is_refused() => await Assert.ThrowsAsync<InvalidOperationException>(
        () => _store.Database.Read(session => session.One(Echo, row => row.Text(0), "one"), default));
}
