using CasePlanning.Application.Ports;
using CasePlanning.Storage.Moving;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// Keeps everything in one SQLite file. Reads run side by side; writes go through one first-come gate and are committed in groups,
/// and a write's task completes only when it is on disk. Disposing finishes what was queued and folds the log into the file.
/// </summary>
public sealed class SqliteStore : IStores
{
    internal SqliteStore(SqliteDatabase database)
    {
        var (cases, directory, inbox, outbox, calendars) = (new SqliteCases(database), new SqliteDirectory(database), new SqliteInbox(database), new SqliteOutbox(database), new SqliteCalendarFeeds(database));
        Database = database;
        Cases = cases;
        Directory = directory;
        Wakes = new SqliteWakes(database);
        Inbox = inbox;
        Outbox = outbox;
        Calendars = calendars;
        Whole = new SqliteMove(database, directory, outbox, inbox, cases, calendars);
    }

    /// <summary>
    /// Opens the file, makes it where there is none, and brings an older one up to date.
    /// Throws <see cref="InvalidDataException"/> for a file that a newer release wrote.
    /// </summary>
    public static SqliteStore Open(string path, SqliteOptions? options = null) =>
        new(SqliteDatabase.Open(path, options ?? new SqliteOptions(), Migration.Embedded()));

    /// <summary>
    /// Opens a file to read it only, whether a process is working in it or not; saving throws. Throws <see cref="InvalidDataException"/> for a
    /// file that isn't there or that another release wrote.
    /// </summary>
    public static SqliteStore OpenToRead(string path) => File.Exists(path)
        ? new(SqliteDatabase.OpenToRead(path, Migration.Embedded()))
        : throw new InvalidDataException($"There is no database {Path.GetFullPath(path)}.");

    public ICaseStore Cases { get; }

    public IDirectoryStore Directory { get; }

    public IWakeStore Wakes { get; }

    public IInboxStore Inbox { get; }

    public IOutbox Outbox { get; }

    public ICalendarFeedStore Calendars { get; }

    /// <summary>Everything in the file, for moving it.</summary>
    public IMovable Whole { get; }

    internal SqliteDatabase Database { get; }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
