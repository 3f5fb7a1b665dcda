using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>What the process sends to a collector.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = [];
    private WebApplication _collector = null!;

    [Fact]
    public async Task Traces_and_metrics_reach_a_collector_without_a_name()
    {
        var trace = ActivityTraceId.CreateRandom();
        await using (var host = await HostProcess.Start(_folder.Of("data"), ("Telemetry:Otlp", _collector.Urls.First())))
        {
            var opened = await host.Send(HttpMethod.Post, "/api/cases", "worker", """
                { "number": "T-1", "openedOn": "2026-01-05", "unit": "north",
                  "facts": [{ "fact": "participant", "source": "c", "on": "2026-01-05", "name": "Lena Marsh", "role": "focus-child" },
                            { "fact": "assignment", "source": "a", "on": "2026-01-05", "person": "worker" }] }
                """, ("traceparent", $"00-{trace}-b7ad6b7169203331-01"));
            Assert.True(opened.Status == 201, opened.Body);
            await host.Send(HttpMethod.Get, "/calendar/no-such-key.ics");
            await Eventually.Holds(() => Task.FromResult(Directory.Exists(_folder.Of("data/mail")) && Directory.GetFiles(_folder.Of("data/mail")).Length > 0), "mail lies in the pickup folder");
            await host.EndedBy(HostProcess.Terminate);
        }

        var (traces, metrics) = (Text("/v1/traces"), Text("/v1/metrics"));
        Assert.All(["openCase", "tick", "dispatch", "case-planning"], name => Assert.Contains(name, traces, StringComparison.Ordinal));
        Assert.Contains(Encoding.Latin1.GetString(Convert.FromHexString(trace.ToHexString())), traces, StringComparison.Ordinal);
        Assert.All(["case_planning.ticks", "case_planning.mail.handovers"], name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        Assert.DoesNotMatch(Unnamed.Families(), traces);
        Assert.DoesNotMatch(Unnamed.Families(), metrics);
        Assert.DoesNotContain("no-such-key", traces + metrics, StringComparison.Ordinal);
    }

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _collector = builder.Build();
        _collector.MapPost("/{**path}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.Enqueue((context.Request.Path, body.ToArray()));
        });
        await _collector.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _collector.DisposeAsync();
        _folder.Dispose();
    }

    private string Text(string path) => string.Concat(_received.Where(each => each.Path == path).Select(each => Encoding.Latin1.GetString(each.Body)));
}
