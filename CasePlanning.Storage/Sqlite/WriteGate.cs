using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// The way to the database's one writer. A thread applies units in one transaction and completes their tasks after its commit: those of a loop's batch
/// until somebody comes with a unit of their own, and then of all who have come, first come, first served. While it commits, the next gather. Who
/// comes waits for one commit at most before their own, and the rest of the batch goes on in the next.
/// </summary>
internal sealed class WriteGate : IAsyncDisposable
{
    /// <summary>So many units of a batch a commit carries at least, however many people come: a loop always gets on.</summary>
    private const int FewestOfBatch = 16;

    private readonly object _turns = new();
    private readonly Queue<WriteUnit> _units = [];
    private readonly Queue<IReadOnlyList<WriteUnit>> _batches = [];
    private readonly Queue<WriteUnit> _batch = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteSession _session;
    private readonly LogCopying _log;
    private readonly int _unitsPerCommit;
    private bool _closing;

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

    /// <summary>Queues units of a loop. They are committed together as far as nobody comes with a unit of their own.</summary>
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
            while (Wait())
            {
                Serve(Turn(), group);
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
    private bool Wait()
    {
        lock (_turns)
        {
            while (_units.Count + _batches.Count + _batch.Count == 0)
            {
                if (_closing)
                {
                    return false;
                }

                Monitor.Wait(_turns);
            }

            return true;
        }
    }

    /// <summary>The units of the next transaction, taken one by one while it is under way.</summary>
    private IEnumerable<WriteUnit> Turn()
    {
        BeginBatch();
        for (var taken = 1; _batch.TryDequeue(out var unit); taken++)
        {
            yield return unit;
            if (taken >= FewestOfBatch && SomebodyWaits())
            {
                break;
            }
        }

        for (var taken = 0; taken < _unitsPerCommit && TryTake(out var unit); taken++)
        {
            yield return unit;
        }
    }

    private void BeginBatch()
    {
        lock (_turns)
        {
            if (_batch.Count == 0 && _batches.TryDequeue(out var next))
            {
                foreach (var unit in next)
                {
                    _batch.Enqueue(unit);
                }
            }
        }
    }

    private bool SomebodyWaits()
    {
        lock (_turns)
        {
            return _units.Count > 0;
        }
    }

    private bool TryTake([NotNullWhen(true)] out WriteUnit? unit)
    {
        lock (_turns)
        {
            return _units.TryDequeue(out unit);
        }
    }

    /// <summary>Nobody waits for a writer that is gone.</summary>
    private void Refuse(List<WriteUnit> group, Exception exception)
    {
        Close();
        foreach (var unit in group.Concat(_batch).Concat(_units).Concat(_batches.SelectMany(batch => batch)))
        {
            unit.Fail(exception);
        }
    }

    /// <param name="group">Takes the units that are in the transaction.</param>
    private void Serve(IEnumerable<WriteUnit> units, List<WriteUnit> group)
    {
        try
        {
            _session.Forget();
            _session.Run("BEGIN IMMEDIATE");
        }
        catch (Exception exception)
        {
            foreach (var unit in units)
            {
                unit.Fail(exception);
            }

            return;
        }

        try
        {
            foreach (var unit in units)
            {
                group.Add(unit);
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
            Serve([unit], []);
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
