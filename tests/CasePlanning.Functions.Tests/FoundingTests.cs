using CasePlanning.Api;
using CasePlanning.Api.Settings;
using CasePlanning.Application.Ports;
using CasePlanning.Functions.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Functions.Tests;

/// <summary>The first agency comes from the settings, once.</summary>
public sealed class FoundingTests
{
    private static readonly string[] First = ["--Setup:Agency=north", "--Setup:Zone=America/Chicago", "--Setup:AdministratorEmail=ada@example.org"];

    [Fact]
    public async Task The_agency_and_administrator_of_the_settings_are_there_after_the_start()
    {
        using var host = Shell.Build([.. ShellTests.TryingOut, .. First, "--Readiness:OldestMinutes=45"]);
        var founding = ActivatorUtilities.CreateInstance<Founding>(host.Services);
        await founding.StartAsync(default);
        await founding.StartAsync(default);

        var directory = host.Services.GetRequiredService<IDirectoryStore>();
        Assert.Equal("north", Assert.Single(await directory.Agencies(default)).Id);
        Assert.Equal("north-administrator", (await directory.FindPerson("ADA@example.org", default))!.Id);
        Assert.Equal(TimeSpan.FromMinutes(45), host.Services.GetRequiredService<ApiOptions>().ReadinessLag);
    }

    [Fact]
    public async Task Without_one_it_starts_only_where_somebody_may_found_agencies()
    {
        using var closed = Shell.Build(ShellTests.TryingOut);
        using var open = Shell.Build([.. ShellTests.TryingOut, "--Setup:InstallationAdministrators=root@example.org"]);

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => ActivatorUtilities.CreateInstance<Founding>(closed.Services).StartAsync(default));
        await ActivatorUtilities.CreateInstance<Founding>(open.Services).StartAsync(default);

        Assert.StartsWith("The store has no agency yet, and nobody could sign in.", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }
}
