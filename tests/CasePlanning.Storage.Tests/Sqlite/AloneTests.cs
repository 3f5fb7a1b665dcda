using CasePlanning.Application.Ports;
using CasePlanning.Storage.Sqlite;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Sqlite;

/// <summary>
/// A store that is alone with its file asks it for nothing it has read since the last save, and never gives what a save has replaced. What somebody
/// else does to the file, which nobody may, shows when it was asked.
/// </summary>
public sealed class AloneTests : IAsyncDisposable
{
    private readonly SqliteFolder _folder = new();
    private readonly SqliteStore _store;

    public AloneTests() => _store = _folder.OpenStore(new SqliteOptions { Alone = true });

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_case_is_asked_for_again_only_after_a_save()
    {
        await _store.Cases.Save(Sample.Opened("a-1"), default);
        Assert.Equal(1, await Version("a-1"));
        await using (var other = _folder.OpenStore())
        {
            await other.Cases.Save(Sample.Next("a-1", 1), default);
        }

        Assert.Equal(1, await Version("a-1"));

        await _store.Cases.Save(Sample.Opened("a-2"), default);
        Assert.Equal(2, await Version("a-1"));
    }

    [Fact]
    public async Task The_directory_is_asked_for_again_only_after_a_save()
    {
        await _store.Directory.Save(Sample.Agency(), default);
        await _store.Directory.Save(Sample.Person("ines"), default);
        Assert.Equal((1, 1), await Revisions());
        await using (var other = _folder.OpenStore())
        {
            await other.Directory.Save(Sample.Person("ines", revision: 2), default);
        }

        Assert.Equal((1, 1), await Revisions());

        await _store.Cases.Save(Sample.Opened("a-1"), default);
        Assert.Equal((2, 2), await Revisions());
    }

    [Fact]
    public async Task A_save_that_is_refused_or_fails_leaves_what_is_given_current()
    {
        await _store.Cases.Save(Sample.Opened("a-1"), default);
        await _store.Cases.Save(Sample.Next("a-1", 1), default);

        Assert.Equal(SaveOutcome.Conflict, await _store.Cases.Save(Sample.Next("a-1", 1), default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.Directory.Save(Sample.Person("ines"), default));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store.Cases.Save(Sample.Next("a-1", 2), new CancellationToken(canceled: true)));

        Assert.Equal(2, await Version("a-1"));
        Assert.Same(await _store.Cases.Find("a-1", default), await _store.Cases.Find("a-1", default));
    }

    [Fact]
    public async Task Nobody_who_reads_beside_a_writer_is_given_less_than_was_saved_before()
    {
        const int Versions = 300;
        await _store.Cases.Save(Sample.Opened("a-1"), default);
        var saved = 1L;
        var reading = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var least = 0L; least < Versions;)
            {
                least = Math.Max(least, Volatile.Read(ref saved));
                var found = await Version("a-1");
                Assert.True(found >= least, $"Version {found} was given after {least}.");
                least = found;
            }
        })).ToArray();
        for (var version = 1; version < Versions; version++)
        {
            await _store.Cases.Save(Sample.Next("a-1", version), default);
            Volatile.Write(ref saved, version + 1);
        }

        await Task.WhenAll(reading).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private async Task<long> Version(string id) => (await _store.Cases.Find(id, default))!.Version;

    private async Task<(int InDirectory, int BySubject)> Revisions() =>
        ((await _store.Directory.Find("sample", default))!.Person("ines")!.Revision, (await _store.Directory.FindPerson("ines@county.example", default))!.Revision);
}
