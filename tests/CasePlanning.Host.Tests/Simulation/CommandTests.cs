namespace CasePlanning.Host.Tests.Simulation;

/// <summary>What the command takes and how it ends.</summary>
public sealed class CommandTests
{
    private const string Forgotten = """
        {
          "title": "Forgotten",
          "agency": { "id": "a", "name": "A", "zone": "America/New_York" },
          "units": [{ "id": "u", "name": "U", "supervisor": "s" }],
          "people": [
            { "id": "r", "name": "R", "email": "r@a.example", "roles": ["administrator"] },
            { "id": "s", "name": "S", "email": "s@a.example", "unit": "u", "roles": ["supervisor"] }
          ],
          "cases": [{ "number": "1", "openedOn": "2025-01-06", "unit": "u", "facts": [{ "fact": "participant", "source": "c", "on": "2025-01-06", "name": "C", "role": "focus-child" }] }]
        }
        """;

    [Fact]
    public async Task A_forgotten_case_is_played_for_sixty_days_where_nobody_says_until_when() =>
        Assert.Contains("\nPlayed until 2025-03-07: ", (await Playing.RunText(Forgotten)).Output);

    [Fact]
    public async Task The_file_says_until_when()
    {
        var ran = await Playing.RunText(Forgotten.Replace("\"title\"", "\"until\": \"2025-02-05\", \"title\""));

        Assert.Contains("\nWednesday 5 February 2025\n", ran.Output);
        Assert.DoesNotContain("Thursday 6 February 2025", ran.Output);
    }

    [Fact]
    public async Task The_command_line_says_until_when_and_wins()
    {
        var ran = await Playing.Run(Playing.Sample("martinez"), "--until", "2005-07-20");

        Assert.Equal(0, ran.Code);
        Assert.Contains("\nWednesday 20 July 2005\n", ran.Output);
        Assert.DoesNotContain("21 July 2005\n", ran.Output);
    }

    [Fact]
    public async Task An_action_that_ends_otherwise_than_expected_ends_the_command_with_1_and_says_which()
    {
        var text = await File.ReadAllTextAsync(Playing.Sample("martinez"));
        var ran = await Playing.RunText(text.Replace("\"CA-06 progress/4\", ", "", StringComparison.Ordinal));

        Assert.Equal(1, ran.Code);
        Assert.Equal("$.actions[14], create-version by wes at 2006-01-06 09:05: expected CA-06 progress/5, CA-06 progress/6, CA-06 progress/7, and found CA-06 progress/4, CA-06 progress/5, CA-06 progress/6, CA-06 progress/7.\n", ran.Error);
        Assert.Contains("NOT AS EXPECTED", ran.Output);
    }

    [Theory]
    [InlineData("\"objectives\": [\"4\", \"5\", \"7\"]", "\"objectives\": [\"4\"]", "objectives is 4, 5, 7, and 4 was expected")]
    [InlineData("\"appropriateness\": \"\"", "\"appropriateness\": \"Fine.\"", "appropriateness is , and Fine. was expected")]
    [InlineData("\"endDate\": \"2006-07-06\"", "\"endDate\": \"2006-07-07\"", "endDate is 2006-07-06, and 2006-07-07 was expected")]
    [InlineData("\"expect\": [\"CA-04\", \"CA-13\"]", "\"expect\": \"ok\"", "expected ok, and found CA-04 progress, CA-13 content.appropriateness")]
    public async Task What_a_look_shows_is_compared_too(string said, string instead, string complaint)
    {
        var ran = await Playing.RunText((await File.ReadAllTextAsync(Playing.Sample("martinez"))).Replace(said, instead, StringComparison.Ordinal));

        Assert.Equal(1, ran.Code);
        Assert.Contains(complaint, ran.Error);
    }

    [Fact]
    public async Task An_opening_that_is_refused_ends_the_command_with_1()
    {
        var ran = await Playing.RunText(Forgotten.Replace("\"on\": \"2025-01-06\"", "\"on\": \"2025-02-06\", \"recordedAt\": \"2025-01-07\"", StringComparison.Ordinal));

        Assert.Equal(1, ran.Code);
        Assert.Contains("The date 2025-02-06 is in the future", ran.Output);
        Assert.StartsWith("the fact participant-c of case 1: expected ok", ran.Error);
    }

    [Theory]
    [InlineData("no-such-file.json", null, "There is no file no-such-file.json.\n")]
    [InlineData("no-such-file.json", "2025-02-30", "--until takes a date such as 2007-01-31, and '2025-02-30' is none.\n")]
    public async Task What_can_not_be_played_ends_the_command_with_2(string file, string? until, string complaint)
    {
        var ran = await Playing.Run(until is null ? [file] : [file, "--until", until]);

        Assert.Equal(new Ran(2, "", complaint), ran);
    }

    [Fact]
    public async Task A_case_without_a_worker_is_the_supervisors_and_the_mail_says_why()
    {
        var ran = await Playing.RunText(Forgotten, "--json");

        Assert.Contains("You receive this because the case has no worker.", ran.Output);
        Assert.DoesNotContain("\"role\":\"worker\",\"address\":\"s@a.example\"", ran.Output.Split('\n').First(line => line.Contains("\"mail\"")));
    }

    [Fact]
    public async Task Every_act_a_scenario_knows_can_be_done()
    {
        var path = Playing.InRepository("tests/CasePlanning.Host.Tests/Simulation/every-act.json");
        var ran = await Playing.Run(path);
        var text = await File.ReadAllTextAsync(path);

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.All(ActsInTheModel(), act => Assert.Contains($"\"do\": \"{act}\"", text));
    }

    [Fact]
    public async Task The_example_in_the_documentation_plays_as_it_expects()
    {
        var page = await File.ReadAllTextAsync(Playing.InRepository("docs/simulate.md"));
        var ran = await Playing.RunText(page.Split("```json\n")[1].Split("```")[0]);

        Assert.Equal((0, ""), (ran.Code, ran.Error));
    }

    private static IEnumerable<string> ActsInTheModel() =>
        typeof(CasePlanning.Host.Simulation.ScenarioAction).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), inherit: false)
            .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(attribute => (string)attribute.TypeDiscriminator!);
}
