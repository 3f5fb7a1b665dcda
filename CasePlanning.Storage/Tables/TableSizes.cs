using System.Text;

namespace CasePlanning.Storage.Tables;

/// <summary>How much of the service's limits rows and transactions take up.</summary>
internal static class TableSizes
{
    /// <summary>An upper bound for the headers of one action within a batch, and the parts of its JSON that aren't values.</summary>
    private const int BytesAroundAnAction = 1024;

    /// <summary>
    /// Bytes of a row in the service: 4, its keys in UTF-16, and for each property 8, its name in UTF-16 and its value.
    /// Source: "How the size of an entity is calculated in Windows Azure table storage", Microsoft, 2011, in the blog archive on learn.microsoft.com.
    /// </summary>
    public static int Stored(string partition, TableRow row)
    {
        var size = 4 + (2 * (partition.Length + row.Key.Length));
        foreach (var (name, value) in row.Values)
        {
            size += 8 + (2 * name.Length) + Stored(value);
        }

        return size;
    }

    public static int Stored(object value) => value switch
    {
        string text => (2 * text.Length) + 4,
        byte[] bytes => bytes.Length + 4,
        Guid => 16,
        bool => 1,
        int => 4,
        _ => 8,
    };

    /// <summary>Bytes of an action in a transaction's payload, in which an array of bytes is Base64 and a string is JSON.</summary>
    public static int Sent(string partition, TableAction action)
    {
        var row = action switch
        {
            TableAction.Insert insert => insert.Row,
            TableAction.Replace replace => replace.Row,
            TableAction.Put put => put.Row,
            _ => null,
        };
        var size = BytesAroundAnAction + (2 * (partition.Length + action.Key.Length));
        foreach (var (name, value) in row?.Values ?? new Dictionary<string, object>())
        {
            size += name.Length + value switch
            {
                string text => Encoding.UTF8.GetByteCount(System.Text.Json.JsonEncodedText.Encode(text).Value),
                byte[] bytes => (bytes.Length + 2) / 3 * 4,
                _ => 40,
            };
        }

        return size;
    }
}
