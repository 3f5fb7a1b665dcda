using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Host.Simulation;

/// <summary>Writes a simulation's events as they happen.</summary>
internal interface IEventWriter
{
    void Begin(Scenario scenario);

    void Write(SimulationEvent happened);

    void End(Played played);
}

/// <summary>One JSON object per line; what doesn't apply is null.</summary>
internal sealed class JsonLines(TextWriter output) : IEventWriter
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Begin(Scenario scenario)
    {
        // The lines speak for themselves.
    }

    public void Write(SimulationEvent happened)
    {
        if (happened.Kind is EventKind.Act or EventKind.Shown or EventKind.Unexpected)
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("at", happened.At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
            json.WriteString("kind", Lower(happened.Kind.ToString()));
            json.WriteString("subject", happened.Subject);
            json.WriteString("rule", happened.Rule);
            json.WriteString("occurrence", happened.Occurrence);
            json.WriteString("due", Day(happened.Due));
            json.WriteString("dueRolled", Day(happened.DueRolled));
            json.WriteString("step", happened.Step);
            WriteTo(json, happened.To);
            json.WriteString("message", happened.Message);
            json.WriteString("text", happened.Text);
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Write('\n');
    }

    public void End(Played played)
    {
        // The lines speak for themselves.
    }

    private static void WriteTo(Utf8JsonWriter json, Addressee? to)
    {
        if (to is null)
        {
            json.WriteNull("to");
            return;
        }

        json.WriteStartObject("to");
        json.WriteString("role", Lower(to.Role?.ToString()));
        json.WriteString("address", to.Address);
        json.WriteEndObject();
    }

    private static string? Lower(string? word) => word?.ToLowerInvariant();

    private static string? Day(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A story, one line per event, under the day it happened.</summary>
internal sealed class Story(TextWriter output) : IEventWriter
{
    private readonly Dictionary<EventKind, int> _count = [];
    private readonly HashSet<(string Occurrence, string Why)> _explained = [];
    private DateOnly? _day;

    public void Begin(Scenario scenario)
    {
        Line(scenario.Title);
        Line($"{scenario.Agency.Name}, {scenario.Agency.Zone}, rules: {string.Join(", ", scenario.Agency.Packs)}");
    }

    public void Write(SimulationEvent happened)
    {
        var day = DateOnly.FromDateTime(happened.At.DateTime);
        if (day != _day)
        {
            _day = day;
            Line("");
            Line(day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture));
        }

        _count[happened.Kind] = _count.GetValueOrDefault(happened.Kind) + 1;
        Line(string.Create(CultureInfo.InvariantCulture, $"  {happened.At:HH:mm}  {Word(happened.Kind),-9} {(happened.Case is null ? "" : $"{happened.Case}: ")}{Sentence(happened)}"));
        if (happened.Why is not null && _explained.Add((happened.Occurrence!, happened.Why)))
        {
            Line($"                   {happened.Why}");
        }
    }

    public void End(Played played)
    {
        Line("");
        Line(string.Create(CultureInfo.InvariantCulture, $"Open at the end of {played.Until:yyyy-MM-dd}:{(played.Open.Count == 0 ? " nothing." : "")}"));
        foreach (var (number, deadline) in played.Open)
        {
            Line($"  {number}: {Explanation.SentenceOf(deadline)} [{deadline.Subject}, {StatusOf(deadline.Status)}]");
        }

        Line("");
        Line(string.Create(CultureInfo.InvariantCulture, $"Played until {played.Until:yyyy-MM-dd}: {Count(EventKind.Stage, "stage change")}, {Count(EventKind.Notice, "notice")}, {Count(EventKind.Mail, "mail")}, {Count(EventKind.Refusal, "reason")} for refusals, {Count(EventKind.Deadline, "line")} on deadlines."));
    }

    private static string Sentence(SimulationEvent happened) => happened.Kind switch
    {
        EventKind.Notice or EventKind.Mail => $"to {happened.To!.Name} ({happened.To.Role?.ToString().ToLowerInvariant()}): {happened.Message}{Digest(happened.Text)}",
        EventKind.Refusal => $"{happened.Message} [{happened.Rule}]",
        EventKind.Deadline when happened.Subject?.StartsWith("child:", StringComparison.Ordinal) == true => $"{happened.Message} [{happened.Subject}]",
        _ => happened.Message,
    };

    /// <summary>The lines of a digest that say what is due.</summary>
    private static string Digest(string? text)
    {
        var lines = (text ?? "").Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[2..]).ToArray();
        return lines.Length == 0 ? "" : $": {string.Join("; ", lines)}";
    }

    private static string Word(EventKind kind) => kind switch
    {
        EventKind.Act => "-",
        EventKind.Refusal => "refused",
        EventKind.Shown => "reads",
        EventKind.Unexpected => "NOT AS EXPECTED",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string StatusOf(DeadlineStatus status) => status == DeadlineStatus.DueSoon ? "due soon" : status.ToString().ToLowerInvariant();

    private string Count(EventKind kind, string word) => _count.GetValueOrDefault(kind) switch
    {
        1 => $"1 {word}",
        var many => string.Create(CultureInfo.InvariantCulture, $"{many} {word}s"),
    };

    private void Line(string text)
    {
        output.Write(text);
        output.Write('\n');
    }
}
