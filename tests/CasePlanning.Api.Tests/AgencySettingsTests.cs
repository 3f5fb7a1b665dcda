using System.Net;
using System.Text.Json.Nodes;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests;

/// <summary>A zone, working days, days off and days to decide are what dates are counted with: a change of them is seen beforehand and stays on record.</summary>
public sealed class AgencySettingsTests : ApiWorld
{
    private static readonly object DayOff = new { name = "Sample County", zone = "America/Chicago", holidays = new[] { "2026-03-04" }, why = "The courthouse is closed." };

    [Fact]
    public async Task A_day_off_shows_beforehand_what_it_would_move_and_saves_nothing()
    {
        var plan = await this.SubmittedPlan("1");
        Assert.Equal("2026-03-09", await Decision(plan)); // Monday 2 March and five working days

        var diff = (await As("ada").Post("/api/agencies/sample/diff", DayOff)).Expect(HttpStatusCode.OK).Json;

        Assert.Equal((1, 1, 0, 0), ((int)diff["cases"]!, (int)diff["moved"]!, (int)diff["new"]!, (int)diff["gone"]!));
        var moved = Assert.Single(diff["deadlines"]!.AsArray())!;
        Assert.Equal(("1", "approval.decision", "2026-03-09", "2026-03-10"), ((string)moved["caseNumber"]!, (string)moved["rule"]!, (string)moved["before"]!, (string)moved["after"]!));
        Assert.Equal("2026-03-09", await Decision(plan));
        Assert.Empty((await Agency())["settingsChanges"]!.AsArray());
    }

    [Fact]
    public async Task The_change_moves_the_date_wakes_the_case_and_stays_on_record_with_who_and_why()
    {
        var plan = await this.SubmittedPlan("1");
        Assert.True(await Stores.Wakes.Earliest(default) > Clock.Now);

        (await As("ada").Put("/api/agencies/sample", DayOff)).Expect(HttpStatusCode.OK);

        Assert.Equal("2026-03-10", await Decision(plan));
        Assert.Equal(Clock.Now, await Stores.Wakes.Earliest(default));
        var change = Assert.Single((await Agency())["settingsChanges"]!.AsArray())!;
        Assert.Equal(("ada", "The courthouse is closed."), ((string)change["by"]!, (string)change["why"]!));
        var what = Assert.Single(change["what"]!.AsArray())!;
        Assert.Equal(("holidays", "", "2026-03-04"), ((string)what["name"]!, (string)what["before"]!, (string)what["after"]!));
    }

    [Fact]
    public async Task Why_is_asked_for_what_dates_are_counted_with_and_for_nothing_else()
    {
        var problem = (await As("ada").Put("/api/agencies/sample", new { name = "Sample County", zone = "America/Denver", morning = "08:00:00", workingDays = new[] { "monday" }, approvalWorkingDays = 3, why = " " }))
            .ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        var why = Assert.Single(problem.Violations);
        Assert.Equal("why", why.Field);
        Assert.Equal("Say why; dates are counted with zone and morning and workingDays and approvalWorkingDays.", why.Message);

        (await As("ada").Put("/api/agencies/sample", new { name = "Renamed", zone = "America/Chicago", ownApproval = true })).Expect(HttpStatusCode.OK);
        Assert.Empty((await Agency())["settingsChanges"]!.AsArray());
        (await As("ada").Put("/api/agencies/sample", new { name = "Renamed", zone = "America/Denver", why = "We moved." })).Expect(HttpStatusCode.OK);
        Assert.Single((await Agency())["settingsChanges"]!.AsArray());
    }

    [Fact]
    public async Task What_can_not_be_saved_can_not_be_compared_either()
    {
        (await As("ada").Post("/api/agencies/other/diff", DayOff)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        var problem = (await As("ada").Post("/api/agencies/sample/diff", new { name = "", zone = "Mars/Olympus" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(["name", "zone"], problem.Violations.Select(violation => violation.Field));
    }

    private async Task<JsonNode> Agency() => (await As("ada").Get("/api/agencies")).Json.AsArray().Single()!;

    private async Task<string> Decision(string plan)
    {
        var deadlines = (await As("will").Get($"{plan}/deadlines")).Expect(HttpStatusCode.OK).Json.AsArray();
        return (string)deadlines.First(each => (string)each!["rule"]! == "approval.decision")!["due"]!;
    }
}
