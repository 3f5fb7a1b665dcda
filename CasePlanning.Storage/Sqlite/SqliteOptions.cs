namespace CasePlanning.Storage.Sqlite;

/// <summary>How the SQLite store is opened.</summary>
public sealed record SqliteOptions
{
    /// <summary>The most units of work that one commit carries. A writer waits at most for the commits of those before it.</summary>
    public int UnitsPerCommit { get; init; } = 64;

    /// <summary>
    /// True where nobody else writes the file while it is open, as in a data directory that one process holds. What was read is then current until this
    /// store saves something, and the file needn't be asked.
    /// </summary>
    public bool Alone { get; init; }

    /// <summary>How long to wait for another process that is writing, before a write fails.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
