using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Json;
using CasePlanning.Domain.People;

namespace CasePlanning.Host.Simulation;

/// <summary>A part of a file with its place: an entry of a list, and null where it can't be read.</summary>
internal sealed record Part<T>(string Path, JsonElement Written, T? Value) where T : class
{
    /// <summary>The text of a member, also of an entry that can't be read, so that what refers to it isn't reported too.</summary>
    public string? Text(string member) =>
        Written.ValueKind == JsonValueKind.Object && Written.TryGetProperty(member, out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
}

/// <summary>A case with its facts as parts, so that one bad fact doesn't hide what else is wrong.</summary>
internal sealed record CaseParts(Part<ScenarioCase> Case, IReadOnlyList<Part<Fact>> Facts)
{
    public string? Number => Case.Text("number");
}

/// <summary>Everything of a file that can be read, in parts.</summary>
internal sealed record ScenarioParts(Agency? Agency, IReadOnlyList<Part<Unit>> Units, IReadOnlyList<Part<Person>> People, IReadOnlyList<CaseParts> Cases, IReadOnlyList<Part<ScenarioAction>> Actions);

/// <summary>A scenario, or everything that is wrong with its file.</summary>
public sealed record ScenarioFile(Scenario? Scenario, IReadOnlyList<FileViolation> Violations)
{
    /// <summary>Reads a scenario from JSON.</summary>
    public static ScenarioFile Read(string json)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(json);
            root = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            return new(null, [FileViolation.NotJson(exception)]);
        }

        var shape = ShapeCheck.Of<Scenario>(root, ScenarioJson.Options);
        var parts = new Reader(root, shape).Parts();
        FileViolation[] violations = [.. shape, .. ScenarioReferences.Check(parts)];
        return violations.Length > 0 ? new(null, violations) : new(root.Deserialize<Scenario>(ScenarioJson.Options)! with
        {
            Units = [.. parts.Units.Select(unit => unit.Value! with { Agency = parts.Agency!.Id })],
            People = [.. parts.People.Select(person => person.Value! with { Agency = parts.Agency!.Id })],
            Actions = [.. parts.Actions.Select((action, index) => action.Value! with { Written = action.Written, Place = index + 1 })],
        }, []);
    }

    private sealed class Reader(JsonElement root, IReadOnlyList<FileViolation> shape)
    {
        public ScenarioParts Parts() => new(
            root.ValueKind == JsonValueKind.Object && root.TryGetProperty("agency", out var agency) ? Part<Agency>("$.agency", agency).Value : null,
            List<Unit>("units"),
            List<Person>("people"),
            [.. Elements("cases").Select(each => CaseOf(each.Path, each.Element))],
            List<ScenarioAction>("actions"));

        private CaseParts CaseOf(string path, JsonElement element)
        {
            var facts = element.ValueKind == JsonValueKind.Object && element.TryGetProperty("facts", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select((fact, index) => Part<Fact>($"{path}.facts[{index}]", fact)).ToArray()
                : [];
            var head = shape.Any(violation => violation.IsWithin(path) && !facts.Any(fact => violation.IsWithin(fact.Path)))
                ? null
                : WithoutFacts(element).Deserialize<ScenarioCase>(ScenarioJson.Options);
            return new CaseParts(new Part<ScenarioCase>(path, element, head), facts);
        }

        private static JsonObject WithoutFacts(JsonElement element)
        {
            var head = JsonObject.Create(element)!;
            head.Remove("facts");
            return head;
        }

        private Part<T>[] List<T>(string member) where T : class => [.. Elements(member).Select(each => Part<T>(each.Path, each.Element))];

        private Part<T> Part<T>(string path, JsonElement element) where T : class =>
            new(path, element, shape.Any(violation => violation.IsWithin(path)) ? null : element.Deserialize<T>(ScenarioJson.Options));

        private IEnumerable<(string Path, JsonElement Element)> Elements(string member) =>
            root.ValueKind == JsonValueKind.Object && root.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select((element, index) => ($"$.{member}[{index}]", element))
                : [];
    }
}
