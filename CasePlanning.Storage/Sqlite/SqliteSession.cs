using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// A connection and the statements prepared on it. SQL is a constant and prepared once; values are given in the order
/// in which their names first stand in it. Used by one thread at a time. Statements go to SQLite's own interface, because
/// a command object that looks every name up again takes longer than most of the statements.
/// </summary>
internal sealed class SqliteSession(SqliteConnection connection, Action<string> prepared) : IDisposable
{
    private readonly sqlite3 _handle = connection.Handle!;
    private readonly Dictionary<string, sqlite3_stmt> _statements = new(ReferenceEqualityComparer.Instance);

    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Bound(sql, values);
        try
        {
            while (Step(statement))
            {
            }

            return raw.sqlite3_changes(_handle);
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The first row, or the type's default.</summary>
    public T? One<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<object?> values)
    {
        var statement = Bound(sql, values);
        try
        {
            return Step(statement) ? read(new SqliteRow(statement)) : default;
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    public List<T> Many<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        var statement = Bound(sql, values);
        try
        {
            while (Step(statement))
            {
                rows.Add(read(new SqliteRow(statement)));
            }

            return rows;
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Runs several statements that are used once, such as a migration.</summary>
    public void Script(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private sqlite3_stmt Bound(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
            _statements.Add(sql, statement);
            prepared(sql);
        }

        if (raw.sqlite3_bind_parameter_count(statement) != values.Length)
        {
            throw new InvalidOperationException($"{values.Length} values were given to: {sql}");
        }

        for (var index = 0; index < values.Length; index++)
        {
            Check(Bind(statement, index + 1, values[index]));
        }

        return statement;
    }

    private static int Bind(sqlite3_stmt statement, int index, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, index),
        string text => raw.sqlite3_bind_text(statement, index, text),
        byte[] utf8 => raw.sqlite3_bind_text(statement, index, utf8),
        long number => raw.sqlite3_bind_int64(statement, index, number),
        int number => raw.sqlite3_bind_int(statement, index, number),
        bool flag => raw.sqlite3_bind_int(statement, index, flag ? 1 : 0),
        _ => throw new InvalidOperationException($"A {value.GetType().Name} has no place in a column."),
    };

    private bool Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(code);
        }

        return code == raw.SQLITE_ROW;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _handle);
}
