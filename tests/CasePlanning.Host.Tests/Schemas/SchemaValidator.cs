using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CasePlanning.Host.Tests.Schemas;

/// <summary>As much of JSON Schema as the schemas in docs/ use; a word it doesn't know is an error.</summary>
internal sealed class SchemaValidator(JsonElement root)
{
    private static readonly string[] SaysNothing = ["$schema", "$comment", "$defs", "title", "description"];

    /// <summary>Where a document doesn't satisfy the schema; empty when it does.</summary>
    public IReadOnlyList<string> Check(JsonElement document) => [.. Check(document, root, "$")];

    private IEnumerable<string> Check(JsonElement value, JsonElement schema, string path) =>
        schema.EnumerateObject().SelectMany(word => Check(value, word.Name, word.Value, schema, path));

    private IEnumerable<string> Check(JsonElement value, string word, JsonElement rule, JsonElement schema, string path) => word switch
    {
        "$ref" => Check(value, root.GetProperty("$defs").GetProperty(rule.GetString()!.Split('/')[^1]), path),
        "type" => Unless(TypeOf(value) == rule.GetString(), $"{path} is no {rule}"),
        "const" => Unless(JsonElement.DeepEquals(value, rule), $"{path} isn't {rule}"),
        "enum" => Unless(rule.EnumerateArray().Any(each => JsonElement.DeepEquals(value, each)), $"{path} is none of {rule}"),
        "pattern" => Unless(value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!), $"{path} doesn't match {rule}"),
        "format" => Unless(DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), $"{path} is no date"),
        "minLength" => Unless(value.GetString()?.Length >= rule.GetInt32(), $"{path} is too short"),
        "minItems" => Unless(value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= rule.GetInt32(), $"{path} is too short"),
        "items" => value.ValueKind != JsonValueKind.Array ? [] : value.EnumerateArray().SelectMany((each, index) => Check(each, rule, $"{path}[{index}]")),
        "required" => rule.EnumerateArray().Where(each => value.ValueKind == JsonValueKind.Object && !value.TryGetProperty(each.GetString()!, out _)).Select(each => $"{path}.{each} is missing"),
        "properties" => value.ValueKind != JsonValueKind.Object ? [] : value.EnumerateObject().Where(each => rule.TryGetProperty(each.Name, out _)).SelectMany(each => Check(each.Value, rule.GetProperty(each.Name), $"{path}.{each.Name}")),
        "additionalProperties" => value.ValueKind != JsonValueKind.Object ? [] : value.EnumerateObject().Where(each => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(each.Name, out _))
            .SelectMany(each => rule.ValueKind == JsonValueKind.False ? [$"{path}.{each.Name} is unknown"] : Check(each.Value, rule, $"{path}.{each.Name}")),
        "propertyNames" => value.ValueKind != JsonValueKind.Object ? [] : value.EnumerateObject().SelectMany(each => Check(JsonSerializer.SerializeToElement(each.Name), rule, $"{path}.{each.Name}")),
        "minimum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetInt32(), $"{path} is below {rule}"),
        "maximum" => Unless(value.ValueKind != JsonValueKind.Number || value.GetDouble() <= rule.GetInt32(), $"{path} is above {rule}"),
        "anyOf" => Unless(rule.EnumerateArray().Any(each => !Check(value, each, path).Any()), $"{path} is none of its kinds"),
        "oneOf" => Unless(rule.EnumerateArray().Count(each => !Check(value, each, path).Any()) == 1, $"{path} isn't exactly one of its kinds"),
        _ => SaysNothing.Contains(word) ? [] : throw new NotSupportedException($"This validator doesn't know '{word}'."),
    };

    private static IEnumerable<string> Unless(bool holds, string complaint) => holds ? [] : [complaint];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        _ => "null",
    };
}
