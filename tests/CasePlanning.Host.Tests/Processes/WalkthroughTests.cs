using System.Diagnostics;

namespace CasePlanning.Host.Tests.Processes;

/// <summary><c>samples/walkthrough.sh</c> against a running host, twice, because it can be repeated.</summary>
public sealed class WalkthroughTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_walkthrough_passes_and_can_be_repeated()
    {
        await using var host = await HostProcess.Start(_folder.Of("data"));

        var (first, second) = (await Walk(host), await Walk(host));

        Assert.True(first.Code == 0, first.Output);
        Assert.True(second.Code == 0, second.Output);
        await Eventually.Holds(async () => (await Mail()).Length == 12, "the mail of both walks lies in the pickup folder");
        Assert.Equal(6, (await Mail()).Count(mail => mail.Contains("plan to approve", StringComparison.Ordinal) && mail.Contains("/approvals/sample-w-", StringComparison.Ordinal)));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string[]> Mail()
    {
        var all = await Task.WhenAll(Directory.GetFiles(_folder.Of("data/mail"), "*.eml").Select(file => File.ReadAllTextAsync(file)));
        return [.. all.Select(mail => mail.Replace("=\r\n", "", StringComparison.Ordinal)).Where(mail => mail.Contains("Subject: Case W-", StringComparison.Ordinal))];
    }

    private static async Task<(int Code, string Output)> Walk(HostProcess host)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "../../../../../samples/walkthrough.sh");
        using var bash = Process.Start(new ProcessStartInfo("bash", [Path.GetFullPath(script)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["BASE_URL"] = host.Address.ToString().TrimEnd('/') },
        })!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var errors = bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return (bash.ExitCode, await output + await errors);
    }
}
