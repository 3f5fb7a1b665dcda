using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Json;
using CasePlanning.Host.Simulation;
using CasePlanning.Host.Tests.Simulation;

namespace CasePlanning.Host.Tests.Schemas;

/// <summary>Makes the JSON Schema of a file from the types it is read as and their attributes, with the types' own summaries as descriptions.</summary>
internal sealed class TypeSchema
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

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonSerializerOptions _options;
    private readonly JsonObject _definitions = [];

    private TypeSchema(JsonSerializerOptions options) => _options = options;

    /// <summary>Compares a schema in docs/ with the one its type gives; UPDATE_DOCS=1 writes it anew.</summary>
    public static void IsInDocs<T>(string file, string title, JsonSerializerOptions options)
    {
        var path = Playing.InRepository($"docs/{file}");
        var generated = Create(typeof(T), title, options).ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, generated);
        }

        Assert.Equal(generated, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private static JsonObject Create(Type type, string title, JsonSerializerOptions options)
    {
        var schema = new TypeSchema(options);
        var root = schema.Members(schema.Info(type), discriminator: null);
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$comment"] = $"Generated from {type.FullName}; UPDATE_DOCS=1 dotnet test writes it anew.",
            ["title"] = title,
            ["description"] = Summaries[$"T:{type.FullName}"],
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
        : type.IsEnum ? new JsonObject { ["enum"] = new JsonArray([.. Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, type, _options))]) }
        : type == typeof(Offset) ? new JsonObject { ["type"] = "string" }
        : Info(type) is { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } entry } ? new JsonObject { ["type"] = "object", ["additionalProperties"] = Of(entry) }
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

    /// <summary>The members of a type that can be changed, none of them required.</summary>
    private string DefineChanges(Type type)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(type.Name) + "Changes";
        if (_definitions.TryAdd(name, null))
        {
            var properties = new JsonObject();
            foreach (var member in ShapeCheck.ChangeableOf(Info(type)))
            {
                var schema = Member(member);
                properties[member.Name] = member.IsRequired ? schema : new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
            }

            _definitions[name] = new JsonObject
            {
                ["description"] = $"The members to change of a {JsonNamingPolicy.CamelCase.ConvertName(type.Name)}; null takes an optional one away.",
                ["type"] = "object",
                ["properties"] = properties,
                ["additionalProperties"] = false,
            };
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

        foreach (var member in ShapeCheck.MembersOf(type))
        {
            properties[member.Name] = Member(member);
            if (member.IsRequired)
            {
                required.Add((JsonNode)member.Name);
            }
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["additionalProperties"] = false };
    }

    private JsonObject Member(JsonPropertyInfo member)
    {
        var property = (PropertyInfo)member.AttributeProvider!;
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        var schema = ShapeCheck.Attribute<ReadAsAttribute>(member) is { } other ? Written(other, Info(type).Kind) : Of(type);
        Conditions(member, schema);
        return Described(schema, $"P:{property.DeclaringType!.FullName}.{property.Name}", Usually.GetValueOrDefault(member.Name));
    }

    private JsonObject Written(ReadAsAttribute other, JsonTypeInfoKind kind)
    {
        var each = new JsonObject { ["$ref"] = $"#/$defs/{(other.Changes ? DefineChanges(other.Type) : Define(other.Type))}" };
        return kind switch
        {
            JsonTypeInfoKind.Dictionary => new JsonObject { ["type"] = "object", ["additionalProperties"] = each },
            JsonTypeInfoKind.Enumerable => new JsonObject { ["type"] = "array", ["items"] = each },
            _ => each,
        };
    }

    /// <summary>What the attributes of a member ask of its value, of each text of a list, or of the names in a dictionary.</summary>
    private static void Conditions(JsonPropertyInfo member, JsonObject schema)
    {
        var texts = (string?)schema["type"] switch
        {
            "array" => schema["items"]!.AsObject(),
            "object" => [],
            _ => schema,
        };
        if (ShapeCheck.Attribute<WordAttribute>(member) is { } word)
        {
            texts["enum"] = new JsonArray([.. word.Words.Order(StringComparer.Ordinal).Select(each => JsonValue.Create(each))]);
        }

        if (ShapeCheck.Attribute<RegularExpressionAttribute>(member) is { } pattern)
        {
            texts["pattern"] = Regex.Replace(pattern.Pattern, @"\?<\w+>", "");
        }

        if (ShapeCheck.Attribute<RangeAttribute>(member) is { } range)
        {
            (schema["minimum"], schema["maximum"]) = ((int)range.Minimum, (int)range.Maximum);
        }

        if (ShapeCheck.Attribute<MinLengthAttribute>(member) is { } least)
        {
            schema["minItems"] = least.Length;
        }

        if ((string?)schema["type"] == "object" && texts.Count > 0)
        {
            schema["propertyNames"] = texts;
        }
    }

    private static JsonObject Described(JsonObject schema, string member, string? otherwise = null)
    {
        if ((Summaries.GetValueOrDefault(member) ?? otherwise) is { } summary)
        {
            schema.Insert(0, "description", summary);
        }

        return schema;
    }

    private JsonTypeInfo Info(Type type) => _options.GetTypeInfo(type);

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
