using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// The way to the database's one writer: first come, first served. A thread takes the units that are queued, up to a limit,
/// applies them in one transaction, and completes their tasks after its commit. While it commits, the next group gathers.
/// </summary>
internal sealed class WriteGate : IAsyncDisposable
{
    private readonly BlockingCollection<WriteUnit> _queue = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteSession _session;
    private readonly int _unitsPerCommit;

    public WriteGate(SqliteSession session, int unitsPerCommit)
    {
        _session = session;
        _unitsPerCommit = unitsPerCommit;
        new Thread(Serve) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    /// <summary>Queues a unit. One that is cancelled before its turn is skipped; one that throws fails alone and leaves nothing behind.</summary>
    public Task<T> Enqueue<T>(Func<SqliteSession, T> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var unit = new WriteUnit<T>(work, ct);
        try
        {
            _queue.Add(unit, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteStore), "The store is closed and takes no more writes.");
        }

        return unit.Task;
    }

    /// <summary>Finishes what is queued, folds the log into the file and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        await _closed.Task;
    }

    private void Serve()
    {
        var group = new List<WriteUnit>(_unitsPerCommit);
        try
        {
            while (_queue.TryTake(out var unit, Timeout.Infinite))
            {
                do
                {
                    group.Add(unit);
                }
                while (group.Count < _unitsPerCommit && _queue.TryTake(out unit));
                Serve(group);
                group.Clear();
            }

            _session.Script("PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE);");
            _session.Dispose();
            _closed.SetResult();
        }
        catch (Exception exception)
        {
            Refuse(group, exception);
            _closed.SetException(exception);
        }
    }

    /// <summary>Nobody waits for a writer that is gone.</summary>
    private void Refuse(List<WriteUnit> group, Exception exception)
    {
        _queue.CompleteAdding();
        foreach (var unit in group.Concat(_queue.GetConsumingEnumerable()))
        {
            unit.Fail(exception);
        }
    }

    private void Serve(List<WriteUnit> group)
    {
        try
        {
            _session.Run("BEGIN IMMEDIATE");
        }
        catch (Exception exception)
        {
            group.ForEach(unit => unit.Fail(exception));
            return;
        }

        try
        {
            foreach (var unit in group)
            {
                unit.Apply(_session);
            }

            _session.Run("COMMIT");
        }
        catch (Exception exception)
        {
            RollBack();
            ServeOneByOne(group, exception);
            return;
        }

        group.ForEach(unit => unit.Complete());
    }

    /// <summary>A group that failed as a whole is repeated unit by unit, so that only the culprit fails.</summary>
    private void ServeOneByOne(List<WriteUnit> group, Exception exception)
    {
        if (group is [var culprit])
        {
            culprit.Fail(exception);
            return;
        }

        foreach (var unit in group)
        {
            Serve([unit]);
        }
    }

    private void RollBack()
    {
        try
        {
            if (_session.InTransaction)
            {
                _session.Run("ROLLBACK");
            }
        }
        catch (SqliteException)
        {
            // The transaction is still open: the next BEGIN fails, and its writers hear of it.
        }
    }
}
