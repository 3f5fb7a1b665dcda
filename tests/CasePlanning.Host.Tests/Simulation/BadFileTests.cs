using CasePlanning.Domain.Json;
using CasePlanning.Host.Simulation;

namespace CasePlanning.Host.Tests.Simulation;

/// <summary>A bad file is answered with everything that is wrong in it, each with its place and a sentence.</summary>
public sealed class BadFileTests
{
    private const string Bad = """
        {
          "title": "Bad",
          "untill": "2025-03-01",
          "agency": { "id": "A B", "name": "A", "zone": "Mars/Olympus", "packs": ["default", "atlantis"], "morning": "7am" },
          "units": [{ "id": "u", "name": "U", "supervisor": "nobody" }, { "id": "u", "name": "" }],
          "people": [
            { "id": "r", "name": "R", "email": "no address", "roles": ["boss"] },
            { "id": "w", "name": "W", "email": "w@a.example", "unit": "x", "roles": ["worker"], "absences": [{ "id": "x", "from": "2025-02-02", "to": "2025-02-01", "cover": "q" }] }
          ],
          "cases": [
            {
              "number": "1", "openedOn": "2025-02-30", "unit": "y",
              "facts": [
                { "fact": "participant", "source": "c", "on": "2025-01-06", "name": "C", "role": "child star" },
                { "fact": "placement", "source": "p", "on": "2025-01-06", "child": "c", "setting": "shelter" },
                { "fact": "placement", "source": "q", "on": "2025-01-06", "child": "d", "setting": "shelter" },
                { "fact": "review", "source": "v", "on": "2025-01-06", "plan": "at-home", "attended": "All" },
                { "source": "s", "on": "2025-01-06" },
                { "fact": "assignment", "source": "a", "on": "2025-01-06", "person": "nobody", "primary": "yes", "primary": true }
              ]
            },
            { "number": "2", "openedOn": "2025-01-06", "unit": "y", "openedBy": "nobody" }
          ],
          "actions": [
            { "at": "2025-01-07", "by": "w", "do": "dance" },
            { "at": "7 January", "by": "w", "do": "submit", "case": "2", "plan": "at-home" },
            { "at": "2025-01-07", "by": "nobody", "do": "submit", "case": "2", "plan": "out-of-home", "expect": "refused" },
            { "at": "2025-01-07", "by": "w", "do": "submit", "case": "3", "plan": "at-home", "comments": null },
            { "at": "2025-01-07", "by": "w", "do": "submit", "plan": "at-home" },
            { "at": "2025-01-05", "by": "w", "do": "create-version", "case": "2", "plan": "at-home", "kind": "initial", "planDate": "2025-01-05", "focusChildren": ["e"], "participants": "c" },
            { "at": "2025-01-07", "by": "w", "do": "create-version", "case": "2", "plan": "at-home", "kind": "initial", "planDate": "2025-01-05", "focusChildren": ["e"] },
            { "at": "2025-01-07", "by": "w", "do": "excuse", "case": "2", "plan": "at-home", "rule": "moon.phase", "until": "2025-02-01" },
            { "at": "2025-01-05T12:00", "by": "w", "do": "assign", "case": "2", "worker": "ghost" },
            7
          ]
        }
        """;

    [Fact]
    public void Every_violation_is_reported_at_once_with_its_path_and_a_sentence()
    {
        string[] expected =
        [
            "$.untill: is not known here. Known are $schema, title, description, until, agency, units, people, cases, actions.",
            "$.agency.morning: must be a time such as 07:00.",
            "$.people[0].roles[0]: must be one of worker, supervisor, manager, administrator, auditor.",
            "$.cases[0].openedOn: must be a date that exists, such as 2006-01-31.",
            "$.cases[0].facts[0].role: must be one of focus-child, child, parent, guardian, parent-outside-home, other.",
            "$.cases[0].facts[4].fact: is missing.",
            "$.cases[0].facts[5].primary: must be true or false.",
            "$.cases[0].facts[5].primary: is given twice.",
            "$.actions[0].do: must be one of record, correct, withdraw-fact, assign, create-version, save-draft, withdraw-draft, submit, recall, decide, rescind, start-update, take-back-update, record-progress, review, close, reopen, excuse, absence, look.",
            "$.actions[1].at: must be a date that exists, such as 2006-01-31, or a date and time, such as 2006-01-31T14:30.",
            "$.actions[2].expect: must be \"ok\", or a list with at least one rule id.",
            "$.actions[3].comments: can't be null; leave it out instead.",
            "$.actions[5].participants: must be a list.",
            "$.actions[7].reason: is missing.",
            "$.actions[9]: must be an object.",
            "$.units[1].id: 'u' was given before, at $.units[0].",
            "$.units[0].supervisor: There is no person 'nobody' in this agency.",
            "$.units[1].name: Give the unit's name, in at most 200 characters.",
            "$.people[1].unit: There is no unit 'x' in this agency.",
            "$.people[1].absences[0].to: An absence can't end before it begins.",
            "$.people[1].absences[0].cover: There is no person 'q' in this agency.",
            "$.cases[0].facts[2].child: d is not a child on this case; record the participant first.",
            "$.cases[0].facts[3].fact: A fact of the kind 'review' is an action: review, close, reopen or excuse.",
            "$.cases[1].unit: There is no unit 'y' in this file.",
            "$.cases[1].openedBy: There is no person 'nobody' in this file.",
            "$.actions[4].case: is missing. Say which case; the file has several.",
            "$.actions[6].focusChildren: There is no participant 'e' on case 2 in this file.",
            "$.actions[8].at: lies before the case is opened.",
            "$.actions[8].worker: There is no person 'ghost' in this file.",
        ];

        Assert.Equal(expected.Order(), ScenarioFile.Read(Bad).Violations.Select(violation => violation.ToString()).Order());
    }

