using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CasePlanning.Host.Tests.Simulation;

/// <summary>The schema in docs/ is the one the program's types give, and the samples satisfy it. UPDATE_DOCS=1 writes it anew.</summary>
public sealed class ScenarioSchemaTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Scenarios =>
        [.. Playing.Samples.Select(name => $"samples/{name}.json"), "tests/CasePlanning.Host.Tests/Simulation/every-act.json"];

    [Fact]
    public void The_schema_in_docs_is_what_the_program_reads()
    {
        var path = Playing.InRepository("docs/scenario.schema.json");
        var generated = ScenarioSchema.Create().ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, generated);
        }

        Assert.Equal(generated, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Theory, MemberData(nameof(Scenarios))]
    public void A_scenario_satisfies_the_schema(string path) => Assert.Empty(Validator.Check(Read(path)));

    [Theory]
    [InlineData("$.cases[0].openedOn", "\"2005-06-31\"")]
    [InlineData("$.cases[0].openedOn", "\"27 June 2005\"")]
    [InlineData("$.cases[0].facts[0].role", "\"nephew\"")]
    [InlineData("$.actions[0].do", "\"dance\"")]
    [InlineData("$.actions[0].at", "\"2005-07-12 10:00\"")]
    [InlineData("$.actions[0].expect", "\"refused\"")]
    [InlineData("$.actions[0].colour", "\"red\"")]
    [InlineData("$.agency.zone", "7")]
    [InlineData("$.people", "{}")]
    public void What_the_program_refuses_by_its_shape_the_schema_refuses_too(string path, string value)
    {
        var document = JsonNode.Parse(File.ReadAllText(Playing.Sample("martinez")))!;
        Set(document, path, JsonNode.Parse(value)!);

        Assert.NotEmpty(Validator.Check(document.Deserialize<JsonElement>()));
        Assert.NotEmpty(Host.Simulation.ScenarioFile.Read(document.ToJsonString()).Violations);
    }

    private static SchemaValidator Validator => new(Read("docs/scenario.schema.json"));

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(Playing.InRepository(path))).RootElement;

    private static void Set(JsonNode document, string path, JsonNode value)
    {
        var steps = path[2..].Split('.', '[', ']').Where(step => step.Length > 0).ToArray();
        var owner = steps.SkipLast(1).Aggregate(document, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        owner[steps[^1]] = value;
    }
}
