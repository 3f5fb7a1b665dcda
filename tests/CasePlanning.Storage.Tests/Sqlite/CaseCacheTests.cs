using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Storage.Sqlite;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Sqlite;

/// <summary>A case that was read before is given again only while it is what the file has.</summary>
public sealed class CaseCacheTests : IAsyncDisposable
{
    private readonly SqliteFolder _folder = new();
    private readonly SqliteStore _store;

    public CaseCacheTests() => _store = _folder.OpenStore();

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_case_that_did_not_change_is_not_read_again()
    {
        await _store.Cases.Save(Sample.Opened("a-1"), default);

        Assert.Same(await _store.Cases.Find("a-1", default), await _store.Cases.Find("a-1", default));
    }

    [Fact]
    public async Task What_this_or_another_process_saved_is_read()
    {
        await _store.Cases.Save(Sample.Opened("a-1"), default);
        await _store.Cases.Find("a-1", default);
        await using var other = _folder.OpenStore();

        await other.Cases.Save(Sample.Next("a-1", 1) with { File = Sample.File("a-1") with { Number = "theirs" } }, default);
        Assert.Equal((2L, "theirs"), await Found());

        await _store.Cases.Save(Sample.Next("a-1", 2) with { Plans = [Sample.Plan("a-1")] }, default);
        Assert.Equal((3L, "theirs"), await Found());
        Assert.Single((await _store.Cases.Find("a-1", default))!.Plans);
    }

    [Fact]
    public void Those_asked_for_of_late_stay_and_the_others_are_forgotten()
    {
        var cache = new CaseCache();
        for (var number = 0; number < 100; number++)
        {
            cache.Keep((Case($"a-{number}"), 100_000));
            Assert.NotNull(cache.Find("a-0", 1));
        }

        Assert.InRange(Enumerable.Range(0, 100).Count(number => cache.Find($"a-{number}", 1) is not null), 41, 85);
        Assert.Null(cache.Find("a-0", 2));
    }

    private async Task<(long Version, string Number)> Found()
    {
        var record = (await _store.Cases.Find("a-1", default))!;
        return (record.Version, record.File.Number);
    }

    private static CaseRecord Case(string id) => new(1, Sample.File(id), [], Marks.None);
}
