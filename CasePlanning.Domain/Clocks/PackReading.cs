using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Domain.Json;

namespace CasePlanning.Domain.Clocks;

/// <summary>A pack, or everything that is wrong with its text.</summary>
public sealed record PackRead(RulePack? Pack, IReadOnlyList<FileViolation> Violations);

/// <summary>Reads packs. A rule that can't be read hides nothing of what is wrong elsewhere.</summary>
public static class PackReading
{
    public static PackRead Read(string text)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(text);
            root = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            return new(null, [FileViolation.NotJson(exception)]);
        }

        var shape = ShapeCheck.Of<RulePack>(root, RulePacks.Json);
        FileViolation[] violations = [.. shape, .. Rules(root, shape), .. shape.Any(violation => violation.IsWithin("$.steps")) ? [] : Steps(root)];
        return violations.Length > 0 ? new(null, violations) : new(root.Deserialize<RulePack>(RulePacks.Json)!, []);
    }

    internal static void Merge(JsonObject rule, JsonElement changes)
    {
        foreach (var member in changes.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                rule.Remove(member.Name);
            }
            else
            {
                rule[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            }
        }
    }

    private static IEnumerable<FileViolation> Steps(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("steps", out var steps) ? PackChecks.Steps(steps.Deserialize<ReminderStep[]>(RulePacks.Json)!, "$.steps") : [];

    /// <summary>What is wrong with the rules whose shape is right.</summary>
    private static IEnumerable<FileViolation> Rules(JsonElement root, IReadOnlyList<FileViolation> shape)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("rules", out var rules) || rules.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        Part[] parts =
        [
            .. rules.EnumerateArray().Select((rule, index) => (Rule: rule, At: FormattableString.Invariant($"$.rules[{index}]")))
                .Where(each => !shape.Any(violation => violation.IsWithin(each.At)))
                .Select(each => new Part(each.Rule.Deserialize<Rule>(RulePacks.Json)!, each.Rule, each.At)),
        ];
        return
        [
            .. parts.SelectMany(part => PackChecks.Rule(part.Rule, part.At)),
            .. parts.GroupBy(part => part.Rule.Id, StringComparer.Ordinal).SelectMany(same => same.Skip(1)).Select(part => new FileViolation($"{part.At}.id", $"'{part.Rule.Id}' is the id of another rule, too.")),
            .. parts.SelectMany(Options),
        ];
    }

    /// <summary>What is wrong with a rule as each option would have it, with the other choices at their defaults.</summary>
    private static IEnumerable<FileViolation> Options(Part part) =>
        from choice in part.Rule.Choices
        from option in choice.Value.Options
        from violation in PackChecks.Rule(Merged(part, choice.Key, option.Value), ShapeCheck.Below($"{ShapeCheck.Below($"{part.At}.choices", choice.Key)}.options", option.Key))
        select violation;

    private static Rule Merged(Part part, string choice, JsonElement option)
    {
        var merged = JsonObject.Create(part.Written)!;
        foreach (var (name, other) in part.Rule.Choices)
        {
            if (name == choice)
            {
                Merge(merged, option);
            }
            else if (other.Options.TryGetValue(other.Default, out var byDefault))
            {
                Merge(merged, byDefault);
            }
        }

        return merged.Deserialize<Rule>(RulePacks.Json)!;
    }

    /// <summary>A rule whose shape is right.</summary>
    private readonly record struct Part(Rule Rule, JsonElement Written, string At);
}
