using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CasePlanning.Storage.Sqlite;

/// <summary>One database file: a pool of connections that read, and the gate to the one that writes.</summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly SqliteOptions _options;
    private readonly ConcurrentStack<SqliteSession> _readers = new();
    private readonly ConcurrentDictionary<string, bool> _sql = new(StringComparer.Ordinal);
    private readonly WriteGate? _gate;
    private volatile bool _disposed;
    private long _begun;
    private long _ended;

    static SqliteDatabase()
    {
        // Its statistics, which nobody reads, take a lock of the whole process at every allocation; and a connection is used by one thread at a time.
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
    }

    private SqliteDatabase(string path, SqliteOptions options)
    {
        _options = options;

        // Without a log nobody works in the file; opened like any other it would be given one, and a reader can't take it away again.
        _connectionString = ConnectionString(File.Exists(path + "-wal") ? path : $"{new Uri(path).AbsoluteUri}?immutable=1", SqliteOpenMode.ReadOnly);
    }

    private SqliteDatabase(string path, SqliteOptions options, IReadOnlyList<Migration> migrations)
    {
        _options = options;
        _connectionString = ConnectionString(path, SqliteOpenMode.ReadWriteCreate);

        // A new file has larger pages than SQLite gives it by itself: a unit of work then writes half as many. At 32 MB the writer copies the rest of the
        // log by itself and begins it anew: a log that is written over costs a commit less than one that grows, for which the disk has to find room.
        var writer = Connect("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4096;");
        try
        {
            Migration.Apply(migrations, writer, path);
        }
        catch
        {
            writer.Dispose();
            throw;
        }

        _gate = new WriteGate(writer, new LogCopying(Connect("PRAGMA synchronous = FULL;")), options.UnitsPerCommit);
    }

    private WriteGate Gate => _gate ?? throw new InvalidOperationException("The database was opened to be read only.");

    /// <summary>
    /// While this stays the same, nothing was saved since: what was read under it is what the file has. Null while something is being saved, and
    /// where somebody else may save; then the file has to be asked.
    /// </summary>
    public long? Unchanged
    {
        get
        {
            var ended = Volatile.Read(ref _ended);
            return _options.Alone && Volatile.Read(ref _begun) == ended ? ended : null;
        }
    }

    /// <summary>Every statement prepared so far, so that a test can ask how each is answered.</summary>
    public IEnumerable<string> KnownSql => _sql.Keys;

    public static SqliteDatabase Open(string path, SqliteOptions options, IReadOnlyList<Migration> migrations)
    {
        var file = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return new SqliteDatabase(file, options, migrations);
    }

    /// <summary>Opens a file of this release to read it only, beside a process that may be writing it.</summary>
    public static SqliteDatabase OpenToRead(string path, IReadOnlyList<Migration> migrations)
    {
        var file = Path.GetFullPath(path);
        var database = new SqliteDatabase(file, new SqliteOptions());
        var session = database.Connect("PRAGMA query_only = ON;");
        database.Return(session);
        Migration.Expect(migrations, session, file);
        return database;
    }

    /// <summary>Reads on a connection of its own, beside writers and other readers. A single statement sees one state of the database.</summary>
    public Task<T> Read<T>(Func<SqliteSession, T> read, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
        var session = _readers.TryPop(out var pooled) ? pooled : Connect("PRAGMA query_only = ON;");
        try
        {
            return Task.FromResult(read(session));
        }
        finally
        {
            Return(session);
        }
    }

    /// <summary>Queues a unit of work; its task completes once the unit is on disk. The unit may be run twice, and only the last run counts.</summary>
    public Task<T> Write<T>(Func<SqliteSession, T> unit, CancellationToken ct) => Changing(() => Gate.Enqueue(unit, ct));

    /// <summary>Queues units of work that are committed together, behind those who wait with one. The task fails when any of them does.</summary>
    public Task<IReadOnlyList<T>> WriteTogether<T>(IReadOnlyList<Func<SqliteSession, T>> units, CancellationToken ct) => Changing(() => Gate.EnqueueTogether(units, ct));

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        while (_readers.TryPop(out var session))
        {
            session.Dispose();
        }

        if (_gate is not null)
        {
            await _gate.DisposeAsync();
        }
    }

    private async Task<T> Changing<T>(Func<Task<T>> change)
    {
        Interlocked.Increment(ref _begun);
        try
        {
            return await change();
        }
        finally
        {
            Interlocked.Increment(ref _ended);
        }
    }

    private string ConnectionString(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = false,
        ForeignKeys = true,
        DefaultTimeout = Math.Max(1, (int)_options.BusyTimeout.TotalSeconds),
    }.ToString();

    private void Return(SqliteSession session)
    {
        _readers.Push(session);
        while (_disposed && _readers.TryPop(out var late))
        {
            late.Dispose();
        }
    }

    private SqliteSession Connect(string pragmas)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = FormattableString.Invariant($"PRAGMA busy_timeout = {(int)_options.BusyTimeout.TotalMilliseconds}; PRAGMA temp_store = MEMORY; {pragmas}");
            command.ExecuteNonQuery();
            return new SqliteSession(connection, sql => _sql.TryAdd(sql, true));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
