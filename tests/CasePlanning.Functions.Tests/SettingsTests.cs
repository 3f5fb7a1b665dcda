using System.Text.Json;
using CasePlanning.Api.Settings;
using CasePlanning.Functions.Settings;
using Microsoft.Extensions.Configuration;

namespace CasePlanning.Functions.Tests;

/// <summary>The list of settings that deployments are made from, beside what the process reads.</summary>
public sealed class SettingsTests
{
    /// <summary>Read by the platform, the engine or a client, and not by this process's own options.</summary>
    private static readonly string[] Platform = ["AZURE_CLIENT_ID", "FUNCTIONS_WORKER_RUNTIME", "AzureWebJobs", "TaskHub", "TASKHUB_NAME", "DURABLE_TASK_SCHEDULER_CONNECTION_STRING", "APPLICATIONINSIGHTS"];

    private static readonly Setting[] Listed = Functions.Json("infra/settings.json").Deserialize<Setting[]>(JsonSerializerOptions.Web)!;

    [Fact]
    public void Every_setting_that_is_read_is_listed_and_no_other()
    {
        var reader = new SettingsReader(new ConfigurationBuilder().Build());
        Assert.Throws<SettingsException>(() => ShellSettings.Read(reader));

        Assert.Equal(
            reader.Asked.Select(name => name.Replace(":", "__", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Listed.Select(setting => setting.Name).Where(name => !Platform.Any(each => name.StartsWith(each, StringComparison.Ordinal))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_sample_has_every_setting_of_a_machine_of_ones_own_and_no_other()
    {
        var sample = Functions.Json("CasePlanning.Functions/local.settings.json.sample").GetProperty("Values").EnumerateObject().Select(value => value.Name);

        Assert.Equal(Listed.Where(setting => setting.Where != "azure").Select(setting => setting.Name).Order(StringComparer.Ordinal), sample.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_setting_that_nobody_reads_is_refused()
    {
        var refusal = Assert.Throws<SettingsException>(() => Shell.Build([.. ShellTests.TryingOut, "--Mail:Form=plans@example.org"]));

        Assert.Equal(["Mail:Form is not a setting. Settings of Mail: Mail:Domain, Mail:From."], refusal.Failures);
    }

    [Theory]
    [InlineData("Readiness:OldestMinutes", "0", "Readiness:OldestMinutes is '0'; set a whole number from 1 to 10000.")]
    [InlineData("Setup:AgencyName", "", "Setup:Zone is ''; set an IANA time zone such as America/Los_Angeles.")]
    public void What_both_shells_read_is_refused_in_the_same_sentences(string key, string value, string refusal) => Assert.Equal(
        [refusal],
        Assert.Throws<SettingsException>(() => Shell.Build([.. ShellTests.TryingOut, "--Setup:Agency=sample", "--Setup:AdministratorEmail=ada@example.org", .. key.StartsWith("Setup", StringComparison.Ordinal) ? [] : new[] { "--Setup:Zone=America/Chicago" }, $"--{key}={value}"])).Failures);

    private sealed record Setting(string Name, string What, bool Secret, string Source, string Where);
}
