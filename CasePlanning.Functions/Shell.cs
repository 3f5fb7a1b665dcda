using CasePlanning.Api;
using CasePlanning.Application.Ports;
using CasePlanning.Functions.Http;
using CasePlanning.Functions.Identity;
using CasePlanning.Functions.Loops;
using CasePlanning.Functions.Mail;
using CasePlanning.Functions.Settings;
using CasePlanning.Functions.Tables;
using CasePlanning.Storage;
using CasePlanning.Storage.Memory;
using CasePlanning.Storage.Tables;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions;

/// <summary>The worker process: the product's rooms behind the triggers of Azure Functions.</summary>
public static partial class Shell
{
    /// <summary>Builds the process. Throws <see cref="SettingsException"/> when its settings can't be used.</summary>
    public static IHost Build(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        // They write addresses, and the address of a calendar is its key.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning)
            // That keys are encrypted by the tables' service alone is meant.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        Report(builder);
        builder.Services.AddShell(ShellSettings.Read(builder.Configuration));
        return builder.Build();
    }

    static partial void Report(FunctionsApplicationBuilder builder);

    private static void AddShell(this IServiceCollection services, ShellSettings settings) => services
        .AddCasePlanningApi(new ApiOptions { Mail = settings.Mail, InstallationAdministrators = settings.Setup.InstallationAdministrators, ReadinessLag = settings.Readiness.Oldest })
        .AddSignIn(settings)
        .AddSingleton(TimeProvider.System)
        .AddStore(settings.Store)
        .AddSingleton(provider => provider.GetRequiredService<IStores>().Cases)
        .AddSingleton(provider => provider.GetRequiredService<IStores>().Directory)
        .AddSingleton(provider => provider.GetRequiredService<IStores>().Wakes)
        .AddSingleton(provider => provider.GetRequiredService<IStores>().Inbox)
        .AddSingleton(provider => provider.GetRequiredService<IStores>().Outbox)
        .AddSingleton(provider => provider.GetRequiredService<IStores>().Calendars)
        .AddSingleton(settings.SendGrid)
        .AddSingleton<IMailSender>(_ => new SendGridSender(Http(), settings.SendGrid))
        .AddSingleton<MailSweep>()
        .AddSingleton<DurableClients>()
        .AddSingleton<DurableSignal>()
        .AddSingleton<ISignal>(provider => provider.GetRequiredService<DurableSignal>())
        .AddSingleton<Bound>()
        .AddSingleton(settings.Setup)
        .AddSingleton<FirstAgency>()
        .AddHostedService<Founding>();

    /// <summary>One client for the life of the process; its connections are renewed, so that a change of the service's address is noticed.</summary>
    private static HttpClient Http() => new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(30) };

    private static IServiceCollection AddStore(this IServiceCollection services, StoreSettings store) => store.Kind switch
    {
        StoreKind.Memory => services.AddSingleton<IStores, InMemoryStore>().AddSingleton(new TablesKeyRing(new InMemoryTableService(TimeProvider.System))),
        StoreKind.Tables => services.AddTables(store),
        _ => throw new ArgumentOutOfRangeException(nameof(store), store, null),
    };
}
