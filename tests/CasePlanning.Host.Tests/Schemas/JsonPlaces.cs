using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CasePlanning.Host.Tests.Schemas;

internal static class JsonPlaces
{
    /// <summary>Puts a value at a path such as <c>$.rules[0].steps</c> or <c>$.choices['a.b']</c>.</summary>
    public static void Put(this JsonNode document, string path, JsonNode? value)
    {
        string[] steps = [.. Regex.Matches(path, @"\.(?<step>[^.\[]+)|\['(?<step>[^']+)'\]|\[(?<step>\d+)\]").Select(match => match.Groups["step"].Value)];
        var owner = steps.SkipLast(1).Aggregate(document, (node, step) => (node is JsonArray list ? list[Index(step)] : node[step])!);
        if (owner is JsonArray array)
        {
            array[Index(steps[^1])] = value;
        }
        else
        {
            owner[steps[^1]] = value;
        }
    }

    private static int Index(string step) => int.Parse(step, CultureInfo.InvariantCulture);
}
