using System.Globalization;
using CasePlanning.Storage.Documents;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CasePlanning.Storage.Sqlite;

/// <summary>How values stand in columns.</summary>
internal static class SqliteRows
{
    /// <summary>The document in the column after the one with its schema version, read without a copy of its text.</summary>
    public static T Document<T>(this SqliteDataReader row, DocumentType<T> type, int schemaColumn)
        where T : class => type.Read(row.GetInt64(schemaColumn), raw.sqlite3_column_blob(row.Handle, schemaColumn + 1));

    public static DateTimeOffset Instant(this SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    public static DateTimeOffset? InstantOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Instant(column);

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
