using System.Diagnostics;
using System.Diagnostics.Metrics;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;

namespace CasePlanning.Application;

/// <summary>
/// What the process tells of its own work, for whoever listens to <see cref="Name"/>: spans of operations, ticks and handovers, and how far behind
/// the loops are. Ids and words of this program are in it, and no address, name or text.
/// </summary>
public static class Telemetry
{
    /// <summary>Of the activity source and of the meter.</summary>
    public const string Name = "CasePlanning";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Ticks = Meter.CreateCounter<long>("case_planning.ticks", "{tick}", "Looks at plans and cases.");
    private static readonly Counter<long> Handovers = Meter.CreateCounter<long>("case_planning.mail.handovers", "{message}", "Attempts at handing over a message, by the state it had afterwards.");
    private static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>("case_planning.mail.dead", "{message}", "Messages that became dead letters.");
    private static readonly Gauge<double> OldestWake = Meter.CreateGauge<double>("case_planning.wakes.oldest_overdue", "s", "Age of the oldest due wake.");
    private static readonly Gauge<long> OverdueWakes = Meter.CreateGauge<long>("case_planning.wakes.overdue", "{wake}", "Wakes overdue by more than the watchdog's grace.");
    private static readonly Gauge<double> OldestMail = Meter.CreateGauge<double>("case_planning.mail.oldest_unsent", "s", "Age of the oldest message not sent yet.");
    private static readonly Gauge<long> UnheardMail = Meter.CreateGauge<long>("case_planning.mail.unheard", "{message}", "Dead letters that nobody could be told of.");
    private static readonly Gauge<long> FailedInstances = Meter.CreateGauge<long>("case_planning.instances.failed", "{instance}", "Instances of the engine that had failed by the hourly round, which starts them anew.");

    /// <summary>The trace and span that run here, as a W3C <c>traceparent</c>; null outside any.</summary>
    public static string? Here => Activity.Current?.Id;

    public static Activity? Operation(string name) => Source.StartActivity(name, ActivityKind.Server);

    /// <param name="subject"><c>plan:…</c> or <c>case:…</c>.</param>
    public static Activity? Tick(string subject)
    {
        Ticks.Add(1);
        return Source.StartActivity("tick")?.SetTag("case_planning.subject", subject);
    }

    /// <summary>Looks at several cases that are read and saved together.</summary>
    public static Activity? Tick(int cases)
    {
        Ticks.Add(cases);
        return Source.StartActivity("tick")?.SetTag("case_planning.cases", cases);
    }

    /// <summary>A handover belongs to the trace of the write that stored the message.</summary>
    public static Activity? Handover(Message message) => Source.StartActivity("dispatch", ActivityKind.Producer, message.Trace)?
        .SetTag("case_planning.message", message.Id).SetTag("case_planning.kind", message.Kind.ToString());

    public static void HandedOver(Message after)
    {
        Activity.Current?.SetTag("case_planning.state", after.State.ToString());
        Handovers.Add(1, new KeyValuePair<string, object?>("state", after.State.ToString()));
        DeadLetters.Add(after.State == MessageState.Dead ? 1 : 0);
    }

    public static void Behind(Lag lag, int overdueWakes)
    {
        OldestWake.Record(lag.OldestWake.TotalSeconds);
        OverdueWakes.Record(overdueWakes);
        OldestMail.Record(lag.OldestMail.TotalSeconds);
        UnheardMail.Record(lag.Unheard);
    }

    public static void Failed(long instances) => FailedInstances.Record(instances);
}