    [Fact]
    public void What_the_domain_says_of_an_agency_is_said_of_its_file()
    {
        var violations = ScenarioFile.Read(Bad.Replace("\"7am\"", "\"07:00\"", StringComparison.Ordinal)).Violations.Where(violation => violation.Path.StartsWith("$.agency", StringComparison.Ordinal));

        Assert.Equal(
            [
                "$.agency.id: The id 'A B' takes 1 to 40 small letters, digits or hyphens.",
                "$.agency.zone: 'Mars/Olympus' is not a time zone; give an IANA name such as America/Los_Angeles.",
                "$.agency.packs: There is no rule pack 'atlantis'; known packs are california, default, federal, michigan, minnesota, wisconsin.",
            ],
            violations.Select(violation => violation.ToString()));
    }

    [Fact]
    public async Task The_command_prints_them_all_and_ends_with_2()
    {
        var ran = await Playing.RunText(Bad);

        Assert.Equal((2, ""), (ran.Code, ran.Output));
        Assert.StartsWith("FILE can't be played:\n  $.untill: is not known here.", ran.Error);
        Assert.Equal(30, ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("{ \"title\": ", "$: This isn't JSON: line 1, character 12 can't be read.")]
    [InlineData("[]", "$: must be an object.")]
    public void What_is_no_object_of_JSON_is_said_to_be_none(string text, string complaint) =>
        Assert.Contains(complaint, ScenarioFile.Read(text).Violations.Select(violation => violation.ToString()));

    [Fact]
    public void A_file_without_an_administrator_is_told_why_it_needs_one() =>
        Assert.Contains(
            new FileViolation("$.people", "Nobody is an administrator. Give one person this role: the agency is founded, and facts are recorded, in that name."),
            ScenarioFile.Read(File.ReadAllText(Playing.Sample("forgotten")).Replace("\"administrator\"", "\"auditor\"", StringComparison.Ordinal)).Violations);

    [Fact]
    public void A_child_who_is_never_placed_has_no_plan_out_of_home() =>
        Assert.Equal(
            "$.actions[0].plan: No child of case 24-0117 is ever placed out of home in this file, so it has no such plan.",
            Assert.Single(ScenarioFile.Read(WithAction("""{ "at": "2024-01-09", "by": "wen", "do": "submit", "plan": "out-of-home" }""")).Violations).ToString());

    [Fact]
    public async Task Actions_out_of_order_are_put_in_order_and_those_of_one_time_keep_theirs()
    {
        var scenario = ScenarioFile.Read(WithAction("""
            { "at": "2024-01-10", "by": "wen", "do": "submit", "plan": "at-home" },
            { "at": "2024-01-09T10:00", "by": "wen", "do": "recall", "plan": "at-home" },
            { "at": "2024-01-10T09:00", "by": "wen", "do": "start-update", "plan": "at-home" }
            """)).Scenario!;

        var played = (await Playing.Play(scenario, new DateOnly(2024, 1, 11))).Where(each => each.Kind == EventKind.Refusal).Select(each => each.Message.Split('(', ')')[1]).Distinct();

        Assert.Equal(["recall", "submit", "start update"], played);
    }

    private static string WithAction(string actions) =>
        File.ReadAllText(Playing.Sample("forgotten")).Replace("\"cases\":", $"\"actions\": [{actions}], \"cases\":", StringComparison.Ordinal);
}
