using System.Runtime.InteropServices;
using System.Text;
using SQLitePCL;

namespace CasePlanning.Storage.Sqlite;

/// <summary>A prepared statement, and the memory its texts lie in while it runs. Nothing moves that memory, so SQLite needn't copy them.</summary>
internal sealed unsafe class SqliteStatement(sqlite3_stmt owner, string sql) : IDisposable
{
    private readonly nint _handle = owner.DangerousGetHandle();
    private readonly int _parameters = raw.sqlite3_bind_parameter_count(owner);
    private byte[] _texts = [];

    public SqliteRow Row => new(_handle);

    /// <summary>Gives the parameters their values in order; the code of the first that failed.</summary>
    public int Bind(ReadOnlySpan<SqliteValue> values)
    {
        if (_parameters != values.Length)
        {
            throw new InvalidOperationException($"{values.Length} values were given to: {sql}");
        }

        Reserve(values);
        var (code, used) = (raw.SQLITE_OK, 0);
        for (var index = 0; index < values.Length && code == raw.SQLITE_OK; index++)
        {
            ref readonly var value = ref values[index];
            code = value.IsNumber ? SqliteNative.BindNumber(_handle, index + 1, value.Number)
                : value.Text is { } text ? BindText(index + 1, Encoding.UTF8.GetBytes(text, _texts.AsSpan(used)), ref used)
                : value.Document is { } document ? BindText(index + 1, Copy(document, used), ref used)
                : SqliteNative.BindNull(_handle, index + 1);
        }

        return code;
    }

    public int Step() => SqliteNative.Step(_handle);

    public void Reset() => _ = SqliteNative.Reset(_handle);

    public void Dispose() => owner.Dispose();

    private void Reserve(ReadOnlySpan<SqliteValue> values)
    {
        var most = 0;
        foreach (ref readonly var value in values)
        {
            most += value.Text is { } text ? Encoding.UTF8.GetMaxByteCount(text.Length) : value.Document?.Length ?? 0;
        }

        if (most > _texts.Length)
        {
            _texts = GC.AllocateUninitializedArray<byte>(most * 2, pinned: true);
        }
    }

    private int Copy(byte[] document, int to)
    {
        document.CopyTo(_texts, to);
        return document.Length;
    }

    private int BindText(int index, int length, ref int used)
    {
        var text = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_texts, used);
        used += length;
        return SqliteNative.BindText(_handle, index, text, length, destructor: 0);
    }
}
