using System.Globalization;
using System.Text.Json;
using CasePlanning.Domain;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Json;

/// <summary>Reads query parameters by the same words as request bodies.</summary>
internal static class QueryValues
{
    /// <summary>Everything in a query that its operation doesn't take, takes once only, or can't read.</summary>
    public static IEnumerable<Violation> Check(IReadOnlyList<QueryParameter> known, IQueryCollection query) =>
        from given in query
        let parameter = known.FirstOrDefault(each => each.Name == given.Key)
        let why = parameter is null ? WhyUnknown(known, given.Key)
            : given.Value.Count > 1 ? $"'{parameter.Name}' is given more than once."
            : parameter.Type != typeof(string) && given.Value is [{ Length: > 0 } text] && Read(parameter.Type, text) is null ? Leaves.Sentence(parameter.Type, text)
            : null
        where why is not null
        select new Violation("query", why, Leaves.Short(given.Key));

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

    private static string WhyUnknown(IReadOnlyList<QueryParameter> known, string name) =>
        known.FirstOrDefault(each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase)) is { } near ? $"'{name}' isn't known here; it is written '{near.Name}'."
        : $"'{Leaves.Short(name)}' isn't known here. {(known.Count == 0 ? "This address takes no query parameters." : $"Known are {string.Join(", ", known.Select(each => each.Name))}.")}";
}
