using CasePlanning.Api.Settings;
using CasePlanning.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>Settings are checked before anything starts, all at once, each with what to set.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Outside_Development_it_does_not_start_without_an_authority()
    {
        await using var host = HostProcess.Launch(_folder.Of("data"), ("DOTNET_ENVIRONMENT", null));

        Assert.NotEqual(0, await host.Ended());
        Assert.Contains("Identity:Authority is missing; set", host.Output, StringComparison.Ordinal);
        Assert.Contains("Identity:Audience is missing; set", host.Output, StringComparison.Ordinal);
        Assert.Contains("Identity:ClientId is missing; set", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_Development_it_does_not_start_when_nobody_could_sign_in()
    {
        await using var host = HostProcess.Launch(
            _folder.Of("data"),
            ("DOTNET_ENVIRONMENT", "Production"), ("Identity:Authority", "http://localhost:1"), ("Identity:Audience", "plans"), ("Identity:ClientId", "plans"));

        Assert.NotEqual(0, await host.Ended());
        Assert.Contains("Setup:AdministratorEmail", host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://localhost:0;http://[::]:0")]
    public async Task It_does_not_listen_to_other_machines_while_anybody_can_sign_in_with_a_click(string urls)
    {
        await using var host = HostProcess.Launch(_folder.Of("data"), ("ASPNETCORE_URLS", urls));

        Assert.NotEqual(0, await host.Ended());
        Assert.Contains("anybody can sign in with a click", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_option_is_answered_with_a_sentence()
    {
        await using var host = HostProcess.Launch(["--prot", "5081"], _folder.Of("data"));

        Assert.NotEqual(0, await host.Ended());
        Assert.Contains("--prot", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_prints_every_rule_with_its_source()
    {
        await using var host = HostProcess.Launch(["rules", "default"], _folder.Of("data"));

        Assert.Equal(0, await host.Ended());
        await host.Wrote("default.update");
        Assert.Contains("Due 6 calendar months after: plan date", host.Output, StringComparison.Ordinal);
        Assert.Contains("California Division 31", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("approval.decision", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var failures = Failures(
            false,
            ("Identity:Authority", "http://login.example.org"),
            ("Mail:Kind", "pigeon"),
            ("Mail:Domain", "not a domain"),
            ("Mail:Smtp:Port", "none"),
            ("Clock:Speed", "-3"),
            ("Setup:Agency", "sample"),
            ("CasePlanning:PublicAddress", "plans"),
            ("CasePlanning:DataDirctory", "/tmp"));

        string[] named = ["Identity:Authority", "Identity:Audience", "Identity:ClientId", "Mail:Kind", "Mail:Domain", "Mail:Smtp:Port", "Clock:Speed", "Setup:Zone", "Setup:AdministratorEmail", "CasePlanning:PublicAddress", "CasePlanning:DataDirctory"];
        Assert.All(named, name => Assert.Contains(failures, failure => failure.Contains(name, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_password_never_travels_in_the_clear() =>
        Assert.Contains(
            Failures(true, ("Mail:Kind", "smtp"), ("Mail:Smtp:Host", "mail.example.org"), ("Mail:Smtp:User", "a"), ("Mail:Smtp:Password", "b"), ("Mail:Smtp:StartTls", "false")),
            failure => failure.Contains("Mail:Smtp:StartTls", StringComparison.Ordinal));

    [Theory]
    [InlineData("Mail:Smtp:Port", "465")]
    [InlineData("Mail:Smtp:Connections", "0")]
    [InlineData("Mail:Smtp:CertificateAuthority", "/nowhere/authority.pem")]
    public void A_way_of_speaking_to_the_mail_server_that_cannot_work_is_named(string key, string value) =>
        Assert.Contains(key, Assert.Single(Failures(true, ("Mail:Kind", "smtp"), ("Mail:Smtp:Host", "mail.example.org"), (key, value))), StringComparison.Ordinal);

    [Fact]
    public void Without_any_setting_Development_works() => Assert.Empty(Failures(true));

    public void Dispose() => _folder.Dispose();

    private static IReadOnlyList<string> Failures(bool isDevelopment, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build();
        try
        {
            HostSettings.Read(configuration, isDevelopment);
            return [];
        }
        catch (SettingsException exception)
        {
            return exception.Failures;
        }
    }
}
