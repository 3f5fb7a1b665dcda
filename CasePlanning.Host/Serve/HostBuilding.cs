using CasePlanning.Api;
using CasePlanning.Api.Site;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Host.Clock;
using CasePlanning.Host.Identity;
using CasePlanning.Host.Loop;
using CasePlanning.Host.Mail;
using CasePlanning.Host.Reporting;
using CasePlanning.Host.Settings;
using CasePlanning.Host.Start;
using CasePlanning.Storage;
using CasePlanning.Storage.Sqlite;
using Microsoft.Extensions.Logging.Console;

namespace CasePlanning.Host.Serve;

/// <summary>Puts the process together.</summary>
internal static class HostBuilding
{
    /// <summary>How long requests under way may take to end; with what else has to be closed it stays below two seconds.</summary>
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(1);

    /// <summary>More than any operation or form takes.</summary>
    private const int LargestRequest = 2 * 1024 * 1024;

    public static WebApplication Build(string? urls, string? data, string? packs)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = urls, [SharedOptions.DataSetting] = data, [SharedOptions.PacksSetting] = packs }.Where(pair => pair.Value is not null));
        var settings = HostSettings.Read(builder.Configuration, builder.Environment.IsDevelopment());
        if (settings.Serve.RulePacks is { } folder)
        {
            SharedOptions.LoadPacks(folder);
        }

        var directory = new DataDirectory(settings.Serve.DataDirectory);
        builder.Services.AddSingleton(_ => directory);

        builder.WebHost.UseUrls(settings.Serve.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
            if (settings.Identity.SampleSignIn)
            {
                kestrel.ConfigureEndpointDefaults(RefuseOpenAddress);
            }
        });
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Default;
        }).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            // They write addresses, and the address of a calendar is its key; no setting turns them on.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Routing", LogLevel.Warning)
            // Why a start failed is said in a sentence by the command.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownPatience);
        Register(builder.Services, settings);
        return Assemble(builder.Build(), settings);
    }

    /// <summary>What has to be there before the first request: the sample agency, or the one the settings name.</summary>
    public static async Task Prepare(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<HostSettings>();
        await app.Services.GetRequiredService<RulesOnRecord>().Check(Database(settings), CancellationToken.None);
        if (app.Environment.IsDevelopment())
        {
            await app.Services.GetRequiredService<SampleLoading>().Run(settings.Serve.DataDirectory, CancellationToken.None);
        }
        else
        {
            await app.Services.GetRequiredService<FirstAgency>().Run(settings.Setup, CancellationToken.None);
        }
    }

    private static string Database(HostSettings settings) => Path.Combine(settings.Serve.DataDirectory, DataDirectory.Database);

    private static void Register(IServiceCollection services, HostSettings settings)
    {
        services.AddSingleton(settings).AddSingleton(settings.Mail);
        services.AddSingleton<IStores>(_ => SqliteStore.Open(Database(settings), new SqliteOptions { Alone = true }))
            .AddSingleton(provider => provider.GetRequiredService<IStores>().Cases)
            .AddSingleton(provider => provider.GetRequiredService<IStores>().Directory)
            .AddSingleton(provider => provider.GetRequiredService<IStores>().Wakes)
            .AddSingleton(provider => provider.GetRequiredService<IStores>().Inbox)
            .AddSingleton(provider => provider.GetRequiredService<IStores>().Outbox)
            .AddSingleton(provider => provider.GetRequiredService<IStores>().Calendars);
        if (settings.Clock.Mode == ClockMode.Simulated)
        {
            services.AddSingleton(_ => new SimulatedClock(Path.Combine(settings.Serve.DataDirectory, SimulatedClock.FileName), settings.Clock.Start, settings.Clock.Speed))
                .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SimulatedClock>())
                .AddSingleton<ClockDriver>();
        }
        else
        {
            services.AddSingleton(TimeProvider.System);
        }

        _ = settings.Mail.Kind == MailKind.Smtp ? services.AddSingleton<IMailSender, SmtpSender>() : services.AddSingleton<IMailSender, PickupFolder>();
        if (settings.Collector is { } collector)
        {
            // Before the loops, so that nothing they do goes untold.
            services.AddHostedService(_ => new OtlpExport(collector));
        }

        services.AddSingleton<Pulses>().AddSingleton<ISignal>(provider => provider.GetRequiredService<Pulses>())
            .AddSingleton<WakeDispatcher>().AddHostedService(provider => provider.GetRequiredService<WakeDispatcher>())
            .AddSingleton<DigestDispatcher>().AddHostedService(provider => provider.GetRequiredService<DigestDispatcher>())
            .AddSingleton<SummaryDispatcher>().AddHostedService(provider => provider.GetRequiredService<SummaryDispatcher>())
            .AddSingleton<OutboxDispatcher>().AddHostedService(provider => provider.GetRequiredService<OutboxDispatcher>())
            .AddHostedService<WatchdogService>();
        services.AddSingleton<RulesOnRecord>().AddSingleton<SampleLoading>().AddSingleton<FirstAgency>().AddSingleton<Greeting>();
        services.AddCasePlanningApi(new ApiOptions
        {
            InstallationAdministrators = settings.Setup.InstallationAdministrators,
            ReadinessLag = settings.Readiness.Oldest,
            Mail = new MailSettings(settings.Serve.PublicAddress, settings.Mail.Domain),
        });
        services.AddSignIn(settings);
    }

    private static WebApplication Assemble(WebApplication app, HostSettings settings)
    {
        // The first to be asked for is the last to be given back.
        app.Services.GetRequiredService<DataDirectory>();
        app.UseAuthentication();
        app.Use(PulseAfterWrites);
        app.MapCasePlanningOperations();
        app.MapCasePlanningPages([.. Pages.All, .. SamplePages.All]);
        app.MapFallback(() => ShortPages.NotFound());
        if (settings.Clock.Mode == ClockMode.Simulated)
        {
            app.MapClock();
        }

        app.Lifetime.ApplicationStarted.Register(() => _ = Greet(app));
        return app;
    }

    /// <summary>Whatever a request may have written, the loops look at it at once.</summary>
    private static async Task PulseAfterWrites(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            context.RequestServices.GetRequiredService<Pulses>().All();
        }
    }

    private static async Task Greet(WebApplication app)
    {
        try
        {
            await app.Services.GetRequiredService<Greeting>().Print([.. app.Urls], app.Lifetime.ApplicationStopping);
        }
        catch (Exception exception)
        {
            app.Logger.LogError(exception, "The greeting can't be printed.");
        }
    }

    private static void RefuseOpenAddress(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen)
    {
        if (listen.IPEndPoint is { } endpoint && !System.Net.IPAddress.IsLoopback(endpoint.Address))
        {
            throw new SettingsException([$"The process would listen on {endpoint} while anybody can sign in with a click. Set ASPNETCORE_URLS to an address of localhost, or Identity:Authority to your OpenID Connect authority."]);
        }
    }
}
