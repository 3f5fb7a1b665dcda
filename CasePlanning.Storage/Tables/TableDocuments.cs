using System.Globalization;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Tables;

/// <summary>
/// Puts a document into rows and takes it out again. A property holds 64 KiB of it, a row 11 of these, and the rows after the first follow it
/// under its key and <c>!</c>. The first row says how many there are; what a longer document left behind after them is passed over. Where it has
/// one, every row carries the version of the case or directory that wrote it, so that what was read while it was written is noticed.
/// </summary>
internal static class TableDocuments
{
    /// <summary>As many as stay below 1 MiB in Base64, too, by which Azurite measures a row; the service measures the bytes.</summary>
    private const int PropertiesPerRow = 11;
    private const int BytesPerRow = PropertiesPerRow * TableLimits.BytesPerProperty;

    private const string VersionName = "Version";

    public static IReadOnlyList<TableRow> Rows<T>(DocumentType<T> type, string key, T document, long? version = null)
        where T : class => Rows(key, type.Schema, type.Write(document), version);

    public static IReadOnlyList<TableRow> Rows(string key, int schema, byte[] text, long? version = null)
    {
        var count = Math.Max(1, (text.Length + BytesPerRow - 1) / BytesPerRow);
        var rows = new TableRow[count];
        for (var index = 0; index < count; index++)
        {
            var values = Values(text.AsSpan(index * BytesPerRow, Math.Min(BytesPerRow, text.Length - (index * BytesPerRow))));
            if (version is { } written)
            {
                values[VersionName] = written;
            }

            if (index == 0)
            {
                values["Schema"] = schema;
                values["Rows"] = count;
            }

            rows[index] = new TableRow(index == 0 ? key : Following(key, index), values);
        }

        return rows;
    }

    /// <summary>True where no row was written by a later version than one that was read before it.</summary>
    public static bool AreOf(long version, IEnumerable<TableRow> rows) => rows.All(row => VersionOf(row) <= version);

    /// <summary>True where the rows of the first document are all there and of one write.</summary>
    public static bool IsWhole(IReadOnlyList<TableRow> rows) =>
        rows.Count >= CountOf(rows[0]) && rows.Take(CountOf(rows[0])).All(row => VersionOf(row) == VersionOf(rows[0]));

    public static int CountOf(TableRow first) => (int)first.Values["Rows"];

    public static string Following(string key, int index) => string.Create(CultureInfo.InvariantCulture, $"{key}!{index}");

    /// <summary>True for a row that goes on with the document of the row before.</summary>
    public static bool IsFollowing(TableRow row) => row.Key.Contains('!', StringComparison.Ordinal);

    /// <summary>True for a row that begins a document: not one that follows another, and not one that holds none.</summary>
    public static bool IsFirst(TableRow row) => row.Values.ContainsKey("Schema");

    /// <summary>Rows in the order of their keys, each document's apart.</summary>
    public static IEnumerable<IReadOnlyList<TableRow>> Apart(IReadOnlyList<TableRow> rows)
    {
        for (var (first, next) = (0, 1); first < rows.Count; first = next++)
        {
            while (next < rows.Count && IsFollowing(rows[next]))
            {
                next++;
            }

            yield return [.. rows.Skip(first).Take(next - first)];
        }
    }

    /// <summary>Every document of a kind among rows in the order of their keys, with its first row.</summary>
    public static IEnumerable<Stored<T>> Read<T>(DocumentType<T> type, IReadOnlyList<TableRow> rows, string prefix)
        where T : class
    {
        for (var index = 0; index < rows.Count; index++)
        {
            if (IsFirst(rows[index]) && rows[index].Key.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return new Stored<T>(Read(type, rows, index), rows[index]);
            }
        }
    }

    public static T Read<T>(DocumentType<T> type, IReadOnlyList<TableRow> rows, int first = 0)
        where T : class
    {
        using var text = new MemoryStream();
        for (var index = 0; index < CountOf(rows[first]); index++)
        {
            var values = rows[first + index].Values;
            for (var part = 0; values.TryGetValue(Name(part), out var bytes); part++)
            {
                text.Write((byte[])bytes);
            }
        }

        return type.Read((int)rows[first].Values["Schema"], text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    private static Dictionary<string, object> Values(ReadOnlySpan<byte> text)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        for (var part = 0; part * TableLimits.BytesPerProperty < text.Length; part++)
        {
            var start = part * TableLimits.BytesPerProperty;
            values[Name(part)] = text[start..Math.Min(text.Length, start + TableLimits.BytesPerProperty)].ToArray();
        }

        return values;
    }

    private static long VersionOf(TableRow row) => row.Values.TryGetValue(VersionName, out var version) ? (long)version : 0;

    private static string Name(int part) => string.Create(CultureInfo.InvariantCulture, $"Text{part:D2}");
}

/// <summary>A document and the first of its rows.</summary>
internal sealed record Stored<T>(T Document, TableRow Row)
    where T : class;
