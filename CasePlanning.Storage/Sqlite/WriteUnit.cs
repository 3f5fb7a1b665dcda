namespace CasePlanning.Storage.Sqlite;

/// <summary>A queued unit of work and the task that waits for it.</summary>
internal abstract class WriteUnit
{
    /// <summary>Runs the unit inside the open transaction; once more if its group is repeated.</summary>
    public abstract void Apply(SqliteSession session);

    /// <summary>Called after the commit.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that the unit wasn't saved; does nothing once it was completed.</summary>
    public abstract void Fail(Exception exception);
}

internal sealed class WriteUnit<T>(Func<SqliteSession, T> work, CancellationToken ct, TaskCreationOptions options = TaskCreationOptions.RunContinuationsAsynchronously) : WriteUnit
{
    private readonly TaskCompletionSource<T> _done = new(options);
    private T? _result;
    private bool _ran;

    public Task<T> Task => _done.Task;

    public override void Apply(SqliteSession session)
    {
        _ran = !ct.IsCancellationRequested;
        _result = _ran ? work(session) : default;
    }

    public override void Complete()
    {
        if (_ran)
        {
            _done.SetResult(_result!);
        }
        else
        {
            _done.SetCanceled(ct);
        }
    }

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
