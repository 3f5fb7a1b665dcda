using System.Text.RegularExpressions;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>The process, started as on a fresh machine.</summary>
public sealed partial class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task It_starts_on_a_fresh_directory_and_a_second_start_finds_what_the_first_left()
    {
        var first = await Greeting();
        await using var host = await HostProcess.Start(_folder.Of("data"));
        await host.Wrote("└");

        Assert.Contains("curl -H 'Authorization: Bearer sample-worker'", first, StringComparison.Ordinal);
        Assert.Contains("overdue", first, StringComparison.Ordinal);
        Assert.Contains("soon", first, StringComparison.Ordinal);
        Assert.Contains("later", first, StringComparison.Ordinal);
        Assert.Contains(_folder.Of("data/mail"), first, StringComparison.Ordinal);
        Assert.Equal(first, WithoutPort(host.Output));
        Assert.Equal(200, (await host.Send(HttpMethod.Get, "/health/ready")).Status);
        Assert.Equal(200, (await host.Send(HttpMethod.Get, "/api/me/agenda", "worker")).Status);
        Assert.Equal(401, (await host.Send(HttpMethod.Get, "/api/me/agenda")).Status);
    }

    [Theory]
    [InlineData(HostProcess.Terminate)]
    [InlineData(HostProcess.Interrupt)]
    public async Task It_ends_within_two_seconds_when_it_is_told_to(int signal)
    {
        // Other tests may keep the machine busy, so the best of three counts.
        var fastest = TimeSpan.MaxValue;
        for (var tries = 0; tries < 3 && fastest > TimeSpan.FromSeconds(2); tries++)
        {
            await using var host = await HostProcess.Start(_folder.Of("data"));
            await host.Send(HttpMethod.Get, "/api/me/agenda", "worker");
            var took = await host.EndedBy(signal);
            fastest = took < fastest ? took : fastest;
            Assert.Equal(0, await host.Ended());
        }

        Assert.InRange(fastest, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Two_processes_never_work_in_one_data_directory()
    {
        await using var first = await HostProcess.Start(_folder.Of("data"));
        await using var second = HostProcess.Launch(_folder.Of("data"));

        Assert.NotEqual(0, await second.Ended());
        Assert.Contains("Another process works in", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_a_sentence()
    {
        await using var first = await HostProcess.Start(_folder.Of("data"));
        await using var second = HostProcess.Launch(_folder.Of("other"), ("ASPNETCORE_URLS", first.Address.ToString()));

        Assert.NotEqual(0, await second.Ended());
        Assert.Contains("The service can't start:", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_proxy_that_takes_TLS_off_cookies_are_for_https_only()
    {
        await using var host = await HostProcess.Start(_folder.Of("data"), ("CasePlanning:PublicAddress", "https://plans.sample.test"));
        using var browser = new Browser(host.Address);

        Assert.Equal(200, await browser.Get("/signin"));
        Assert.All(browser.Response.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("; secure; samesite=strict; httponly", cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_of_another_site_that_points_its_name_at_this_machine_signs_nobody_in()
    {
        await using var host = await HostProcess.Start(_folder.Of("data"));

        Assert.Equal(200, (await host.Send(HttpMethod.Get, "/api/me", "worker")).Status);
        Assert.Equal(401, (await host.Send(HttpMethod.Get, "/api/me", "worker", null, ("Host", "elsewhere.test"))).Status);
        Assert.Equal(403, (await host.Send(HttpMethod.Get, "/signin", null, null, ("Host", "elsewhere.test"))).Status);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> Greeting()
    {
        await using var host = await HostProcess.Start(_folder.Of("data"));
        await host.Wrote("└");
        await host.EndedBy(HostProcess.Terminate);
        return WithoutPort(host.Output);
    }

    /// <summary>What it prints, from the addresses to the end of the agenda.</summary>
    private static string WithoutPort(string output) => Port().Replace(output[output.IndexOf("Pages", StringComparison.Ordinal)..(output.IndexOf('└', StringComparison.Ordinal) + 1)], "//host");

    [GeneratedRegex("//127.0.0.1:[0-9]+")]
    private static partial Regex Port();
}
