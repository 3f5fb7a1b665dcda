using System.Text;
using System.Text.Json.Nodes;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>A calendar's address is its key: only who asked for it is told, and neither the log nor the database ever holds it.</summary>
public sealed class CalendarTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task The_token_is_in_no_log_however_much_is_logged_and_not_in_the_database()
    {
        var data = _folder.Of("data");
        string token;
        await using (var host = await HostProcess.Start(data, ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"), ("CasePlanning:PublicAddress", "https://plans.sample.test")))
        {
            var address = (string)JsonNode.Parse((await host.Send(HttpMethod.Post, "/api/me/calendar", "worker")).Body)!["address"]!;
            Assert.StartsWith("https://plans.sample.test/calendars/", address, StringComparison.Ordinal);
            var path = new Uri(address).AbsolutePath;
            token = Path.GetFileNameWithoutExtension(path);

            var read = await host.Send(HttpMethod.Get, path);
            Assert.Equal(200, read.Status);
            Assert.StartsWith("BEGIN:VCALENDAR\r\n", read.Body, StringComparison.Ordinal);
            Assert.Contains("SUMMARY:Case S-1001: Initial case plan\r\n", read.Body, StringComparison.Ordinal);
            Assert.All(new[] { "Lena", "Ivo", "Theo", "Amir", "Mila" }, name => Assert.DoesNotContain(name, read.Body, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(404, (await host.Send(HttpMethod.Get, $"/calendars/{token[..42]}x.ics")).Status);
            Assert.Equal(404, (await host.Send(HttpMethod.Post, path)).Status);
            Assert.Equal(200, (await host.Send(HttpMethod.Delete, "/api/me/calendar", "worker")).Status);
            Assert.Equal(404, (await host.Send(HttpMethod.Get, path)).Status);
            await host.EndedBy(HostProcess.Terminate);
            Assert.DoesNotContain(token[..42], host.Output, StringComparison.Ordinal);
        }

        var stored = Directory.GetFiles(data, "case-planning.db*").SelectMany(File.ReadAllBytes).ToArray();
        Assert.True(stored.Length > 0);
        Assert.Equal(-1, stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(token)));
    }

    public void Dispose() => _folder.Dispose();
}
