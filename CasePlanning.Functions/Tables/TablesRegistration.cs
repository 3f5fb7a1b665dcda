using Azure.Data.Tables;
using Azure.Identity;
using CasePlanning.Functions.Settings;
using CasePlanning.Storage;
using CasePlanning.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Functions.Tables;

internal static class TablesRegistration
{
    /// <summary>Longer than the service itself works at a request.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(40);

    public static IServiceCollection AddTables(this IServiceCollection services, StoreSettings settings) => services
        .AddSingleton(_ => Client(settings))
        .AddSingleton<AzureTables>()
        .AddSingleton<ITableService>(provider => provider.GetRequiredService<AzureTables>())
        .AddSingleton<TablesStore>()
        .AddSingleton<TablesKeyRing>()
        .AddSingleton<IStores>(provider => provider.GetRequiredService<TablesStore>())
        .AddHostedService<TablesAtStart>();

    /// <summary>With the connection string where there is one, else as the identity of the process.</summary>
    private static TableServiceClient Client(StoreSettings settings)
    {
        var options = new TableClientOptions { Retry = { NetworkTimeout = LongestRequest } };
        return settings.ConnectionString is { } connection
            ? new TableServiceClient(connection, options)
            : new TableServiceClient(settings.Endpoint!, new DefaultAzureCredential(), options);
    }
}
