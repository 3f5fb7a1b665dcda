using System.Text;
using SQLitePCL;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// A prepared statement, the values it was last run with, and the memory its texts are written to as UTF-8 before SQLite takes its copy. A parameter
/// keeps its value from one run to the next, and of a row's values half are those of the row before: only what differs is given again.
/// </summary>
internal sealed class SqliteStatement(sqlite3_stmt owner, string sql) : IDisposable
{
    private readonly SqliteValue[] _bound = new SqliteValue[raw.sqlite3_bind_parameter_count(owner)];
    private byte[] _utf8 = [];

    public SqliteRow Row => new(owner);

    /// <summary>Gives the parameters their values in order; the code of the first that failed.</summary>
    public int Bind(ReadOnlySpan<SqliteValue> values)
    {
        if (_bound.Length != values.Length)
        {
            throw new InvalidOperationException($"{values.Length} values were given to: {sql}");
        }

        for (var index = 0; index < values.Length; index++)
        {
            ref readonly var value = ref values[index];
            if (value.IsSame(_bound[index]))
            {
                continue;
            }

            _bound[index] = default; // What SQLite doesn't take is null there.
            var code = Bind(index + 1, value);
            if (code != raw.SQLITE_OK)
            {
                return code;
            }

            _bound[index] = value;
        }

        return raw.SQLITE_OK;
    }

    public int Step() => raw.sqlite3_step(owner);

    public void Reset() => _ = raw.sqlite3_reset(owner);

    public void Dispose() => owner.Dispose();

    private int Bind(int place, in SqliteValue value) =>
        value.IsNumber ? raw.sqlite3_bind_int64(owner, place, value.Number)
        : value.Text is { } text ? raw.sqlite3_bind_text(owner, place, Utf8(text))
        : value.Document is { } document ? raw.sqlite3_bind_text(owner, place, document.AsSpan())
        : raw.sqlite3_bind_null(owner, place);

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
