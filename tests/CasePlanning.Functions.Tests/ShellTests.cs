using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using CasePlanning.Application.Mail;
using CasePlanning.Api.Settings;
using CasePlanning.Functions.Loops;
using CasePlanning.Functions.Settings;
using CasePlanning.Storage;
using CasePlanning.Storage.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Functions.Tests;

public sealed class ShellTests
{
    internal static readonly string[] TryingOut =
    [
        "--CasePlanning:Store=memory", "--CasePlanning:PublicAddress=https://plans.example.org",
        "--Mail:From=Case planning <plans@example.org>", "--SendGrid:ApiKey=key-of-the-account",
        "--Identity:Authority=https://login.example.org", "--Identity:Audience=case-planning-api", "--Identity:ClientId=case-planning",
    ];

    [Fact]
    public void It_refuses_to_start_and_names_every_setting_that_is_missing()
    {
        var refusal = Assert.Throws<SettingsException>(() => Shell.Build([]));

        Assert.Collection(
            refusal.Failures,
            store => Assert.StartsWith("CasePlanning:Store is ''; set tables, or memory to try it out", store, StringComparison.Ordinal),
            address => Assert.StartsWith("CasePlanning:PublicAddress is missing; set the address", address, StringComparison.Ordinal),
            key => Assert.StartsWith("SendGrid:ApiKey is missing; set a key", key, StringComparison.Ordinal),
            sender => Assert.StartsWith("Mail:From is ''; set a sender", sender, StringComparison.Ordinal),
            authority => Assert.StartsWith("Identity:Authority is missing; set the authority", authority, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public void Every_function_class_can_be_made(string environment)
    {
        using var host = Shell.Build([.. TryingOut, $"--environment={environment}"]);

        Assert.All(
            Functions.Classes.Where(type => !type.IsAbstract),
            type => Assert.NotNull(ActivatorUtilities.CreateInstance(host.Services, type)));
    }

    [Fact]
    public void The_loops_their_steps_and_the_timers_are_functions() => Assert.Equal(
        ["CaseDuties", "Digests", "Dispatch", "DispatchMail", "FailedInstances", "MailSweep", "Mend", "PlanLifecycle", "Purge", "Summaries", "Tick", "Watchdog"],
        Functions.All.Keys.Except(Functions.Triggers.Select(trigger => trigger.Function)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("CasePlanning:PublicAddress", "plans", "CasePlanning:PublicAddress is 'plans'; set an address such as https://plans.example.org.")]
    [InlineData("Mail:Domain", "plans of ours", "Mail:Domain is 'plans of ours'; set the domain that Message-IDs end with, such as plans.example.org, in at most 60 letters.")]
    [InlineData("SendGrid:EventKey", "bm9uZQ==", "SendGrid:EventKey can't be read; set the verification key that SendGrid shows with the signed event webhook.")]
    [InlineData("SendGrid:Sandbox", "perhaps", "SendGrid:Sandbox is 'perhaps'; set true or false.")]
    [InlineData("Identity:Authority", "http://login.example.org", "Identity:Authority is http://login.example.org/; use https, or http on localhost.")]
    [InlineData("Identity:Audience", "", "Identity:Audience is missing; set the audience that access tokens for this process carry.")]
    [InlineData("Identity:ClientId", "", "Identity:ClientId is missing; set the client id under which the authority knows this process.")]
    public void A_setting_that_cant_be_used_is_refused_in_a_sentence(string key, string value, string refusal) =>
        Assert.Equal([refusal], Assert.Throws<SettingsException>(() => Shell.Build([.. TryingOut, $"--{key}={value}"])).Failures);

    [Theory]
    [InlineData("Set Tables:Endpoint, such as https://account.table.core.windows.net, to use the identity of the process, or else Tables:ConnectionString; one of them.")]
    [InlineData("Set Tables:Endpoint, such as https://account.table.core.windows.net, to use the identity of the process, or else Tables:ConnectionString; one of them.", "--Tables:Endpoint=https://account.table.core.windows.net", "--Tables:ConnectionString=UseDevelopmentStorage=true")]
    [InlineData("Tables:Endpoint is http://account.table.core.windows.net/; use https, or http on localhost.", "--Tables:Endpoint=http://account.table.core.windows.net")]
    [InlineData("Tables:ConnectionString can't be read; set the one that the portal shows for the storage account.", "--Tables:ConnectionString=account")]
    public void Where_the_tables_are_is_said_once_and_readably(string refusal, params string[] settings) =>
        Assert.Equal([refusal], Assert.Throws<SettingsException>(() => Shell.Build([.. TryingOut, "--CasePlanning:Store=tables", .. settings])).Failures);

    [Theory]
    [InlineData("--Tables:Endpoint=https://account.table.core.windows.net", "https://account.table.core.windows.net/")]
    [InlineData("--Tables:ConnectionString=UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    public void The_tables_are_where_the_settings_say(string setting, string address)
    {
        using var host = Shell.Build([.. TryingOut, "--CasePlanning:Store=tables", setting]);

        Assert.Equal(address, host.Services.GetRequiredService<TableServiceClient>().Uri.ToString());
        Assert.IsType<TablesStore>(host.Services.GetRequiredService<IStores>());
    }

    [Fact]
    public void Mail_links_begin_with_the_public_address()
    {
        using var host = Shell.Build([.. TryingOut, "--CasePlanning:PublicAddress=https://plans.example.org/"]);

        Assert.Equal(new("https://plans.example.org", "plans.example.org"), host.Services.GetRequiredService<MailSettings>());
    }

    [Fact]
    public void The_sample_settings_are_enough_to_start()
    {
        var values = Functions.Json("CasePlanning.Functions/local.settings.json.sample").GetProperty("Values").Deserialize<Dictionary<string, string?>>()!;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key.Replace("__", ":", StringComparison.Ordinal), value.Value))).Build();

        Assert.Equal("http://localhost:7071", ShellSettings.Read(configuration).Mail.LinkBase);
    }

    [Fact]
    public void Routes_carry_their_own_prefix_and_the_orchestrations_a_version()
    {
        var extensions = Functions.Json("host.json").GetProperty("extensions");

        Assert.Equal("", extensions.GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Equal(Loop.Version, extensions.GetProperty("durableTask").GetProperty("defaultVersion").GetString());
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics")]
    [InlineData("Microsoft.AspNetCore.Routing.EndpointMiddleware")]
    public void The_address_of_a_calendar_goes_into_no_log_of_the_process(string category)
    {
        using var host = Shell.Build(TryingOut);

        var loggers = host.Services.GetRequiredService<ILoggerFactory>();
        Assert.True(loggers.CreateLogger("CasePlanning").IsEnabled(LogLevel.Information));
        Assert.False(loggers.CreateLogger(category).IsEnabled(LogLevel.Information));
    }

    [Fact]
    public void Both_backends_differ_in_where_orchestrations_are_kept_and_in_nothing_else()
    {
        var (storage, scheduler) = (JsonNode.Parse(Functions.Json("host.json").GetRawText())!, JsonNode.Parse(Functions.Json("host.scheduler.json").GetRawText())!);
        Assert.Equal(("azureStorage", "azureManaged"), (Backend(storage), Backend(scheduler)));
        Assert.True(JsonNode.DeepEquals(storage, scheduler));

        static string Backend(JsonNode host)
        {
            var engine = host["extensions"]!["durableTask"]!.AsObject();
            var type = (string)engine["storageProvider"]!["type"]!;
            engine.Remove("storageProvider");
            return type;
        }
    }

    [Fact]
    public void A_secret_that_the_platform_could_not_read_is_named_and_not_taken_for_one()
    {
        var refusal = Assert.Throws<SettingsException>(() => Shell.Build([.. TryingOut, "--SendGrid:ApiKey=@Microsoft.KeyVault(VaultName=plans;SecretName=sendgrid-api-key)"]));

        Assert.Contains(refusal.Failures, failure => failure.StartsWith("SendGrid:ApiKey is a reference to a secret that the platform couldn't read", StringComparison.Ordinal));
    }

    [Fact]
    public void The_platforms_settings_lie_beside_the_output() =>
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "host.json")));
}
