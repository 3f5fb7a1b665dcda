using CasePlanning.Bench.World;
using Microsoft.Data.Sqlite;
using Quartz;

namespace CasePlanning.Bench.Reminders;

/// <summary>
/// Quartz.NET's persistent store on SQLite, as it is shipped or tuned: one-shot triggers, all due at once, each with one small insert into a table of
/// the same file system. Tuned, it claims 64 triggers at once and runs them on 64 threads, where it is shipped to claim one and to have ten.
/// </summary>
internal static class QuartzStore
{
    private static int _left;
    private static TaskCompletionSource _done = new();
    private static SqliteConnection _notes = null!;

    public static async Task<Spent> Run(int count, bool tuned)
    {
        using var scratch = new Scratch();
        var database = new SqliteConnectionStringBuilder { DataSource = scratch.File("quartz.db"), Pooling = true }.ToString();
        await using (var connection = new SqliteConnection(database))
        {
            await connection.OpenAsync();
            Run(connection, "PRAGMA journal_mode = WAL");
        }

        await using var notes = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = scratch.File("notes.db"), Pooling = false }.ToString());
        await notes.OpenAsync();
        Run(notes, "PRAGMA journal_mode = WAL");
        Run(notes, "CREATE TABLE notes (id TEXT PRIMARY KEY)");
        (_left, _done, _notes) = (count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), notes);

        var scheduler = await QuartzSchedulerBuilder.Create(quartz =>
        {
            if (tuned)
            {
                quartz.ConfigureScheduler(options => options.MaxBatchSize = Bare.Batch).UseDefaultThreadPool(Bare.Batch);
            }

            quartz.UsePersistentStore(store =>
            {
                store.UseSqlite(SqliteFactory.Instance, database);
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
            });
        }).BuildScheduler(default);
        await Schedule(scheduler, count);
        var spent = await Stopwatch.Around(count, async () =>
        {
            await scheduler.Start();
            await _done.Task;
        });
        await scheduler.Shutdown(waitForJobsToComplete: true);
        SqliteConnection.ClearAllPools();
        await notes.CloseAsync();
        WrongAnswerException.Check("triggers fired", count, Scratch.Count(scratch.File("notes.db"), "SELECT COUNT(*) FROM notes"));
        return spent;
    }

    private static async Task Schedule(IScheduler scheduler, int count)
    {
        var job = JobBuilder.Create<Note>().WithIdentity("note").StoreDurably().Build();
        await scheduler.AddJob(job);
        for (var index = 0; index < count; index++)
        {
            await scheduler.ScheduleJob(TriggerBuilder.Create().WithIdentity($"t{index}").ForJob(job).StartNow().Build());
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class Note : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            lock (_notes)
            {
                using var command = _notes.CreateCommand();
                command.CommandText = "INSERT INTO notes VALUES ($id)";
                command.Parameters.AddWithValue("$id", context.Trigger.Key.Name);
                command.ExecuteNonQuery();
            }

            if (Interlocked.Decrement(ref _left) == 0)
            {
                _done.TrySetResult();
            }

            return ValueTask.CompletedTask;
        }
    }
}
