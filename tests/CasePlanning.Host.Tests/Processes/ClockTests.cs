namespace CasePlanning.Host.Tests.Processes;

/// <summary>The simulated clock over HTTP.</summary>
public sealed class ClockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Its_driver_moves_it_and_everything_on_the_way_has_happened_when_it_answers()
    {
        await using var host = await HostProcess.Start(_folder.Of("data"), ("Clock:Mode", "simulated"), ("Clock:Start", "2027-01-04T18:00:00Z"));

        Assert.Contains("2027-01-04T18:00:00", (await host.Send(HttpMethod.Get, "/api/clock", "administrator")).Body, StringComparison.Ordinal);
        var moved = await host.Send(HttpMethod.Post, "/api/clock", "administrator", """{"to":"2027-02-01T18:00:00Z"}""");
        var again = await host.Send(HttpMethod.Post, "/api/clock", "administrator", """{"to":"2027-01-10T18:00:00Z"}""");

        Assert.Equal(200, moved.Status);
        Assert.Contains("\"now\":\"2027-02-01T18:00:00", moved.Body, StringComparison.Ordinal);
        Assert.Contains("\"idle\":true", moved.Body, StringComparison.Ordinal);
        Assert.Equal(moved.Body, again.Body);
        Assert.Contains("\"today\":\"2027-02-01\"", (await host.Send(HttpMethod.Get, "/api/me", "worker")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"waiting\"", (await host.Send(HttpMethod.Get, "/api/mail", "administrator")).Body, StringComparison.Ordinal);
        var misspelt = await host.Send(HttpMethod.Post, "/api/clock?by=1d", "administrator", """{"to":"2027-03-01T18:00:00Z"}""");
        Assert.Equal(400, misspelt.Status);
        Assert.Contains("takes no query parameters, and by came", misspelt.Body, StringComparison.Ordinal);
        Assert.Equal(403, (await host.Send(HttpMethod.Post, "/api/clock", "worker", """{"to":"2027-03-01T18:00:00Z"}""")).Status);
        Assert.Equal(401, (await host.Send(HttpMethod.Post, "/api/clock", null, """{"to":"2027-03-01T18:00:00Z"}""")).Status);
    }

    [Fact]
    public async Task While_the_real_clock_runs_there_is_nothing_to_move()
    {
        await using var host = await HostProcess.Start(_folder.Of("data"));

        Assert.Equal(404, (await host.Send(HttpMethod.Get, "/api/clock", "administrator")).Status);
    }

    public void Dispose() => _folder.Dispose();
}
