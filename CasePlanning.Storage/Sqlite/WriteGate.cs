using Microsoft.Data.Sqlite;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// The way to the database's one writer: first come, first served. A thread takes the units that are queued, up to a limit, or in turn the first
/// batch of a loop; it applies them in one transaction, and completes their tasks after its commit. While it commits, the next gather. Whoever waits
/// with a unit of their own waits for one batch at most.
/// </summary>
internal sealed class WriteGate : IAsyncDisposable
{
    private readonly object _turns = new();
    private readonly Queue<WriteUnit> _units = [];
    private readonly Queue<IReadOnlyList<WriteUnit>> _batches = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteSession _session;
    private readonly LogCopying _log;
    private readonly int _unitsPerCommit;
    private bool _closing;
    private bool _batchIsNext;

    public WriteGate(SqliteSession session, LogCopying log, int unitsPerCommit)
    {
        _session = session;
        _log = log;
        _unitsPerCommit = unitsPerCommit;
        new Thread(Serve) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    /// <summary>Queues a unit. One that is cancelled before its turn is skipped; one that throws fails alone and leaves nothing behind.</summary>
    public Task<T> Enqueue<T>(Func<SqliteSession, T> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var unit = new WriteUnit<T>(work, ct);
        Enqueue(_units, unit);
        return unit.Task;
    }

    /// <summary>Queues units that are committed together, after those who wait with a unit of their own.</summary>
    public async Task<IReadOnlyList<T>> EnqueueTogether<T>(IReadOnlyList<Func<SqliteSession, T>> works, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var units = works.Select(work => new WriteUnit<T>(work, ct, TaskCreationOptions.None)).ToArray();
        var all = Task.WhenAll(units.Select(unit => unit.Task));
        Enqueue(_batches, units);

        // The writer's thread counts them off and hands on the last alone; people's requests would queue behind as many as a batch has.
        await ((Task)all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Yield();
        return await all;
    }

    /// <summary>Finishes what is queued, folds the log into the file and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _closed.Task;
    }

    private void Enqueue<T>(Queue<T> queue, T item)
    {
        lock (_turns)
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(SqliteStore));
            queue.Enqueue(item);
            Monitor.Pulse(_turns);
        }
    }

    private void Close()
    {
        lock (_turns)
        {
            _closing = true;
            Monitor.Pulse(_turns);
        }
    }

    private void Serve()
    {
        var group = new List<WriteUnit>(_unitsPerCommit);
        try
        {
            while (Gather(group))
            {
                Serve(group);
                group.Clear();
                _log.Committed();
            }

            _log.Dispose();
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

    /// <summary>Waits for whoever comes next; false once the gate is closed and everybody is served.</summary>
    private bool Gather(List<WriteUnit> group)
    {
        lock (_turns)
        {
            while (_units.Count + _batches.Count == 0)
            {
                if (_closing)
                {
                    return false;
                }

                Monitor.Wait(_turns);
            }

            if (_units.Count == 0 || (_batchIsNext && _batches.Count > 0))
            {
                group.AddRange(_batches.Dequeue());
                _batchIsNext = false;
                return true;
            }

            while (group.Count < _unitsPerCommit && _units.TryDequeue(out var unit))
            {
                group.Add(unit);
            }

            _batchIsNext = true;
            return true;
        }
    }

    /// <summary>Nobody waits for a writer that is gone.</summary>
    private void Refuse(List<WriteUnit> group, Exception exception)
    {
        Close();
        foreach (var unit in group.Concat(_units).Concat(_batches.SelectMany(batch => batch)))
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
