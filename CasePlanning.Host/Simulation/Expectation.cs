using System.Text.Json;
using System.Text.Json.Serialization;
using CasePlanning.Domain;
using CasePlanning.Domain.Json;

namespace CasePlanning.Host.Simulation;

/// <summary>How an action has to end: ok, or refused for exactly these rules.</summary>
[JsonConverter(typeof(Converter)), Called("\"ok\", or a list with at least one rule id")]
public sealed record Expectation(IReadOnlyList<string> Rules)
{
    /// <summary>True when nothing stands in the way and everything that does is expected.</summary>
    public bool IsMetBy(IReadOnlyList<Violation> reasons) =>
        reasons.All(reason => Rules.Any(rule => Names(rule, reason))) && Rules.All(rule => reasons.Any(reason => Names(rule, reason)));

    public override string ToString() => Rules.Count == 0 ? "ok" : string.Join(", ", Rules);

    /// <summary>Every reason of a refusal; its code where it names none.</summary>
    public static IReadOnlyList<Violation> ReasonsOf(Refusal refusal) =>
        refusal.Reasons.Count > 0 ? refusal.Reasons : [new Violation(refusal.Code, refusal.Title)];

    private static bool Names(string rule, Violation reason) => rule == reason.Rule || rule == $"{reason.Rule} {reason.Field}";

    private sealed class Converter : JsonConverter<Expectation>
    {
        public override Expectation? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                return reader.ValueTextEquals("ok") ? new Expectation([]) : throw new JsonException();
            }

            var rules = JsonSerializer.Deserialize<string[]>(ref reader, options);
            return rules is { Length: > 0 } && Array.TrueForAll(rules, rule => !string.IsNullOrWhiteSpace(rule)) ? new Expectation(rules) : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, Expectation value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
