using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Host.Simulation;
using CasePlanning.Host.Tests.Simulation;

namespace CasePlanning.Host.Tests.Schemas;

/// <summary>The schema in docs/ is the one the program's types give, and the samples satisfy it. UPDATE_DOCS=1 writes it anew.</summary>
public sealed class ScenarioSchemaTests
{
    public static TheoryData<string> Scenarios =>
        [.. Playing.Samples.Select(name => $"samples/{name}.json"), "tests/CasePlanning.Host.Tests/Simulation/every-act.json"];

    [Fact]
    public void The_schema_in_docs_is_what_the_program_reads() =>
        TypeSchema.IsInDocs<Scenario>("scenario.schema.json", "A scenario for the command simulate", ScenarioJson.Options);

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
        document.Put(path, JsonNode.Parse(value)!);

        Assert.NotEmpty(Validator.Check(document.Deserialize<JsonElement>()));
        Assert.NotEmpty(ScenarioFile.Read(document.ToJsonString()).Violations);
    }

    private static SchemaValidator Validator => new(Read("docs/scenario.schema.json"));

    private static JsonElement Read(string path) => JsonDocument.Parse(File.ReadAllText(Playing.InRepository(path))).RootElement;
}
