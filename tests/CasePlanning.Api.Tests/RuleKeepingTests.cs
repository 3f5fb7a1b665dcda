using System.Net;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests;

public sealed class RuleKeepingTests : ApiWorld
{
    private static readonly object Sooner = new
    {
        inForceFrom = "2026-03-10",
        packs = new[] { "default" },
        layer = new { rules = new Dictionary<string, object>(StringComparer.Ordinal) { ["default.initial"] = new { due = "20 days" } } },
        why = "The county decided on 20 days.",
    };

    [Fact]
    public async Task A_change_of_rules_shows_beforehand_what_it_would_move_and_saves_nothing()
    {
        var plan = await this.SubmittedPlan("1");

        var diff = (await As("ada").Post("/api/agencies/sample/rules/diff", Sooner)).Expect(HttpStatusCode.OK).Json;

        Assert.Equal((1, 1, 0, 0), ((int)diff["cases"]!, (int)diff["moved"]!, (int)diff["new"]!, (int)diff["gone"]!));
        var moved = Assert.Single(diff["deadlines"]!.AsArray())!;
        Assert.Equal(10, (DateOnly.Parse((string)moved["before"]!).DayNumber - DateOnly.Parse((string)moved["after"]!).DayNumber));
        Assert.Equal((string)moved["before"]!, await Initial(plan));
    }

    [Fact]
    public async Task A_sealed_case_is_counted_in_what_would_move_and_not_named()
    {
        await this.OpenCase("secret", "will");

        var diff = (await As("ada").Post("/api/agencies/sample/rules/diff", Sooner)).Expect(HttpStatusCode.OK);

        Assert.Equal(1, (int)diff.Json["moved"]!);
        Assert.DoesNotContain("secret", diff.Text);
    }

    [Fact]
    public async Task A_change_holds_from_its_day_and_stays_on_record_with_who_and_why()
    {
        var plan = await this.SubmittedPlan("1");
        var before = await Initial(plan);

        var agency = (await As("ada").Put("/api/agencies/sample/rules", Sooner)).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(before, await Initial(plan));
        Clock.Now = new DateTimeOffset(2026, 3, 10, 15, 0, 0, TimeSpan.Zero);
        Assert.Equal(10, DateOnly.Parse(before).DayNumber - DateOnly.Parse(await Initial(plan)).DayNumber);
        var change = Assert.Single(agency["ruleChanges"]!.AsArray())!;
        Assert.Equal(("ada", "The county decided on 20 days.", "2026-03-10"), ((string)change["by"]!, (string)change["why"]!, (string)change["inForceFrom"]!));
    }

    [Fact]
    public async Task Rules_that_can_not_be_used_are_refused_with_everything_that_is_wrong()
    {
        var problem = (await As("ada").Put("/api/agencies/sample/rules", new
        {
            inForceFrom = "2026-03-01",
            packs = new[] { "minnesota" },
            layer = new { choices = new Dictionary<string, string>(StringComparer.Ordinal) { ["mn.review.colour"] = "blue" }, rules = new Dictionary<string, object>(StringComparer.Ordinal) { ["ca.initial"] = new { due = "5 days" } } },
            why = " ",
        })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");

        Assert.Contains(problem.Violations, violation => violation.Field == "inForceFrom");
        Assert.Contains(problem.Violations, violation => violation.Field == "why");
        Assert.Contains(problem.Violations, violation => violation.Field == "layer.choices['mn.review.colour']");
        Assert.Contains(problem.Violations, violation => violation.Field == "layer.rules['ca.initial']" && violation.Message == "none of the agency's packs has this rule.");
    }

    [Fact]
    public async Task Settings_keep_the_packs_and_the_changes_of_rules()
    {
        (await As("ada").Put("/api/agencies/sample/rules", Sooner)).Expect(HttpStatusCode.OK);

        var saved = (await As("ada").Put("/api/agencies/sample", new { name = "Renamed", zone = "America/Chicago" })).Expect(HttpStatusCode.OK).Json;
        Assert.Single(saved["ruleChanges"]!.AsArray());
        (await As("ada").Put("/api/agencies/sample", new { name = "Renamed", zone = "America/Chicago", packs = new[] { "wisconsin" } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
    }

    [Fact]
    public async Task What_if_answers_without_saving()
    {
        var plan = await this.SubmittedPlan("1");
        var before = await Initial(plan);

        var answer = (await As("will").Post($"{plan}/deadlines/preview", new { updateWithPlanDate = "2026-03-02" })).Expect(HttpStatusCode.OK).Json.AsArray();

        Assert.Contains(answer, each => (string)each!["name"]! == "Case plan update" && (string)each["dueThen"]! == "2026-09-02" && each["dueNow"] is null);
        Assert.Contains(answer, each => (string)each!["name"]! == "Initial case plan" && (string)each["statusThen"]! == "met-on-time");
        Assert.Equal(before, await Initial(plan));
        (await As("will").Post($"{plan}/deadlines/preview", new { withdrawn = new[] { "placement-none" } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
    }

    private async Task<string> Initial(string plan)
    {
        var deadlines = (await As("will").Get($"{plan}/deadlines")).Expect(HttpStatusCode.OK).Json.AsArray();
        return (string)deadlines.First(each => (string)each!["rule"]! == "default.initial")!["due"]!;
    }
}
