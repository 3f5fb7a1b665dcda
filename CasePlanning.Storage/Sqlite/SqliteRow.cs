using System.Globalization;
using System.Text;
using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;
using SQLitePCL;

namespace CasePlanning.Storage.Sqlite;

/// <summary>The row a statement stands on, and how values stand in columns: instants as UTC ticks, dates as yyyy-MM-dd.</summary>
internal readonly struct SqliteRow(sqlite3_stmt statement)
{
    private const string Day = "yyyy-MM-dd";

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Bytes of a text or document; zero for null.</summary>
    public int Length(int column) => raw.sqlite3_column_bytes(statement, column);

    public int Int(int column) => (int)Long(column);

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public DateTimeOffset Instant(int column) => new(Long(column), TimeSpan.Zero);

    public DateTimeOffset? InstantOrNull(int column) => IsNull(column) ? null : Instant(column);

    public DateOnly Date(int column) => DateOnly.ParseExact(Text(column), Day, CultureInfo.InvariantCulture);

    /// <summary>The document in the column after the one with its schema version, read without a copy of its text.</summary>
    public T Document<T>(DocumentType<T> type, int schemaColumn)
        where T : class => type.Read(Long(schemaColumn), Utf8(schemaColumn + 1));

    /// <summary>The notice of a row that begins with its key, when it was raised, its schema version and its document.</summary>
    public Notice Notice(string caseId) => NoticeBesideKey.Read(Long(2), Utf8(3), caseId, Text(0), Instant(1));

    public static string Text(DateOnly date) => date.ToString(Day, CultureInfo.InvariantCulture);

    private ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(statement, column);
}
