using Microsoft.Data.Sqlite;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// Copies the log into the file beside the writer, every so many commits, so that nobody waits for it. A busy writer's log doesn't begin anew by
/// this; once it is long the writer copies the last of it by itself, which is little.
/// </summary>
internal sealed class LogCopying : IDisposable
{
    private const int CommitsApart = 4;

    private readonly AutoResetEvent _next = new(false);
    private readonly SqliteSession _session;
    private readonly Thread _thread;
    private int _commits;
    private volatile bool _closing;

    /// <param name="session">Its own; it is disposed with it.</param>
    public LogCopying(SqliteSession session)
    {
        _session = session;
        _thread = new Thread(Run) { IsBackground = true, Name = "SQLite log" };
        _thread.Start();
    }

    /// <summary>Called by the writer after each commit.</summary>
    public void Committed()
    {
        if (++_commits % CommitsApart == 0)
        {
            _next.Set();
        }
    }

    public void Dispose()
    {
        _closing = true;
        _next.Set();
        _thread.Join();
        _session.Dispose();
        _next.Dispose();
    }

    private void Run()
    {
        while (_next.WaitOne() && !_closing)
        {
            try
            {
                _session.Run("PRAGMA wal_checkpoint(PASSIVE)");
            }
            catch (SqliteException)
            {
                // The log has everything that was saved; it is copied later.
            }
        }
    }
}
