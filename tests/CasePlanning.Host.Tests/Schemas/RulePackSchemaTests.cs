using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Json;
using CasePlanning.Host.Tests.Simulation;

namespace CasePlanning.Host.Tests.Schemas;

/// <summary>The schemas of packs and of agencies' layers are those of the types the product reads; what one refuses the other refuses too.</summary>
public sealed class RulePackSchemaTests
{
    private const string Pack = "docs/rule-pack.schema.json";
    private const string Layer = "docs/rule-layer.schema.json";

    public static TheoryData<string> Packs => [.. Directory.GetFiles(Playing.InRepository("CasePlanning.Domain/RulePacks"), "*.json").Select(path => Path.GetFileName(path)).Order()];

    [Fact]
    public void The_schema_of_packs_is_what_the_program_reads() => TypeSchema.IsInDocs<RulePack>("rule-pack.schema.json", "A rule pack", RulePacks.Json);

    [Fact]
    public void The_schema_of_layers_is_what_the_program_reads() => TypeSchema.IsInDocs<RuleLayer>("rule-layer.schema.json", "An agency's own file over its rule packs", RulePacks.Json);

    [Theory, MemberData(nameof(Packs))]
    public void A_pack_of_the_product_satisfies_the_schema_and_the_loader(string file)
    {
        var text = File.ReadAllText(Playing.InRepository($"CasePlanning.Domain/RulePacks/{file}"));

        Assert.Empty(Schema(Pack).Check(JsonDocument.Parse(text).RootElement));
        Assert.Empty(PackReading.Read(text).Violations);
    }

    [Theory]
    [InlineData("$.id", "\"New Oregon\"", "must be 1 to 40 small letters, digits or hyphens.")]
    [InlineData("$.name", "\"two\\nlines\"", "must be one line of at most 100 characters.")]
    [InlineData("$.name", "null", "can't be null; leave it out instead.")]
    [InlineData("$.colour", "\"red\"", "is not known here. Known are $schema, id, name, futurePlanDateBlocksApproval, holidays, steps, rules.")]
    [InlineData("$.steps", "[]", "must have at least one entry.")]
    [InlineData("$.steps[0].to", "[]", "must have at least one entry.")]
    [InlineData("$.steps[0].to[0]", "\"boss\"", "must be one of worker, supervisor, manager, administrator, auditor.")]
    [InlineData("$.steps[0].days", "-4000", "must be from -3660 to 3660.")]
    [InlineData("$.steps[5].every", "0", "must be from 1 to 3660.")]
    [InlineData("$.holidays[0].on", "\"02-30\"", "must be a day such as \"07-04\", \"3rd monday of january\", \"last monday of may\" or \"day after 4th thursday of november\".")]
    [InlineData("$.holidays[0].on", "\"5th friday of may\"", "must be a day such as \"07-04\"")]
    [InlineData("$.holidays[0].observed", "\"someday\"", "must be one of on-its-day, monday-after, nearest-weekday.")]
    [InlineData("$.holidays[0].from", "20", "must be from 1970 to 2100.")]
    [InlineData("$.rules", "{}", "must be a list.")]
    [InlineData("$.rules[0].id", "\"mn~initial\"", "must be 1 to 60 small letters, digits, dots or hyphens, such as mn.review.")]
    [InlineData("$.rules[0].due", "\"soon\"", "must be a length of time such as \"30 days\", \"6 months\" or \"5 working days\".")]
    [InlineData("$.rules[0].due", "30", "must be a length of time")]
    [InlineData("$.rules[0].due", "\"1201 days\"", "must be a length of time")]
    [InlineData("$.rules[3].then", "\"6 moons\"", "must be a length of time")]
    [InlineData("$.rules[0].scope", "\"family\"", "must be one of child, child-on-case, plan, case, version.")]
    [InlineData("$.rules[0].anchor", "\"the-moon\"", "must be one of beginning, complaint-or-opening, dispositional-hearing,")]
    [InlineData("$.rules[0].metBy", "\"magic\"", "must be one of any-review-or-version, caseworker-visit,")]
    [InlineData("$.rules[0].applies[0]", "\"always\"", "must be one of at-home, briefly-detained, indian-child, placed, under-three.")]
    [InlineData("$.rules[0].recurs", "\"daily\"", "must be one of no, rolling, grid, grid-from-last-act, monthly, quarterly, months-in-care.")]
    [InlineData("$.rules[0].roll", "true", "must be one of none, weekends, sundays.")]
    [InlineData("$.rules[0].sentence", "\"\"", "must be one line of at most 500 characters.")]
    [InlineData("$.rules[0].choices.anchor.options.opening.anchor", "\"the-moon\"", "must be one of beginning,")]
    [InlineData("$.rules[0].choices.anchor.options.opening.id", "\"mn.other\"", "is not known here. Known are name, scope, applies,")]
    [InlineData("$.rules[0].choices.anchor.options['An option']", "{}", "must be 1 to 40 small letters, digits or hyphens.")]
    public void A_pack_of_another_shape_is_refused_by_the_schema_and_by_the_loader(string path, string value, string sentence)
    {
        var document = JsonNode.Parse(File.ReadAllText(Playing.InRepository("CasePlanning.Domain/RulePacks/minnesota.json")))!;
        document.Put(path, JsonNode.Parse(value));

        Assert.NotEmpty(Schema(Pack).Check(document.Deserialize<JsonElement>()));
        var violation = Assert.Single(PackReading.Read(document.ToJsonString()).Violations);
        Assert.Equal(path, violation.Path);
        Assert.StartsWith(sentence, violation.Message);
    }

