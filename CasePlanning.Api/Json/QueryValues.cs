using System.Globalization;
using System.Text.Json;

namespace CasePlanning.Api.Json;

/// <summary>Reads query parameters by the same words as request bodies.</summary>
internal static class QueryValues
{
    /// <summary>The value, or null when the text doesn't stand for one.</summary>
    public static object? Read(Type type, string text)
    {
        if (type == typeof(int))
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        if (type == typeof(bool))
        {
            return bool.TryParse(text, out var flag) ? flag : null;
        }

        var element = JsonSerializer.SerializeToElement(text);
        return Leaves.WhyNot(element, type) is null ? element.Deserialize(type, RequestJson.Options) : null;
    }
}
