using CasePlanning.Bench.World;
using Microsoft.Data.Sqlite;
using Quartz;

namespace CasePlanning.Bench.Reminders;

/// <summary>How Quartz.NET is used.</summary>
/// <param name="Tuned">Claims 64 triggers at once and runs them on 64 threads, where it is shipped to claim one and to have ten.</param>
/// <param name="RowsApart">
/// What the jobs insert lies in a file of its own, written by one connection they take turns with. Otherwise it lies in the database that holds the
/// triggers, as ours and the bare pattern's does, and each job opens a pooled connection.
/// </param>
internal sealed record QuartzUse(bool Tuned = false, bool RowsApart = false);

/// <summary>Quartz.NET's persistent store on SQLite: one-shot triggers, all due at once, each with one small insert.</summary>
internal static class QuartzStore
{
    private static int _left;
    private static TaskCompletionSource _done = new();
    private static string _database = "";
    private static SqliteConnection? _apart;

    public static async Task<Spent> Run(int count, QuartzUse use)
    {
        using var scratch = new Scratch();
        var (triggers, rows) = (scratch.File("quartz.db"), scratch.File(use.RowsApart ? "rows.db" : "quartz.db"));
        (_left, _done, _database) = (count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), Text(triggers));
        Script(_database, "PRAGMA journal_mode = WAL");
        Script(Text(rows), "PRAGMA journal_mode = WAL; CREATE TABLE notes (id TEXT PRIMARY KEY);");
        await using var apart = use.RowsApart ? Opened(Text(rows)) : null;
        _apart = apart;
        var scheduler = await QuartzSchedulerBuilder.Create(quartz =>
        {
            if (use.Tuned)
            {
                quartz.ConfigureScheduler(options => options.MaxBatchSize = Bare.Batch).UseDefaultThreadPool(Bare.Batch);
            }

            quartz.UsePersistentStore(store =>
            {
                store.UseSqlite(SqliteFactory.Instance, _database);
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
        apart?.Close();
        SqliteConnection.ClearAllPools();
        WrongAnswerException.Check("triggers fired", count, Scratch.Count(rows, "SELECT COUNT(*) FROM notes"));
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

    private static string Text(string file) => new SqliteConnectionStringBuilder { DataSource = file }.ToString();

    private static SqliteConnection Opened(string database)
    {
        var connection = new SqliteConnection(database);
        connection.Open();
        return connection;
    }

    private static void Script(string database, string sql)
    {
        using var connection = Opened(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Insert(SqliteConnection connection, string id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO notes VALUES ($id)";
        command.Parameters.AddWithValue("$id", id);
        command.ExecuteNonQuery();
    }

    private static void InsertBesideTheTriggers(string id)
    {
        using var connection = Opened(_database);
        Insert(connection, id);
    }

    private sealed class Note : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var id = context.Trigger.Key.Name;
            if (_apart is { } apart)
            {
                lock (apart)
                {
                    Insert(apart, id);
                }
            }
            else
            {
                InsertBesideTheTriggers(id);
            }

            if (Interlocked.Decrement(ref _left) == 0)
            {
                _done.TrySetResult();
            }

            return ValueTask.CompletedTask;
        }
    }
}
