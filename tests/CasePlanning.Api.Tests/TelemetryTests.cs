using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using CasePlanning.Api.Tests.World;
using CasePlanning.Application;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;

namespace CasePlanning.Api.Tests;

/// <summary>A mail's row keeps the trace of the write that caused it, and handing it over, however much later, belongs to that trace.</summary>
public class TelemetryTests : ApiWorld
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task A_mail_is_in_the_trace_of_the_request_that_caused_it()
    {
        using var spans = new Spans(Trace);
        await this.SubmittedPlan("1");
        using var decision = new HttpRequestMessage(HttpMethod.Post, "/api/plans/sample-1.home/decision") { Content = Client.Json(new { kind = "approve" }), Headers = { { "traceparent", $"00-{Trace}-b7ad6b7169203331-01" } } };
        (await As("sue").Send(decision)).Expect(HttpStatusCode.OK);

        var mail = (await Stores.Outbox.List("sample", default)).Single(message => message.Kind == MessageKind.Decision);
        Assert.StartsWith($"00-{Trace}-", mail.Trace, StringComparison.Ordinal);
        await MailDispatch.Dispatch(mail.Id, Clock.GetUtcNow().AddDays(1), default);

        Assert.Equal(["decidePlan", "dispatch"], spans.Ended.Select(span => span.OperationName).Order(StringComparer.Ordinal));
        var dispatch = spans.Ended.Single(span => span.OperationName == "dispatch");
        Assert.Equal(mail.Trace, dispatch.ParentId);
        Assert.Equal(("Sent", mail.Id), (dispatch.GetTagItem("case_planning.state"), dispatch.GetTagItem("case_planning.message")));
        Assert.All(spans.Ended.SelectMany(span => span.TagObjects), tag => Assert.DoesNotContain("@sample.org", tag.Value?.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_watchdog_says_how_far_behind_the_loops_are()
    {
        await this.SubmittedPlan("1");
        var mail = (await Stores.Outbox.List("sample", default)).First(message => message.State == MessageState.Waiting);
        await Stores.Outbox.Add(mail with { Id = "dead", State = MessageState.Dead, Unheard = true }, default);
        var later = Clock.GetUtcNow().AddHours(3);
        var told = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        using (Listening(told))
        {
            await new Watchdog(Stores.Wakes, Stores.Outbox, Silent).Run(later, default);
        }

        Assert.Equal(3 * 3600, told["case_planning.mail.oldest_unsent"]);
        Assert.Equal(1, told["case_planning.mail.unheard"]);
        Assert.Contains("case_planning.wakes.oldest_overdue", told.Keys);
        Assert.Contains("case_planning.wakes.overdue", told.Keys);
    }

    private static ISignal Silent { get; } = new NoSignals();

    private static MeterListener Listening(ConcurrentDictionary<string, double> told)
    {
        var listener = new MeterListener { InstrumentPublished = (instrument, listening) => { if (instrument.Meter.Name == Telemetry.Name) { listening.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => told[instrument.Name] = value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => told[instrument.Name] = value);
        listener.Start();
        return listener;
    }

    /// <summary>The spans of one trace that have ended.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly ActivityListener _listener;

        public Spans(string trace)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == Telemetry.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = span =>
                {
                    if (span.TraceId.ToString() == trace)
                    {
                        Ended.Enqueue(span);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ConcurrentQueue<Activity> Ended { get; } = [];

        public void Dispose() => _listener.Dispose();
    }

    private sealed class NoSignals : ISignal
    {
        public Task Nearer(string subject, DateTimeOffset due, CancellationToken ct) => Task.CompletedTask;
    }
}
