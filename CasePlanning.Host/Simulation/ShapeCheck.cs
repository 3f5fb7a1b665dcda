using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CasePlanning.Host.Simulation;

/// <summary>One thing wrong with a file: where, as a JSON path, and what, in a sentence.</summary>
public sealed record FileViolation(string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message}";
}

/// <summary>Compares a JSON document with the types it is to be read as, and finds everything that doesn't fit.</summary>
internal sealed class ShapeCheck(JsonSerializerOptions options)
{
    private readonly List<FileViolation> _found = [];

    public static IReadOnlyList<FileViolation> Of<T>(JsonElement root, JsonSerializerOptions options)
    {
        var check = new ShapeCheck(options);
        check.Value(root, options.GetTypeInfo(typeof(T)), "$");
        return check._found;
    }

    private void Value(JsonElement value, JsonTypeInfo type, string path)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when type.PolymorphismOptions is { } kinds:
                OneOf(value, kinds, path);
                break;
            case JsonTypeInfoKind.Object:
                Members(value, type, discriminator: null, path);
                break;
            case JsonTypeInfoKind.Enumerable:
                Elements(value, options.GetTypeInfo(type.ElementType!), path);
                break;
            default:
                Leaf(value, type, path);
                break;
        }
    }

    private void OneOf(JsonElement value, JsonPolymorphismOptions kinds, string path)
    {
        var name = kinds.TypeDiscriminatorPropertyName;
        if (!Is(value, JsonValueKind.Object, "an object", path))
        {
            return;
        }

        if (!value.TryGetProperty(name, out var given))
        {
            Add($"{path}.{name}", "is missing.");
            return;
        }

        var kind = kinds.DerivedTypes.Where(each => given.ValueKind == JsonValueKind.String && given.ValueEquals((string)each.TypeDiscriminator!)).ToArray();
        if (kind.Length == 0)
        {
            Add($"{path}.{name}", $"must be one of {string.Join(", ", kinds.DerivedTypes.Select(each => each.TypeDiscriminator))}.");
            return;
        }

        Members(value, options.GetTypeInfo(kind[0].DerivedType), name, path);
    }

    private void Members(JsonElement value, JsonTypeInfo type, string? discriminator, string path)
    {
        if (!Is(value, JsonValueKind.Object, "an object", path))
        {
            return;
        }

        var members = ScenarioJson.MembersOf(type).ToDictionary(member => member.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var given in value.EnumerateObject())
        {
            var place = $"{path}.{given.Name}";
            if (!seen.Add(given.Name))
            {
                Add(place, "is given twice.");
            }
            else if (members.TryGetValue(given.Name, out var member))
            {
                Member(given.Value, member, place);
            }
            else if (given.Name != discriminator)
            {
                Add(place, $"is not known here. Known are {string.Join(", ", members.Keys)}.");
            }
        }

        foreach (var missing in members.Values.Where(member => member.IsRequired && !seen.Contains(member.Name)))
        {
            Add($"{path}.{missing.Name}", "is missing.");
        }
    }

    private void Member(JsonElement value, JsonPropertyInfo member, string path)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            Add(path, "can't be null; leave it out instead.");
        }
        else
        {
            Value(value, options.GetTypeInfo(member.PropertyType), path);
        }
    }

    private void Elements(JsonElement value, JsonTypeInfo element, string path)
    {
        if (!Is(value, JsonValueKind.Array, "a list", path))
        {
            return;
        }

        var index = 0;
        foreach (var each in value.EnumerateArray())
        {
            Value(each, element, $"{path}[{index++}]");
        }
    }

    private void Leaf(JsonElement value, JsonTypeInfo type, string path)
    {
        try
        {
            if (value.ValueKind != JsonValueKind.Null && value.Deserialize(type) is not null)
            {
                return;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Said below, in words that don't name types of the program.
        }

        Add(path, $"must be {Words(Nullable.GetUnderlyingType(type.Type) ?? type.Type)}.");
    }

    private string Words(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "a whole number"
        : type == typeof(DateOnly) ? "a date that exists, such as 2006-01-31"
        : type == typeof(TimeOnly) ? "a time such as 07:00"
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? "a date that exists, such as 2006-01-31, or a date and time, such as 2006-01-31T14:30"
        : type == typeof(Expectation) ? "\"ok\", or a list with at least one rule id"
        : type.IsEnum ? $"one of {string.Join(", ", Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => NameOf(Enum.ToObject(type, value), type)))}"
        : throw new InvalidOperationException($"There are no words for {type}.");

    private string? NameOf(object value, Type type) => JsonSerializer.SerializeToElement(value, type, options).GetString();

    private bool Is(JsonElement value, JsonValueKind kind, string what, string path)
    {
        if (value.ValueKind == kind)
        {
            return true;
        }

        Add(path, $"must be {what}.");
        return false;
    }

    private void Add(string path, string message) => _found.Add(new FileViolation(path, message));
}
