using System.Text.RegularExpressions;

namespace CasePlanning.Storage.Tables;

/// <summary>
/// What Azure Table storage takes. Sources, on learn.microsoft.com under rest/api/storageservices:
/// understanding-the-table-service-data-model (rows, properties, keys), performing-entity-group-transactions, query-timeout-and-pagination.
/// </summary>
public static partial class TableLimits
{
    public const int ActionsPerTransaction = 100;

    public const int BytesPerTransaction = 4 * 1024 * 1024;

    public const int BytesPerRow = 1024 * 1024;

    /// <summary>Besides PartitionKey, RowKey and Timestamp.</summary>
    public const int PropertiesPerRow = 252;

    /// <summary>Of an array of bytes, or of a string in UTF-16.</summary>
    public const int BytesPerProperty = 64 * 1024;

    public const int CharactersPerPropertyName = 255;

    /// <summary>Of a partition's name or a row's key in UTF-16.</summary>
    public const int BytesPerKey = 1024;

    public const int RowsPerPage = 1000;

    public static readonly DateTimeOffset EarliestInstant = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>True for a name of 3 to 63 letters and digits that begins with a letter.</summary>
    public static bool IsTableName(string name) => TableName().IsMatch(name);

    /// <summary>True for a key without slash, backslash, number sign, question mark and control characters, and not too long.</summary>
    public static bool IsKey(string key) =>
        key.Length * sizeof(char) <= BytesPerKey && !key.Any(character => character is '/' or '\\' or '#' or '?' || char.IsControl(character));

    /// <summary>True for a C# identifier that isn't one of the service's own names.</summary>
    public static bool IsPropertyName(string name) =>
        name.Length <= CharactersPerPropertyName && PropertyName().IsMatch(name) && name is not ("PartitionKey" or "RowKey" or "Timestamp");

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}$", RegexOptions.None, 1000)]
    private static partial Regex TableName();

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{Nd}_]*$", RegexOptions.None, 1000)]
    private static partial Regex PropertyName();
}
