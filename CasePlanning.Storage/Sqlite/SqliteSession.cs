using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// A connection and the statements prepared on it. SQL is a constant and prepared once; values are given in the order
/// in which their names first stand in it. Used by one thread at a time.
/// </summary>
internal sealed partial class SqliteSession(SqliteConnection connection, Action<string> prepared) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(ReferenceEqualityComparer.Instance);

    public bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Runs a statement and says how many rows it changed.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values)
    {
        var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first row, or the type's default.</summary>
    public T? One<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var row = Command(sql, values).ExecuteReader();
        return row.Read() ? read(row) : default;
    }

    public List<T> Many<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var row = Command(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
        {
            rows.Add(read(row));
        }

        return rows;
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
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _commands[sql] = Prepare(sql);
            prepared(sql);
        }

        if (command.Parameters.Count != values.Length)
        {
            throw new InvalidOperationException($"{values.Length} values for the {command.Parameters.Count} names in: {sql}");
        }

        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }

        return command;
    }

    private SqliteCommand Prepare(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in ParameterNames().Matches(sql).Select(match => match.Value).Distinct(StringComparer.Ordinal))
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = DBNull.Value });
        }

        command.Prepare();
        return command;
    }

    [GeneratedRegex(@"\$\w+", RegexOptions.None, 1000)]
    private static partial Regex ParameterNames();
}
