using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace CasePlanning.Domain.Json;

/// <summary>Compares a JSON document with the types it is to be read as, and with the attributes of their members, and finds everything that doesn't fit.</summary>
public sealed partial class ShapeCheck
{
    private readonly JsonSerializerOptions _options;
    private readonly List<FileViolation> _found = [];

    private ShapeCheck(JsonSerializerOptions options) => _options = options;

    /// <param name="root">The document.</param>
    /// <param name="options">How it is read; read-only.</param>
    /// <param name="path">Where the document stands, if it is part of another.</param>
    public static IReadOnlyList<FileViolation> Of<T>(JsonElement root, JsonSerializerOptions options, string path = "$")
    {
        var check = new ShapeCheck(options);
        check.Value(root, options.GetTypeInfo(typeof(T)), path);
        return check._found;
    }

    /// <summary>The members of an object that a file may give.</summary>
    public static IEnumerable<JsonPropertyInfo> MembersOf(JsonTypeInfo type) => type.Properties.Where(property => property.Set is not null);

    /// <summary>The members that can be changed of an object on record.</summary>
    public static IEnumerable<JsonPropertyInfo> ChangeableOf(JsonTypeInfo type) => MembersOf(type).Where(member => Attribute<FixedAttribute>(member) is null);

    /// <summary>The place of an entry: <c>.name</c>, or <c>['a.name']</c> for a name that isn't one word.</summary>
    public static string Below(string path, string name) => OneWord().IsMatch(name) ? $"{path}.{name}" : $"{path}['{name}']";

    public static TAttribute? Attribute<TAttribute>(JsonPropertyInfo member) where TAttribute : Attribute =>
        (TAttribute?)member.AttributeProvider?.GetCustomAttributes(typeof(TAttribute), inherit: true).FirstOrDefault();

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
                Elements(value, path, (element, at) => Value(element, _options.GetTypeInfo(type.ElementType!), at));
                break;
            case JsonTypeInfoKind.Dictionary:
                Entries(value, path, (element, at) => Value(element, _options.GetTypeInfo(type.ElementType!), at));
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

        Members(value, _options.GetTypeInfo(kind[0].DerivedType), name, path);
    }

    private void Members(JsonElement value, JsonTypeInfo type, string? discriminator, string path, bool changes = false)
    {
        if (!Is(value, JsonValueKind.Object, "an object", path))
        {
            return;
        }

        var members = (changes ? ChangeableOf(type) : MembersOf(type)).ToDictionary(member => member.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var given in value.EnumerateObject())
        {
            var place = Below(path, given.Name);
            if (!seen.Add(given.Name))
            {
                Add(place, "is given twice.");
            }
            else if (members.TryGetValue(given.Name, out var member))
            {
                Member(given.Value, member, place, takesAway: changes && !member.IsRequired);
            }
            else if (given.Name != discriminator)
            {
                Add(place, $"is not known here. Known are {string.Join(", ", members.Keys)}.");
            }
        }

        foreach (var missing in members.Values.Where(member => !changes && member.IsRequired && !seen.Contains(member.Name)))
        {
            Add($"{path}.{missing.Name}", "is missing.");
        }
    }

    private void Member(JsonElement value, JsonPropertyInfo member, string path, bool takesAway)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!takesAway)
            {
                Add(path, "can't be null; leave it out instead.");
            }

            return;
        }

        var before = _found.Count;
        if (Attribute<ReadAsAttribute>(member) is { } other)
        {
            Written(value, other, _options.GetTypeInfo(member.PropertyType).Kind, path);
        }
        else
        {
            Value(value, _options.GetTypeInfo(member.PropertyType), path);
        }

        if (_found.Count == before)
        {
            Conditions(value, member, path);
        }
    }

    /// <summary>JSON that is kept as it is written, and will be read as a type later.</summary>
    private void Written(JsonElement value, ReadAsAttribute other, JsonTypeInfoKind kind, string path)
    {
        switch (kind)
        {
            case JsonTypeInfoKind.Enumerable:
                Elements(value, path, Each);
                break;
            case JsonTypeInfoKind.Dictionary:
                Entries(value, path, Each);
                break;
            default:
                Each(value, path);
                break;
        }

        void Each(JsonElement element, string at)
        {
            var type = _options.GetTypeInfo(other.Type);
            if (other.Changes)
            {
                Members(element, type, discriminator: null, at, changes: true);
            }
            else
            {
                Value(element, type, at);
            }
        }
    }

    private void Elements(JsonElement value, string path, Action<JsonElement, string> check)
    {
        if (!Is(value, JsonValueKind.Array, "a list", path))
        {
            return;
        }

        var index = 0;
        foreach (var each in value.EnumerateArray())
        {
            check(each, $"{path}[{index++}]");
        }
    }

    private void Entries(JsonElement value, string path, Action<JsonElement, string> check)
    {
        if (!Is(value, JsonValueKind.Object, "an object", path))
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var each in value.EnumerateObject())
        {
            var place = Below(path, each.Name);
            if (seen.Add(each.Name))
            {
                check(each.Value, place);
            }
            else
            {
                Add(place, "is given twice.");
            }
        }
    }

    /// <summary>What the attributes of a member ask of a value that has its type.</summary>
    private void Conditions(JsonElement value, JsonPropertyInfo member, string path)
    {
        if (Attribute<WordAttribute>(member) is { } word)
        {
            Texts(value, path, text => word.Words.Contains(text, StringComparer.Ordinal), $"must be one of {string.Join(", ", word.Words.Order(StringComparer.Ordinal))}.");
        }

        if (Attribute<RegularExpressionAttribute>(member) is { } pattern)
        {
            Texts(value, path, text => text.Length > 0 && pattern.IsValid(text), $"must be {pattern.ErrorMessage}.");
        }

        if (Attribute<RangeAttribute>(member) is { } range && !range.IsValid(value.GetInt32()))
        {
            Add(path, $"must be from {range.Minimum} to {range.Maximum}.");
        }

        if (Attribute<MinLengthAttribute>(member) is not null && value.GetArrayLength() == 0)
        {
            Add(path, "must have at least one entry.");
        }
    }

    /// <summary>A condition of a text, of each text of a list, or of the names in a dictionary.</summary>
    private void Texts(JsonElement value, string path, Func<string, bool> holds, string sentence)
    {
        (string Text, string At)[] texts = value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().Select((each, index) => (each.GetString()!, $"{path}[{index}]"))],
            JsonValueKind.Object => [.. value.EnumerateObject().Select(each => (each.Name, Below(path, each.Name)))],
            _ => [(value.GetString()!, path)],
        };
        foreach (var (_, at) in texts.Where(each => !holds(each.Text)))
        {
            Add(at, sentence);
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
        : type.GetCustomAttribute<CalledAttribute>() is { } called ? called.Words
        : type.IsEnum ? $"one of {string.Join(", ", Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(value => NameOf(Enum.ToObject(type, value), type)))}"
        : throw new InvalidOperationException($"There are no words for {type}.");

    private string? NameOf(object value, Type type) => JsonSerializer.SerializeToElement(value, type, _options).GetString();

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

    [GeneratedRegex(@"^[A-Za-z_$][A-Za-z0-9_$]*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneWord();
}
