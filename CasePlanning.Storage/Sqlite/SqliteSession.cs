using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// A connection and the statements prepared on it. SQL is a constant and prepared once; values are given in the order
/// in which their names first stand in it. Used by one thread at a time. Statements go to SQLite's own interface, because
/// a command object that looks every name up again takes longer than most of the statements.
/// </summary>
internal sealed class SqliteSession(SqliteConnection connection, Action<string> known) : IDisposable
{
    private readonly sqlite3 _handle = connection.Handle!;
    private readonly Dictionary<string, SqliteStatement> _statements = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Sql, string Key), object?> _read = [];

    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    public int Run(string sql, params ReadOnlySpan<SqliteValue> values)
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
            statement.Reset();
        }
    }

    /// <summary>The first row, or the type's default.</summary>
    public T? One<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<SqliteValue> values)
    {
        var statement = Bound(sql, values);
        try
        {
            return Step(statement) ? read(statement.Row) : default;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>The first row, which is read once until <see cref="Forget"/>; for what many units of one transaction ask.</summary>
    public T? Once<T>(string sql, Func<SqliteRow, T> read, string key)
    {
        if (!_read.TryGetValue((sql, key), out var known))
        {
            _read[(sql, key)] = known = One(sql, read, key);
        }

        return (T?)known;
    }

    /// <summary>Called where a transaction begins, and after rows were changed that are read once.</summary>
    public void Forget() => _read.Clear();

    public List<T> Many<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<SqliteValue> values)
    {
        var rows = new List<T>();
        var statement = Bound(sql, values);
        try
        {
            while (Step(statement))
            {
                rows.Add(read(statement.Row));
            }

            return rows;
        }
        finally
        {
            statement.Reset();
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

    private SqliteStatement Bound(string sql, ReadOnlySpan<SqliteValue> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var prepared));
            statement = new SqliteStatement(prepared, sql);
            _statements.Add(sql, statement);
            known(sql);
        }

        Check(statement.Bind(values));
        return statement;
    }

    private bool Step(SqliteStatement statement)
    {
        var code = statement.Step();
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            Check(code);
        }

        return code == raw.SQLITE_ROW;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _handle);
}
