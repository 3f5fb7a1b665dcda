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
