using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Api.OpenApi;

/// <summary>
/// The schemas of what operations take or answer, one named component per type, made from the very contracts the bodies are read and
/// written by.
/// </summary>
/// <param name="options">How the bodies are read or written.</param>
/// <param name="suffix">Tells what is sent from what is answered where one type is both.</param>
internal sealed class Schemas(JsonSerializerOptions options, string suffix)
{
    private readonly SortedDictionary<string, JsonNode> _components = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, JsonNode>> Components => _components;

    /// <summary>The schema of a type where it is used: a reference where the type has a name of its own.</summary>
    public JsonNode For(Type type) => options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Enumerable } list
        ? new JsonObject { ["type"] = "array", ["items"] = For(list.ElementType!) }
        : IsNamed(type) ? Reference(type) : Exported(type);

    public string NameOf(Type type)
    {
        if (type.IsEnum)
        {
            return type.Name;
        }

        var name = type.IsGenericType ? string.Concat(type.GetGenericArguments().Select(argument => argument.Name)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] : type.Name;
        return name.EndsWith("Body", StringComparison.Ordinal) ? name[..^4] + suffix : name.EndsWith(suffix, StringComparison.Ordinal) ? name : name + suffix;
    }

    private JsonObject Reference(Type type)
    {
        var name = NameOf(type);
        if (_components.TryAdd(name, new JsonObject()))
        {
            _components[name] = Exported(type);
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private JsonNode Exported(Type type) => options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => Transformed(context, schema),
    });

    private JsonNode Transformed(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isRoot = context.Path.IsEmpty || context.BaseTypeInfo is not null;
        if (isRoot && type.IsEnum)
        {
            schema.AsObject().Insert(0, "type", "string");
        }

        if (type == typeof(Offset))
        {
            return new JsonObject { ["type"] = "string" };
        }

        if (isRoot || !IsNamed(type))
        {
            return schema is JsonObject ? schema : new JsonObject();
        }

        var mayBeNull = context.PropertyInfo?.IsRequired != true && schema is JsonObject shape && ((shape["type"] is JsonArray types && types.Any(each => (string?)each == "null"))
            || (shape["enum"] is JsonArray values && values.Any(each => each is null)));
        return mayBeNull
            ? new JsonObject { ["anyOf"] = new JsonArray(Reference(type), new JsonObject { ["type"] = "null" }) }
            : Reference(type);
    }

    private bool IsNamed(Type type) =>
        type.Namespace?.StartsWith(nameof(CasePlanning), StringComparison.Ordinal) == true
        && (type.IsEnum || options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object);
}
