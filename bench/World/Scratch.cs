using Microsoft.Data.Sqlite;

namespace CasePlanning.Bench.World;

/// <summary>A folder that goes with what was measured in it.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("case-planning-bench-").FullName;

    /// <summary>The database as the self-hosted process names it.</summary>
    public string Database => Path.Combine(Folder, "case-planning.db");

    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Counts straight from the file, past the store that is measured.</summary>
    public static long Count(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Runs statements on a file.</summary>
    public static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
