using System.Text.Json;
using CasePlanning.Functions.Loops;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Functions.Tests;

public sealed class ShellTests
{
    internal static readonly string[] TryingOut = ["--CasePlanning:Store=memory", "--CasePlanning:PublicAddress=https://plans.example.org"];

    [Fact]
    public void It_refuses_to_start_until_told_that_nothing_is_kept()
    {
        var refusal = Assert.Throws<SettingsException>(() => Shell.Build([]));

        Assert.Collection(
            refusal.Failures,
            store => Assert.StartsWith("CasePlanning:Store is ''. There is no durable store in this shell yet", store, StringComparison.Ordinal),
            address => Assert.StartsWith("CasePlanning:PublicAddress is ''; set the address", address, StringComparison.Ordinal));
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
    public void The_loops_the_tick_and_the_watchdog_are_functions() =>
        Assert.All([nameof(PlanLifecycle), nameof(CaseDuties), nameof(Tick), "Watchdog"], name => Assert.Contains(name, Functions.All.Keys));

    [Fact]
    public void Mail_links_begin_with_the_public_address()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CasePlanning:Store"] = "memory",
            ["CasePlanning:PublicAddress"] = "https://plans.example.org/",
        }).Build();

        Assert.Equal(new("https://plans.example.org", "plans.example.org"), ShellSettings.Read(configuration).Mail);
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
        Assert.Equal("1.0", extensions.GetProperty("durableTask").GetProperty("defaultVersion").GetString());
    }

    [Fact]
    public void The_platforms_settings_lie_beside_the_output() =>
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "host.json")));
}
