using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Application;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Api.Site;

/// <summary>One thing a version says: where, under which entry of a list, what, and the words.</summary>
public sealed record PlanLine(string Section, string Entry, string Label, string Value)
{
    /// <summary>Names the place, across versions.</summary>
    public string Place => $"{Section}|{Entry}|{Label}";
}

/// <summary>How a place differs between two versions; null where a version says nothing.</summary>
public sealed record PlanDifference(PlanLine Line, string? Before, string? After);

/// <summary>Reads a version's content as lines for people. It follows the document's own shape, so that nothing a plan says can be left out.</summary>
public static class PlanText
{
    private static readonly string[] NotShown = ["plan", "version", "revision"];
    private static readonly string[] EntryNames = ["id", "participant", "child", "group"];

    /// <param name="content">The content.</param>
    /// <param name="names">The names of the case's participants by their source ids.</param>
    public static IReadOnlyList<PlanLine> Of(PlanContent content, IReadOnlyDictionary<string, string> names)
    {
        var lines = new List<PlanLine>();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(content, ApplicationJson.Options)!.AsObject().Where(member => !NotShown.Contains(member.Key)))
        {
            Read(new Place(Words(name), "", "", null), value, names, lines);
        }

        return lines;
    }

    /// <summary>What one version says differently from the one before it.</summary>
    public static IReadOnlyList<PlanDifference> Between(IReadOnlyList<PlanLine> before, IReadOnlyList<PlanLine> after)
    {
        var then = before.ToLookup(line => line.Place, StringComparer.Ordinal);
        var now = after.ToLookup(line => line.Place, StringComparer.Ordinal);
        return
        [
            .. after.Concat(before).DistinctBy(line => line.Place)
                .Select(line => new PlanDifference(line, Value(then[line.Place]), Value(now[line.Place])))
                .Where(difference => difference.Before != difference.After),
        ];

        static string? Value(IEnumerable<PlanLine> lines) => string.Join("\n", lines.Select(line => line.Value)) is { Length: > 0 } text ? text : null;
    }

    /// <param name="Named">The member that gave the entry its name, and isn't said again.</param>
    private readonly record struct Place(string Section, string Entry, string Label, string? Named);

    private static void Read(Place at, JsonNode? value, IReadOnlyDictionary<string, string> names, List<PlanLine> lines)
    {
        switch (value)
        {
            case JsonObject fields:
                foreach (var (name, field) in fields.Where(member => member.Key != at.Named))
                {
                    Read(at with { Label = at.Label.Length == 0 ? Words(name) : $"{at.Label}: {Lower(Words(name))}", Named = null }, field, names, lines);
                }

                break;
            case JsonArray list when list.All(each => each is JsonValue):
                Add(string.Join(", ", list.Select(each => Say(each!, names))));
                break;
            case JsonArray list:
                foreach (var each in list.OfType<JsonObject>())
                {
                    Read(Inside(at, each, names), each, names, lines);
                }

                break;
            case JsonValue single:
                Add(Say(single, names));
                break;
        }

        void Add(string text)
        {
            if (text.Length > 0)
            {
                lines.Add(new PlanLine(at.Section, at.Entry, at.Label, text));
            }
        }
    }

    private static Place Inside(Place list, JsonObject entry, IReadOnlyDictionary<string, string> names)
    {
        var named = EntryNames.FirstOrDefault(each => entry[each] is JsonValue);
        var name = named is null ? "entry" : Say(entry[named]!, names);
        return list.Entry.Length == 0 ? list with { Entry = name, Named = named } : list with { Label = $"{list.Label} {name}", Named = named };
    }

    private static string Say(JsonNode value, IReadOnlyDictionary<string, string> names) => value.GetValueKind() switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.String when value.GetValue<string>() is var text => names.TryGetValue(text, out var name) ? name
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)
            : text,
        _ => value.ToJsonString(),
    };

    /// <summary>"serviceObjectives" as people write it: "Service objectives".</summary>
    private static string Words(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            _ = char.IsAsciiLetterUpper(letter) ? text.Append(' ').Append(char.ToLowerInvariant(letter)) : text.Append(letter);
        }

        text[0] = char.ToUpperInvariant(text[0]);
        return text.ToString();
    }

    private static string Lower(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
