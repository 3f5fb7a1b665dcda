using System.Text.Json;

namespace CasePlanning.Api.Json;

/// <summary>Single values in a request: which texts and numbers are read as which type, and what to say of the others.</summary>
internal static class Leaves
{
    /// <summary>Why an element can't be read as a type, in a sentence; null when it can.</summary>
    public static string? WhyNot(JsonElement element, Type type)
    {
        var wanted = Nullable.GetUnderlyingType(type) ?? type;
        return CanRead(element, wanted) ? null : Sentence(wanted, element.ValueKind == JsonValueKind.String ? TextOf(element) : null);
    }

    /// <summary>What is expected of a text that stands for a type, given the text that was sent.</summary>
    public static string Sentence(Type wanted, string? given)
    {
        var said = given is null ? "" : $"'{Short(given)}' isn't it: ";
        return wanted switch
        {
            _ when wanted == typeof(DateOnly) && given is not null => $"'{given}' is not a date. Write a day that exists as year-month-day, such as 2025-03-01.",
            _ when wanted == typeof(DateOnly) => "A date is expected here, in quotes, as year-month-day, such as \"2025-03-01\".",
            _ when wanted == typeof(TimeOnly) => $"{said}a time of day is expected here, such as \"07:00:00\".",
            _ when wanted == typeof(bool) => $"{said}true or false is expected here, without quotes.",
            _ when wanted == typeof(int) => $"{said}a whole number is expected here, without quotes.",
            _ when wanted.IsEnum => $"{said}one of {string.Join(", ", NamesOf(wanted))} is expected here.",
            _ when wanted == typeof(string) => "A text is expected here, in quotes.",
            _ => $"{said}this value can't be read.",
        };
    }

    /// <summary>What somebody sent, cut off where it is too long to repeat.</summary>
    public static string Short(string given) => given.Length > 40 ? $"{given[..40]}…" : given;

    /// <summary>The words an enum's values are written as.</summary>
    public static IEnumerable<string> NamesOf(Type type) =>
        Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToElement(value, type, RequestJson.Options).GetString()!);

    private static bool CanRead(JsonElement element, Type wanted)
    {
        if (wanted == typeof(string))
        {
            return element.ValueKind == JsonValueKind.String && TextOf(element) is not null;
        }

        if (wanted.IsEnum)
        {
            return element.ValueKind == JsonValueKind.String && NamesOf(wanted).Contains(TextOf(element));
        }

        try
        {
            element.Deserialize(wanted, RequestJson.Options);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>The text, or null where an escape stands for a character that doesn't exist.</summary>
    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
