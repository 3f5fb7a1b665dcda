namespace CasePlanning.Host.Tests.Processes;

/// <summary>Rules of a jurisdiction the product doesn't bring, in a folder that a setting names.</summary>
public sealed class RulePackFolderTests : IDisposable
{
    private const string Oregon = """
        {
          "id": "oregon", "name": "Oregon",
          "holidays": [{ "name": "Independence Day", "on": "07-04", "observed": "nearest-weekday" }],
          "steps": [{ "days": -7, "to": ["worker"] }, { "days": 1, "every": 7, "to": ["worker", "supervisor"] }],
          "rules": [{ "id": "or.initial", "name": "Initial case plan", "scope": "child", "anchor": "beginning", "due": "60 days", "metBy": "version-takes-effect",
            "roll": "weekends", "source": "An invented rule", "sentence": "A plan is in effect within 60 calendar days." }]
        }
        """;

    private readonly TemporaryFolder _folder = new();

    private (string, string?) Setting => ("CasePlanning:RulePacks", _folder.Of("packs"));

    [Fact]
    public async Task An_agency_works_under_a_pack_of_the_folder_and_the_process_does_not_start_without_it()
    {
        Write("oregon.json", Oregon);
        await using (var host = await HostProcess.Start(_folder.Of("data"), Setting))
        {
            var changed = await host.Send(HttpMethod.Put, "/api/agencies/sample/rules", "administrator", """{"inForceFrom":"2100-01-01","packs":["oregon"],"why":"We moved."}""");
            Assert.True(changed.Status == 200, changed.Body);
        }

        await using (var again = await HostProcess.Start(_folder.Of("data"), Setting))
        {
            Assert.Contains("oregon", (await again.Send(HttpMethod.Get, "/api/agencies", "administrator")).Body, StringComparison.Ordinal);
        }

        await Refused([], $"{_folder.Of("data/case-planning.db")}: agency 'sample' can't be used:", "$.ruleChanges[0].packs[0]: There is no rule pack 'oregon'; known packs are california,", "CasePlanning:RulePacks");
    }

    [Fact]
    public async Task Every_file_that_can_not_be_used_is_named_with_each_place_and_a_sentence()
    {
        Write("a.json", Oregon.Replace("\"60 days\"", "\"soon\"", StringComparison.Ordinal).Replace("\"beginning\"", "\"the-moon\"", StringComparison.Ordinal));
        Write("b.json", Oregon.Replace("\"oregon\"", "\"minnesota\"", StringComparison.Ordinal).Replace("or.initial", "ca.initial", StringComparison.Ordinal));
        Write("c.json", "{");

        await Refused(
            [Setting],
            $"{_folder.Of("packs/a.json")} can't be used:", "$.rules[0].due: must be a length of time", "$.rules[0].anchor: must be one of beginning,",
            $"{_folder.Of("packs/b.json")} can't be used:", "$.id: there is a pack 'minnesota' already, in minnesota.json.", "$.rules[0].id: the pack 'california' has a rule 'ca.initial'.",
            $"{_folder.Of("packs/c.json")} can't be used:", "$: This isn't JSON: line 1, character 2 can't be read.");
    }

    [Fact]
    public async Task Options_that_are_each_fine_and_do_not_go_together_are_refused()
    {
        Write("oregon.json", Oregon.Replace("\"60 days\",", """
            "60 days", "choices": {
              "days": { "sentence": "When.", "default": "later", "options": { "later": {}, "same-day": { "due": "0 days" } } },
              "recurs": { "sentence": "How often.", "default": "once", "options": { "once": {}, "again": { "recurs": "grid" } } } },
            """, StringComparison.Ordinal));
        await using var host = await HostProcess.Start(_folder.Of("data"), Setting);

        var refused = await Choose(host, """{ "or.initial.days": "same-day", "or.initial.recurs": "again" }""");
        var taken = await Choose(host, """{ "or.initial.recurs": "again" }""");

        Assert.True(refused.Status == 422, refused.Body);
        Assert.Contains("what is chosen for or.initial doesn't go together: what comes back is due after one day or more.", refused.Body, StringComparison.Ordinal);
        Assert.True(taken.Status == 200, taken.Body);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said() =>
        await Refused([Setting], "CasePlanning:RulePacks is", "there is no such folder");

    [Fact]
    public async Task The_commands_know_the_packs_of_the_folder_too()
    {
        Write("oregon.json", Oregon);
        var scenario = _folder.Of("story.json");
        await File.WriteAllTextAsync(scenario, """
            {
              "title": "Elsewhere",
              "agency": { "id": "a", "name": "A", "zone": "America/Los_Angeles", "packs": ["oregon"] },
              "units": [{ "id": "u", "name": "U", "supervisor": "s" }],
              "people": [{ "id": "s", "name": "S", "email": "s@a.example", "unit": "u", "roles": ["supervisor", "administrator"] }],
              "cases": [{ "number": "1", "openedOn": "2025-01-06", "unit": "u", "facts": [{ "fact": "participant", "source": "c", "on": "2025-01-06", "name": "C", "role": "focus-child" }] }]
            }
            """);

        await using var played = HostProcess.Launch(["simulate", scenario, "--packs", _folder.Of("packs")], _folder.Of("data"));
        Assert.Equal(0, await played.Ended());
        Assert.Contains("2025-03-07", played.Output, StringComparison.Ordinal); // 60 days after 6 January

        await using var printed = HostProcess.Launch(["rules", "oregon"], _folder.Of("data"), Setting);
        Assert.Equal(0, await printed.Ended());
        Assert.Contains("or.initial", printed.Output, StringComparison.Ordinal);

        await using var unknown = HostProcess.Launch(["simulate", scenario], _folder.Of("data"));
        Assert.Equal(2, await unknown.Ended());
        Assert.Contains("There is no rule pack 'oregon'", unknown.Output, StringComparison.Ordinal);

        Write("broken.json", "[]");
        await using var broken = HostProcess.Launch(["rules", "--packs", _folder.Of("packs")], _folder.Of("data"));
        Assert.Equal(1, await broken.Ended());
        Assert.Contains("$: must be an object.", broken.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<Answer> Choose(HostProcess host, string choices) => host.Send(HttpMethod.Put, "/api/agencies/sample/rules", "administrator",
        $$"""{ "inForceFrom": "2100-01-01", "packs": ["oregon"], "layer": { "choices": {{choices}} }, "why": "We moved." }""");

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(_folder.Of("packs"));
        File.WriteAllText(Path.Combine(_folder.Of("packs"), file), text);
    }

    private async Task Refused((string, string?)[] settings, params string[] named)
    {
        await using var host = HostProcess.Launch(_folder.Of("data"), settings);
        Assert.NotEqual(0, await host.Ended());
        foreach (var text in named)
        {
            Assert.Contains(text, host.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Now listening", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
    }
}
