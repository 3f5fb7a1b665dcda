using System.Text.Json.Nodes;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>What the command <c>rules</c> says of an agency on record, beside the process that works for it and after it has ended.</summary>
public sealed class RulesCommandTests : IDisposable
{
    private const string Sooner = """
        {
          "inForceFrom": "2100-01-01", "packs": ["default", "minnesota"], "why": "The county's manual.",
          "layer": {
            "choices": { "mn.review.anchor": "plan-date" },
            "rules": { "default.initial": { "due": "20 days" } },
            "holidays": [{ "name": "Founders' Day", "on": "01-21" }]
          }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Rules_of_an_agency_show_what_is_in_force_and_what_is_coming()
    {
        await using (var host = await HostProcess.Start(_folder.Of("data")))
        {
            Assert.Equal(200, (await host.Send(HttpMethod.Put, "/api/agencies/sample/rules", "administrator", Sooner)).Status);

            var today = await Ran(0, "rules", "--agency", "sample");
            Assert.Contains("# Sample County Children's Services (`sample`): rules in force on ", today, StringComparison.Ordinal);
            Assert.Contains("In force from the beginning.", today, StringComparison.Ordinal);
            Assert.Contains("Due 30 calendar days after: beginning", today, StringComparison.Ordinal);
            Assert.DoesNotContain("### mn.review", today, StringComparison.Ordinal);
            Assert.Contains("## Days off of the agency's own\nNone.", today, StringComparison.Ordinal);
            Assert.Contains("- From 2100-01-01: default, minnesota, with a file of the agency's own. The county's manual. (administrator, ", today, StringComparison.Ordinal);
        }

        var before = await File.ReadAllBytesAsync(_folder.Of("data/case-planning.db"));
        var then = await Ran(0, "rules", "--agency", "sample", "--on", "2100-01-01");

        Assert.Contains("In force since 2100-01-01. The county's manual.", then, StringComparison.Ordinal);
        Assert.Contains("Due 20 calendar days after: beginning", then, StringComparison.Ordinal);
        Assert.Contains("`took-effect` (default), `plan-date` (chosen)", then, StringComparison.Ordinal);
        Assert.Contains("Due 90 calendar days after: plan date", then, StringComparison.Ordinal);
        Assert.Contains("Due 5 working days after: submission", then, StringComparison.Ordinal);
        Assert.Contains("## Days off of the agency's own\nFounders' Day (01-21).", then, StringComparison.Ordinal);
        Assert.Contains("## Coming\nNothing.", then, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.Of("data/case-planning.db")));
    }

    [Fact]
    public async Task Rules_diff_says_what_the_route_says_and_counts_what_is_sealed()
    {
        var file = _folder.Of("proposed.json");
        await File.WriteAllTextAsync(file, Sooner);
        await using var host = await HostProcess.Start(_folder.Of("data"));
        var opened = await host.Send(HttpMethod.Post, "/api/cases", "administrator", $$"""
            { "number": "SECRET", "openedOn": "{{DateTimeOffset.UnixEpoch:yyyy-MM-dd}}", "unit": "north", "sealedTo": ["worker"],
              "facts": [{ "fact": "participant", "source": "c", "on": "{{DateTimeOffset.UnixEpoch:yyyy-MM-dd}}", "name": "C", "role": "focus-child" }] }
            """);
        Assert.True(opened.Status == 201, opened.Body);

        var said = await Ran(0, "rules", "diff", "--agency", "sample", "--file", file);
        var answer = JsonNode.Parse((await host.Send(HttpMethod.Post, "/api/agencies/sample/rules/diff", "administrator", Sooner)).Body)!;

        Assert.Contains($"{answer["cases"]} cases with {answer["open"]} open deadlines: {answer["moved"]} would move, {answer["new"]} would be new, {answer["gone"]} would be gone.", said, StringComparison.Ordinal);
        var lines = answer["deadlines"]!.AsArray().Select(each =>
            $"  {each!["caseNumber"]}  {each["before"]?.ToString() ?? "none      "} -> {each["after"]}  {each["rule"]}: {each["name"]}  ({each["occurrence"]})").ToArray();
        Assert.NotEmpty(lines);
        Assert.Contains(lines, line => line.Contains("default.initial", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Contains(line + "\n", said, StringComparison.Ordinal));
        Assert.Contains("in sealed cases aren't listed.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", said, StringComparison.Ordinal);
        Assert.DoesNotContain("2100-01-01", (await host.Send(HttpMethod.Get, "/api/agencies", "administrator")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_not_be_used_is_said_with_every_violation()
    {
        await using (await HostProcess.Start(_folder.Of("data")))
        {
        }

        var file = _folder.Of("proposed.json");
        await File.WriteAllTextAsync(file, """
            { "inForceFrom": "2001-01-01", "packs": ["minnesota"], "why": " ",
              "layer": { "choices": { "mn.review.anchor": "moon", "mn.review.colour": "blue" }, "rules": { "mn.review": { "due": "soon" }, "ca.initial": {} } } }
            """);

        var said = await Ran(1, "rules", "diff", "--agency", "sample", "--file", file);

        string[] named =
        [
            $"{file} can't be used:", "$.inForceFrom: A change can't be in force from a day that has passed.", "$.why: Say why the rules change.",
            "$.layer.choices['mn.review.anchor']: 'moon' is none of took-effect, plan-date.", "$.layer.choices['mn.review.colour']: the agency's packs have no such choice",
            "$.layer.rules['mn.review'].due: must be a length of time", "$.layer.rules['ca.initial']: none of the agency's packs has this rule.",
        ];
        Assert.All(named, text => Assert.Contains(text, said, StringComparison.Ordinal));
        Assert.Single(said.Split("$.layer.rules['mn.review'].due").Skip(1));

        await File.WriteAllTextAsync(file, """{ "inForceFrom": "soon", "pack": [], "why": "x" }""");
        said = await Ran(1, "rules", "diff", "--agency", "sample", "--file", file);
        Assert.All(["$.inForceFrom: must be a date", "$.pack: is not known here.", "$.packs: is missing."], text => Assert.Contains(text, said, StringComparison.Ordinal));

        Assert.Contains("There is no agency 'nowhere'", await Ran(1, "rules", "--agency", "nowhere"), StringComparison.Ordinal);
        Assert.Contains("There is no database", await Ran(1, "rules", "--agency", "sample", "--data", _folder.Of("elsewhere")), StringComparison.Ordinal);
        Assert.Contains("no-such-file.json", await Ran(1, "rules", "diff", "--agency", "sample", "--file", "no-such-file.json"), StringComparison.Ordinal);
        Assert.Contains("Give a pack, or --agency", await Ran(1, "rules", "default", "--agency", "sample"), StringComparison.Ordinal);
        Assert.Contains("Give a pack, or --agency", await Ran(1, "rules", "--on", "2027-01-01"), StringComparison.Ordinal);
        Assert.Contains("--on takes a date", await Ran(1, "rules", "--agency", "sample", "--on", "soon"), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> Ran(int code, params string[] arguments)
    {
        await using var command = HostProcess.Launch(arguments, _folder.Of("data"));
        var ended = await command.Ended();
        Assert.True(ended == code, $"Ended with {ended}:\n{command.Output}");
        Assert.DoesNotContain("   at ", command.Output, StringComparison.Ordinal);
        return command.Output;
    }
}
