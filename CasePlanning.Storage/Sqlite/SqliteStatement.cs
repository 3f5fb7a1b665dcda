using System.Text;
using SQLitePCL;

namespace CasePlanning.Storage.Sqlite;

/// <summary>A prepared statement, and the memory its texts are written to as UTF-8 before SQLite takes its copy.</summary>
internal sealed class SqliteStatement(sqlite3_stmt owner, string sql) : IDisposable
{
    private readonly int _parameters = raw.sqlite3_bind_parameter_count(owner);
    private byte[] _utf8 = [];

    public SqliteRow Row => new(owner);

    /// <summary>Gives the parameters their values in order; the code of the first that failed.</summary>
    public int Bind(ReadOnlySpan<SqliteValue> values)
    {
        if (_parameters != values.Length)
        {
            throw new InvalidOperationException($"{values.Length} values were given to: {sql}");
        }

        var code = raw.SQLITE_OK;
        for (var index = 0; index < values.Length && code == raw.SQLITE_OK; index++)
        {
            ref readonly var value = ref values[index];
            code = value.IsNumber ? raw.sqlite3_bind_int64(owner, index + 1, value.Number)
                : value.Text is { } text ? raw.sqlite3_bind_text(owner, index + 1, Utf8(text))
                : value.Document is { } document ? raw.sqlite3_bind_text(owner, index + 1, document.AsSpan())
                : raw.sqlite3_bind_null(owner, index + 1);
        }

        return code;
    }

    public int Step() => raw.sqlite3_step(owner);

    public void Reset() => _ = raw.sqlite3_reset(owner);

    public void Dispose() => owner.Dispose();

    private ReadOnlySpan<byte> Utf8(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > _utf8.Length)
        {
            _utf8 = new byte[most * 2];
        }

        return _utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, _utf8));
    }
}
