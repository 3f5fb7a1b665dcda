using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Storage.Tests.Sqlite;

/// <summary>A folder of a test's own with a database in it.</summary>
internal sealed class SqliteFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("case-planning-");

    public string File => Path.Combine(_folder.FullName, "cases.db");

    public SqliteStore OpenStore(SqliteOptions? options = null) => SqliteStore.Open(File, options);

    /// <summary>What a power cut would leave: the file and its log as they are, in another folder.</summary>
    public SqliteFolder CopyAsIs()
    {
        var copy = new SqliteFolder();
        CopyTo(copy);
        return copy;
    }

    public void CopyTo(SqliteFolder other)
    {
        foreach (var suffix in new[] { "", "-wal" })
        {
            System.IO.File.Copy(File + suffix, other.File + suffix);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
