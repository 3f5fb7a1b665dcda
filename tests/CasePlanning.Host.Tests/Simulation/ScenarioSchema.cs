using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CasePlanning.Host.Simulation;

namespace CasePlanning.Host.Tests.Simulation;

/// <summary>Makes the JSON Schema of scenario files from the types they are read as, with the types' own summaries as descriptions.</summary>
internal sealed class ScenarioSchema
{
    private const string Day = @"\d{4}-\d{2}-\d{2}";
    private static readonly Dictionary<string, string> Summaries = ReadSummaries("CasePlanning.Host", "CasePlanning.Domain", "CasePlanning.Application");

    /// <summary>What members mean wherever they occur, for types whose members carry no summary of their own.</summary>
    private static readonly Dictionary<string, string> Usually = new()
    {
        ["id"] = "Names the entry; letters, digits or hyphens.",
        ["child"] = "Source id of the child's participant fact.",
        ["participant"] = "Source id of the participant.",
        ["participants"] = "Source ids of the participants.",
        ["plan"] = "Which of the case's plans: at-home or out-of-home.",
        ["reason"] = "Why.",
        ["what"] = "What it is.",
        ["narrative"] = "What happened, in words.",
        ["attended"] = "Who attended.",
        ["from"] = "The first day.",
        ["signed"] = "The day it was signed.",
        ["status"] = "How it stands.",
    };

    private readonly JsonObject _definitions = [];

    public static JsonObject Create()
    {
        var schema = new ScenarioSchema();
        var root = schema.Members(Info(typeof(Scenario)), discriminator: null);
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$comment"] = "Generated from CasePlanning.Host/Simulation; UPDATE_DOCS=1 dotnet test writes it anew.",
            ["title"] = "A scenario for the command simulate",
            ["description"] = Summaries[$"T:{typeof(Scenario).FullName}"],
            ["type"] = "object",
            ["properties"] = root["properties"]!.DeepClone(),
            ["required"] = root["required"]!.DeepClone(),
            ["additionalProperties"] = false,
            ["$defs"] = schema._definitions,
        };
    }

    private JsonObject Of(Type type) =>
        type == typeof(string) ? new JsonObject { ["type"] = "string" }
        : type == typeof(bool) ? new JsonObject { ["type"] = "boolean" }
        : type == typeof(int) ? new JsonObject { ["type"] = "integer" }
        : type == typeof(DateOnly) ? new JsonObject { ["type"] = "string", ["format"] = "date", ["pattern"] = $"^{Day}$" }
        : type == typeof(TimeOnly) ? new JsonObject { ["type"] = "string", ["pattern"] = @"^\d{2}:\d{2}$" }
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? new JsonObject { ["type"] = "string", ["pattern"] = $@"^{Day}(T\d{{2}}:\d{{2}}(:\d{{2}})?)?$" }
        : type == typeof(Expectation) ? JsonNode.Parse("""{ "oneOf": [{ "const": "ok" }, { "type": "array", "minItems": 1, "items": { "type": "string", "minLength": 1 } }] }""")!.AsObject()
        : type.IsEnum ? new JsonObject { ["enum"] = new JsonArray([.. Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, type, ScenarioJson.Options))]) }
        : Info(type) is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } ? new JsonObject { ["type"] = "array", ["items"] = Of(element) }
        : new JsonObject { ["$ref"] = $"#/$defs/{Define(type)}" };

    private string Define(Type type)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(type.Name);
        if (_definitions.TryAdd(name, null))
        {
            var definition = Info(type).PolymorphismOptions is { } kinds ? OneOf(kinds) : Members(Info(type), discriminator: null);
            _definitions[name] = Described(definition, $"T:{type.FullName}");
        }

        return name;
    }

    private JsonObject OneOf(JsonPolymorphismOptions kinds)
    {
        var choices = new JsonArray();
        foreach (var kind in kinds.DerivedTypes)
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(kind.DerivedType.Name);
            _definitions[name] = Described(Members(Info(kind.DerivedType), (kinds.TypeDiscriminatorPropertyName, (string)kind.TypeDiscriminator!)), $"T:{kind.DerivedType.FullName}");
            choices.Add((JsonNode)new JsonObject { ["$ref"] = $"#/$defs/{name}" });
        }

        return new JsonObject { ["oneOf"] = choices };
    }

    private JsonObject Members(JsonTypeInfo type, (string Name, string Value)? discriminator)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        if (discriminator is var (name, value))
        {
            properties[name] = new JsonObject { ["const"] = value };
            required.Add((JsonNode)name);
        }

        foreach (var member in ScenarioJson.MembersOf(type))
        {
            var property = (PropertyInfo)member.AttributeProvider!;
            properties[member.Name] = Described(Of(Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType), $"P:{property.DeclaringType!.FullName}.{property.Name}", Usually.GetValueOrDefault(member.Name));
            if (member.IsRequired)
            {
                required.Add((JsonNode)member.Name);
            }
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false };
    }

    private static JsonObject Described(JsonObject schema, string member, string? otherwise = null)
    {
        if ((Summaries.GetValueOrDefault(member) ?? otherwise) is { } summary)
        {
            schema.Insert(0, "description", summary);
        }

        return schema;
    }

    private static JsonTypeInfo Info(Type type) => ScenarioJson.Options.GetTypeInfo(type);

    private static Dictionary<string, string> ReadSummaries(params string[] assemblies) =>
        assemblies.SelectMany(assembly => XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly + ".xml")).Descendants("member"))
            .Where(member => member.Element("summary") is not null).DistinctBy(member => member.Attribute("name")!.Value)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!), StringComparer.Ordinal);

    private static string Text(XElement summary)
    {
        foreach (var reference in summary.Descendants("see").ToArray())
        {
            reference.ReplaceWith(JsonNamingPolicy.CamelCase.ConvertName(reference.Attribute("cref")!.Value.Split('.')[^1]));
        }

        return Regex.Replace(summary.Value, @"\s+", " ").Trim();
    }
}