    [Theory]
    [InlineData("$.choices['mn.review.anchor']", "7", "must be text.")]
    [InlineData("$.rules['mn.review']", "[]", "must be an object.")]
    [InlineData("$.rules['mn.review'].due", "\"soon\"", "must be a length of time")]
    [InlineData("$.rules['mn.review'].id", "\"other\"", "is not known here.")]
    [InlineData("$.rules['mn.review'].metBy", "null", "can't be null; leave it out instead.")]
    [InlineData("$.add[0].name", "null", "can't be null; leave it out instead.")]
    [InlineData("$.add[0].anchor", "\"nowhere\"", "must be one of beginning,")]
    [InlineData("$.holidays[0].on", "\"13-01\"", "must be a day such as")]
    [InlineData("$.notes", "\"x\"", "is not known here.")]
    public void A_layer_of_another_shape_is_refused_by_the_schema_and_by_the_product(string path, string value, string sentence)
    {
        var document = JsonNode.Parse("""
            {
              "choices": { "mn.review.anchor": "plan-date" },
              "rules": { "mn.review": { "due": "60 days", "voidWhen": null } },
              "add": [{ "id": "own.visit", "name": "Visit", "scope": "case", "anchor": "beginning", "due": "3 days", "metBy": "family-met", "source": "Manual", "sentence": "A visit." }],
              "holidays": [{ "name": "Founders' Day", "on": "01-21" }]
            }
            """)!;
        Assert.Empty(Schema(Layer).Check(document.Deserialize<JsonElement>()));
        Assert.Empty(Shape(document));
        document.Put(path, JsonNode.Parse(value));

        Assert.NotEmpty(Schema(Layer).Check(document.Deserialize<JsonElement>()));
        var violation = Assert.Single(Shape(document));
        Assert.Equal(path, violation.Path);
        Assert.StartsWith(sentence, violation.Message);
    }

    private static IReadOnlyList<FileViolation> Shape(JsonNode document) => ShapeCheck.Of<RuleLayer>(document.Deserialize<JsonElement>(), RulePacks.Json);

    private static SchemaValidator Schema(string path) => new(JsonDocument.Parse(File.ReadAllText(Playing.InRepository(path))).RootElement);
}
