using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CasePlanning.Domain.Clocks;

/// <summary>
/// Reads rule packs, and an agency's layer over them. Whatever is wrong with one is an <see cref="InvalidDataException"/> that names the file,
/// the place in it and what to write instead.
/// </summary>
public static class RulePacks
{
    /// <summary>The pack that is in force everywhere.</summary>
    public const string Everywhere = "approval";

    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>How packs and layers are written as JSON.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Ids of the packs that come with the product, without the one in force everywhere.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.Contains(".RulePacks.", StringComparison.Ordinal))
            .Select(name => name.Split('.')[^2])
            .Where(id => !string.Equals(id, Everywhere, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>A pack as it comes with the product, with the agency's choices and changes applied.</summary>
    public static RulePack Load(string id, RuleLayer? layer = null) => Read($"rule pack '{id}'", Patched(id, TextOf(id), layer), id);

    /// <summary>Rules an agency adds, as a pack of their own; their reminders, where they have none, are those of its first pack.</summary>
    public static RulePack Added(RuleLayer layer, IReadOnlyList<ReminderStep> steps) => Read("the agency's rules", new JsonObject
    {
        ["id"] = "agency",
        ["name"] = "The agency's own rules",
        ["steps"] = JsonSerializer.SerializeToNode(steps, Json),
        ["rules"] = new JsonArray([.. layer.Add.Select(rule => JsonNode.Parse(rule.GetRawText()))]),
    }, "agency");

    /// <summary>A rule as a pack of the product writes it, for occurrences of agencies that no longer have it; its id alone where no pack knows it.</summary>
    public static Rule Remembered(string id) =>
        Known.Select(pack => Load(pack)).SelectMany(pack => pack.Rules).FirstOrDefault(rule => string.Equals(rule.Id, id, StringComparison.Ordinal))
        ?? new Rule { Id = id, Name = id, Scope = RuleScope.Case, Anchor = "beginning", Due = new Offset(0, OffsetUnit.Days), MetBy = "review", Source = "a former rule of the agency", Sentence = "A rule that is no longer in force." };

    /// <summary>Reads a pack from its text; <paramref name="file"/> names it in errors.</summary>
    public static RulePack Parse(string file, string text)
    {
        try
        {
            return Read(file, JsonNode.Parse(text)!, null);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}, line {exception.LineNumber + 1}: {exception.Message}", exception);
        }
    }

    private static string TextOf(string id) => Texts.GetOrAdd(id, static id =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"CasePlanning.Domain.RulePacks.{id}.json")
            ?? throw new InvalidDataException($"There is no rule pack '{id}'. Known packs: {string.Join(", ", Known)}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    private static JsonNode Patched(string pack, string text, RuleLayer? layer)
    {
        var node = JsonNode.Parse(text)!;
        foreach (var rule in node["rules"]!.AsArray().Select(each => each!.AsObject()))
        {
            var id = (string)rule["id"]!;
            foreach (var (name, choice) in (rule["choices"]?.AsObject() ?? []).ToArray())
            {
                var chosen = layer?.Choices.GetValueOrDefault($"{id}.{name}") ?? (string)choice!["default"]!;
                var option = choice!["options"]![chosen] ?? throw new InvalidDataException(
                    $"The agency's rules, choices, {id}.{name}: '{chosen}' is none of {string.Join(", ", choice["options"]!.AsObject().Select(each => each.Key))} (rule pack '{pack}').");
                Merge(rule, option.AsObject());
            }

            if (layer?.Rules.TryGetValue(id, out var change) == true)
            {
                Merge(rule, JsonNode.Parse(change.GetRawText()) as JsonObject ?? throw new InvalidDataException($"The agency's rules, rules, {id}: write the members to change, as an object."));
            }
        }

        return node;
    }

    private static void Merge(JsonObject rule, JsonObject changes)
    {
        foreach (var (member, value) in changes)
        {
            rule[member] = value?.DeepClone();
        }
    }

    /// <summary>A converter's own sentence, without the serializer's.</summary>
    private static string Sentence(JsonException exception) => exception.InnerException is FormatException own ? own.Message : $"what is written there is not what belongs there ({exception.Message.Split(" Path:")[0]})";

    private static RulePack Read(string file, JsonNode node, string? id)
    {
        try
        {
            return PackChecks.Checked(file, node.Deserialize<RulePack>(Json)!, id);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}, {exception.Path}: {Sentence(exception)}", exception);
        }
    }
}
