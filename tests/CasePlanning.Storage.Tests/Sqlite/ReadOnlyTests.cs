using CasePlanning.Storage.Sqlite;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Sqlite;

/// <summary>A file that is opened to be read only.</summary>
public sealed class ReadOnlyTests : IDisposable
{
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_shows_what_a_process_that_works_in_it_has_saved_and_takes_nothing()
    {
        await using var working = _folder.OpenStore();
        await working.Directory.Save(Sample.Agency(), default);
        await using var reading = SqliteStore.OpenToRead(_folder.File);
        Assert.Null(await reading.Cases.Find("a-1", default));

        await working.Cases.Save(Sample.Opened("a-1"), default);

        Assert.Equal("No. a-1", (await reading.Cases.Find("a-1", default))!.File.Number);
        Assert.Equal("sample county", (await reading.Directory.Find("sample", default))!.Agency.Name);
        await Assert.ThrowsAsync<InvalidOperationException>(() => reading.Cases.Save(Sample.Next("a-1", 1), default));
    }

    [Fact]
    public async Task A_file_nobody_works_in_is_left_as_it_is()
    {
        await using (var working = _folder.OpenStore())
        {
            await working.Cases.Save(Sample.Opened("a-1"), default);
        }

        var before = await File.ReadAllBytesAsync(_folder.File);
        await using (var reading = SqliteStore.OpenToRead(_folder.File))
        {
            Assert.NotNull(await reading.Cases.Find("a-1", default));
        }

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.File));
        Assert.Equal([_folder.File], Directory.GetFiles(Path.GetDirectoryName(_folder.File)!));
    }

    [Fact]
    public async Task What_a_power_cut_left_in_the_log_is_read_too()
    {
        await using var store = _folder.OpenStore();
        await store.Cases.Save(Sample.Opened("a-1"), default);
        using var rest = _folder.CopyAsIs();

        await using var reading = SqliteStore.OpenToRead(rest.File);

        Assert.NotNull(await reading.Cases.Find("a-1", default));
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_of_another_release_is_refused_with_a_sentence()
    {
        Assert.Contains("There is no database", Assert.Throws<InvalidDataException>(() => SqliteStore.OpenToRead(_folder.File)).Message, StringComparison.Ordinal);

        await using (SqliteDatabase.Open(_folder.File, new SqliteOptions(), [.. Migration.Embedded(), new Migration(9999, "9999_made_up", "SELECT 1")]))
        {
        }

        Assert.Contains("was written by another release", Assert.Throws<InvalidDataException>(() => SqliteStore.OpenToRead(_folder.File)).Message, StringComparison.Ordinal);
    }
}
