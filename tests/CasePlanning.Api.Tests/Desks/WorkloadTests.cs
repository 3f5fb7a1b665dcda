using System.Net;
using System.Text.Json.Nodes;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests.Desks;

/// <summary>What a supervisor foresees on Monday 2026-03-02 for the thirteen weeks that end on Sunday 2026-05-31.</summary>
public sealed class WorkloadTests : ApiWorld
{
    [Fact]
    public async Task Each_worker_has_cases_what_is_overdue_and_what_falls_due_in_each_week()
    {
        await this.PlanInEffect("1");
        await this.OpenedOn("late", "2026-01-20");
        await this.OpenedOn("week", "2026-02-06");
        await this.OpenedOn("next", "2026-02-07");
        await this.OpenedOn("free", "2026-02-07", worker: null);

        var load = (await As("sue").Get("/api/team/forecast")).Expect(HttpStatusCode.OK).Json;
        var (will, nobody) = (Of(load, "will"), Of(load, "unassigned"));

        Assert.Equal(["will", "unassigned"], load["workers"]!.AsArray().Select(each => (string)each!["worker"]!));
        Assert.Equal(("north", 4, 1), ((string)will["unit"]!, (int)will["cases"]!, (int)will["overdue"]!));
        Assert.Equal(["2026-03-02 2026-03-08 default.initial 1", "2026-03-09 2026-03-15 default.initial 1", "2026-05-25 2026-05-31 default.review 1"], Due(will));
        Assert.Equal((1, 0), ((int)nobody["cases"]!, (int)nobody["overdue"]!));
        Assert.Equal(["2026-03-09 2026-03-15 default.initial 1"], Due(nobody));
        Assert.Equal(13, load["weeks"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_first_week_that_has_begun_is_shorter_and_reviews_follow_each_other()
    {
        await this.PlanInEffect("1");
        Clock.Now = Clock.Now.AddDays(3);

        var load = (await As("sue").Get("/api/team/forecast?weeks=26")).Json;

        Assert.Equal(("2026-03-05", "2026-03-08"), ((string)load["weeks"]![0]!["from"]!, (string)load["weeks"]![0]!["to"]!));
        Assert.Equal(["2026-05-25 2026-05-31 default.review 1", "2026-08-24 2026-08-30 default.review 1"], Due(Of(load, "will")));
    }

    [Fact]
    public async Task Absences_of_these_weeks_come_with_their_cover()
    {
        foreach (var (id, from, to) in new[] { ("past", "2026-02-02", "2026-03-01"), ("soon", "2026-03-09", "2026-03-13"), ("far", "2026-06-01", "2026-06-02") })
        {
            (await As("ada").Post("/api/people/will/absences", new { id, from, to, cover = "wendy" })).Expect(HttpStatusCode.OK);
        }

        var away = Assert.Single(Of((await As("sue").Get("/api/team/forecast")).Json, "will")["absences"]!.AsArray());

        Assert.Equal(("2026-03-09", "2026-03-13", "wendy"), ((string)away!["from"]!, (string)away["to"]!, (string)away["cover"]!));
    }

    [Fact]
    public async Task Nobody_foresees_the_work_of_a_unit_they_dont_lead_or_of_a_case_they_may_not_see()
    {
        await this.OpenedOn("north", "2026-02-06");
        await this.OpenedOn("sealed", "2026-02-06", sealedTo: ["will", "sue", "ada"]);

        Assert.Equal(2, (int)Of((await As("sue").Get("/api/team/forecast")).Json, "will")["cases"]!);
        Assert.Equal(1, (int)Of((await As("max").Get("/api/team/forecast")).Json, "will")["cases"]!);
        Assert.Equal(["wendy"], (await As("sid").Get("/api/team/forecast")).Json["workers"]!.AsArray().Select(each => (string)each!["worker"]!));
        Assert.Empty((await As("will").Get("/api/team/forecast")).Json["workers"]!.AsArray());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("27")]
    public async Task A_forecast_covers_1_to_26_weeks(string weeks) =>
        (await As("sue").Get($"/api/team/forecast?weeks={weeks}")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");

    private static JsonNode Of(JsonNode load, string worker) => load["workers"]!.AsArray().Single(each => (string)each!["worker"]! == worker)!;

    private static IEnumerable<string> Due(JsonNode worker) => worker["weeks"]!.AsArray().Where(week => (int)week!["due"]! > 0)
        .SelectMany(week => week!["byRule"]!.AsObject(), (week, rule) => $"{week!["from"]} {week["to"]} {rule.Key} {rule.Value}");
}
