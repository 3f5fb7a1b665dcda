using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using CasePlanning.Api.Pipeline;
using CasePlanning.Domain;

namespace CasePlanning.Api.Json;

/// <summary>
/// Reads a request body as a type, or says everything that keeps it from being read: each with its place as a JSON path and a sentence
/// for people who fill in forms, not for those who write serializers.
/// </summary>
internal sealed class RequestReader
{
    private const int DeepestNesting = 32;

    private readonly List<Violation> _violations = [];

    private RequestReader()
    {
    }

    public static object Read(ReadOnlySpan<byte> body, Type type)
    {
        var json = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (!Utf8.IsValid(json))
        {
            throw Unreadable("$", "The text isn't valid UTF-8.");
        }

        using var document = Parse(json);
        var reader = new RequestReader();
        reader.Check(document.RootElement, RequestJson.Options.GetTypeInfo(type), mayBeNull: false, "$");
        if (reader._violations.Count > 0)
        {
            throw new EdgeException(Problems.Unreadable, "Some of the request can't be read.", reader._violations);
        }

        try
        {
            return document.Deserialize(RequestJson.Options.GetTypeInfo(type))!;
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception.Path ?? "$", "This value can't be read.");
        }
    }

    private static EdgeException Unreadable(string path, string message) =>
        new(Problems.Unreadable, message, [new Violation("json", message, path)]);

    private static JsonDocument Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { MaxDepth = DeepestNesting });
        }
        catch (JsonException exception)
        {
            throw Unreadable("$", exception.LineNumber is { } line
                ? $"This isn't JSON, or something stands before or after it: look at line {line + 1}, character {exception.BytePositionInLine + 1}. "
                    + $"Nesting goes {DeepestNesting} levels deep at most."
                : "This isn't JSON.");
        }
    }

    private void Check(JsonElement element, JsonTypeInfo type, bool mayBeNull, string path)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            Need(mayBeNull || Nullable.GetUnderlyingType(type.Type) is not null, path, "A value is needed here; null isn't one.");
            return;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind != JsonValueKind.Object:
                Add(path, "An object is expected here, in curly braces.");
                break;
            case JsonTypeInfoKind.Object:
                CheckObject(element, type, path);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind != JsonValueKind.Array:
                Add(path, "A list is expected here, in square brackets.");
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckList(element, type, path);
                break;
            default:
                Add(path, Leaves.WhyNot(element, type.Type));
                break;
        }
    }

    private void CheckList(JsonElement list, JsonTypeInfo type, string path)
    {
        var of = type.Options.GetTypeInfo(type.ElementType!);
        var index = 0;
        foreach (var element in list.EnumerateArray())
        {
            Check(element, of, mayBeNull: false, $"{path}[{index++}]");
        }
    }

    private void CheckObject(JsonElement element, JsonTypeInfo type, string path)
    {
        var discriminator = type.PolymorphismOptions?.TypeDiscriminatorPropertyName;
        if (discriminator is not null)
        {
            if (KindOf(element, type, discriminator, path) is not { } derived)
            {
                return;
            }

            type = type.Options.GetTypeInfo(derived);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var name = NameOf(member, path);
            if (name is null)
            {
                continue;
            }

            var at = $"{path}.{name}";
            if (!seen.Add(name))
            {
                Add(at, $"'{name}' is given twice.");
            }
            else if (Known(type).FirstOrDefault(property => property.Name == name) is { } property)
            {
                Check(member.Value, type.Options.GetTypeInfo(property.PropertyType), MayBeNull(property, type), at);
            }
            else if (name != discriminator)
            {
                Add(at, WhyUnknown(name, type));
            }
        }

        foreach (var missing in type.Properties.Where(property => property.IsRequired && !seen.Contains(property.Name, StringComparer.OrdinalIgnoreCase)))
        {
            Add($"{path}.{missing.Name}", $"'{missing.Name}' is missing.");
        }
    }

    /// <summary>A required member says itself whether it may be null, but not where its type is an argument of a generic one.</summary>
    private static bool MayBeNull(JsonPropertyInfo property, JsonTypeInfo type) =>
        property is { IsSetNullable: true, PropertyType.IsValueType: false } && !(property.IsRequired && type.Type.IsGenericType);

    private Type? KindOf(JsonElement element, JsonTypeInfo type, string discriminator, string path)
    {
        var kinds = type.PolymorphismOptions!.DerivedTypes;
        var said = element.TryGetProperty(discriminator, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var found = kinds.FirstOrDefault(kind => Equals(kind.TypeDiscriminator, said)).DerivedType;
        Need(found is not null, $"{path}.{discriminator}", $"Say with '{discriminator}' what this is: one of {string.Join(", ", kinds.Select(kind => kind.TypeDiscriminator))}.");
        return found;
    }

    private string? NameOf(JsonProperty member, string path)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            Add(path, "The name of a member has a character that doesn't exist.");
            return null;
        }
    }

    private static string WhyUnknown(string name, JsonTypeInfo type)
    {
        if (RequestJson.SetHere.Contains(name))
        {
            return $"'{name}' is set by the system; leave it out.";
        }

        var near = Known(type).FirstOrDefault(property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase));
        return near is not null ? $"'{name}' isn't known here; it is written '{near.Name}'."
            : name == "fact" ? "'fact' isn't needed here; the address says which kind of fact this is."
            : $"'{Leaves.Short(name)}' isn't known here. Known are {string.Join(", ", Known(type).Select(property => property.Name))}.";
    }

    /// <summary>Members that can be sent; the contract lists computed ones too.</summary>
    private static IEnumerable<JsonPropertyInfo> Known(JsonTypeInfo type) => type.Properties.Where(property => property.Set is not null || property.AssociatedParameter is not null);

    private void Need(bool holds, string path, string message)
    {
        if (!holds)
        {
            Add(path, message);
        }
    }

    private void Add(string path, string? message)
    {
        const int MostReported = 100;
        if (message is not null && _violations.Count < MostReported)
        {
            _violations.Add(new Violation("json", message, path));
        }
    }
}
