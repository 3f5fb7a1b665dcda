using CasePlanning.Bench.World;
using Microsoft.Data.Sqlite;

namespace CasePlanning.Bench.Reminders;

/// <summary>
/// The least that has to be done for a reminder, without a rule, a person or a text: due plans are claimed in a batch, and each gets two notices,
/// two outbox rows of 300 bytes and its next wake; one transaction a batch, statements prepared, every commit on disk.
/// </summary>
internal static class Bare
{
    public const int Batch = 64;
    private static readonly string Text = new('x', 300);

    public static Spent Run(int count)
    {
        using var scratch = new Scratch();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = scratch.Database, Pooling = false }.ToString());
        connection.Open();
        Script(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000;");
        Script(connection, """
            CREATE TABLE plans (id INTEGER PRIMARY KEY, due INTEGER NOT NULL);
            CREATE INDEX plans_by_due ON plans (due);
            CREATE TABLE notices (plan INTEGER NOT NULL, step INTEGER NOT NULL, role INTEGER NOT NULL, PRIMARY KEY (plan, step, role)) WITHOUT ROWID;
            CREATE TABLE outbox (id INTEGER PRIMARY KEY, plan INTEGER NOT NULL, text TEXT NOT NULL);
            """);
        Script(connection, $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) INSERT INTO plans SELECT i, i % 100 FROM n");
        var spent = Stopwatch.Around(count, () =>
        {
            Remind(connection);
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();
        connection.Close();
        WrongAnswerException.Check("bare notices", 2L * count, Scratch.Count(scratch.Database, "SELECT COUNT(*) FROM notices"));
        WrongAnswerException.Check("bare outbox", 2L * count, Scratch.Count(scratch.Database, "SELECT COUNT(*) FROM outbox"));
        return spent;
    }

    private static void Remind(SqliteConnection connection)
    {
        using var claim = Prepared(connection, $"SELECT id FROM plans WHERE due <= 1000 ORDER BY due LIMIT {Batch}");
        using var notice = Prepared(connection, "INSERT INTO notices VALUES ($plan, 1, $role)", "$plan", "$role");
        using var outbox = Prepared(connection, "INSERT INTO outbox (plan, text) VALUES ($plan, $text)", "$plan", "$text");
        using var wake = Prepared(connection, "UPDATE plans SET due = 2000 WHERE id = $plan", "$plan");
        var due = new List<long>(Batch);
        do
        {
            due.Clear();
            using var transaction = connection.BeginTransaction();
            claim.Transaction = notice.Transaction = outbox.Transaction = wake.Transaction = transaction;
            using (var rows = claim.ExecuteReader())
            {
                while (rows.Read())
                {
                    due.Add(rows.GetInt64(0));
                }
            }

            foreach (var plan in due)
            {
                for (var role = 0; role < 2; role++)
                {
                    Run(notice, plan, role);
                    Run(outbox, plan, Text);
                }

                Run(wake, plan);
            }

            transaction.Commit();
        }
        while (due.Count > 0);
    }

    private static void Run(SqliteCommand command, params object[] values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index];
        }

        command.ExecuteNonQuery();
    }

    private static SqliteCommand Prepared(SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        command.Prepare();
        return command;
    }

    private static void Script(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
