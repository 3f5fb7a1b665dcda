using Azure.Data.Tables;

namespace CasePlanning.Functions.Settings;

/// <summary>Where cases are kept.</summary>
public enum StoreKind
{
    /// <summary>In this process alone, for trying out: everything is lost when it ends.</summary>
    Memory,

    /// <summary>In Azure Table storage.</summary>
    Tables,
}

/// <summary>The store, and where its tables are.</summary>
/// <param name="Endpoint">Of a storage account's tables, which the identity of the process may read and write; null where a connection string says it.</param>
/// <param name="ConnectionString">With the account's key or a signature; null where the identity of the process is used.</param>
public sealed record StoreSettings(StoreKind Kind, Uri? Endpoint = null, string? ConnectionString = null)
{
    private const string Memory = "memory";
    private const string Tables = "tables";

    internal static StoreSettings Read(SettingsReader reader)
    {
        var store = reader.Text("CasePlanning:Store");
        if (store == Memory)
        {
            return new(StoreKind.Memory);
        }

        reader.Require(store == Tables, $"CasePlanning:Store is '{store}'; set tables, or memory to try it out: everything is then lost when the process ends, and a second process sees nothing of it.");
        return ReadTables(reader, isChosen: store == Tables);
    }

    private static StoreSettings ReadTables(SettingsReader reader, bool isChosen)
    {
        var (endpoint, connection) = (reader.SecureAddress("Tables:Endpoint"), reader.Text("Tables:ConnectionString"));
        reader.Require(
            !isChosen || reader.Text("Tables:Endpoint") is null != connection is null,
            "Set Tables:Endpoint, such as https://account.table.core.windows.net, to use the identity of the process, or else Tables:ConnectionString; one of them.");
        reader.Require(connection is null || IsConnectionString(connection), "Tables:ConnectionString can't be read; set the one that the portal shows for the storage account.");
        return new(StoreKind.Tables, endpoint, connection);
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new TableServiceClient(text).Uri is not null;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
