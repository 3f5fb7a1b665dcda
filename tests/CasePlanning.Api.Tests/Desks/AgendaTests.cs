using System.Net;
using System.Text.Json.Nodes;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests.Desks;

/// <summary>What lies on the desk of a caseworker on Monday 2026-03-02, and of their supervisor.</summary>
public sealed class AgendaTests : ApiWorld
{
    [Fact]
    public async Task Work_is_grouped_by_when_it_asks_for_it_with_counts()
    {
        foreach (var (number, openedOn) in new[] { ("late", "2026-01-20"), ("now", "2026-01-31"), ("week", "2026-02-06"), ("next", "2026-02-07"), ("last", "2026-02-13"), ("after", "2026-02-14") })
        {
            await this.OpenedOn(number, openedOn);
        }

        var desk = (await As("will").Get("/api/me/agenda")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(["overdue late -11", "today now 0", "this-week week 6", "next-week next 7", "next-week last 13", "later after 14"], Written(desk));
        Assert.Equal([1, 1, 1, 2, 1], desk["groups"]!.AsArray().Select(group => (int)group!["count"]!));
        Assert.Equal(("2026-03-02", "2026-03-02", "2026-04-01"), ((string)desk["today"]!, (string)desk["from"]!, (string)desk["until"]!));
    }

    [Fact]
    public async Task Duties_one_act_meets_on_one_day_are_one_entry_that_names_every_child_rule_and_source()
    {
        await this.OpenedOn("1", "2026-02-02", sibling: true);

        var entry = Assert.Single(Entries((await As("will").Get("/api/me/agenda")).Json))!;

        Assert.Equal(["Ana", "Daniel"], entry["duties"]!.AsArray().Select(duty => (string)duty!["child"]!).Order());
        Assert.All(entry["duties"]!.AsArray(), duty => Assert.Equal(("default.initial", "due-soon"), ((string)duty!["rule"]!, (string)duty["status"]!)));
        Assert.All(entry["duties"]!.AsArray(), duty => Assert.Contains("Minnesota", (string)duty!["source"]!));
        Assert.All(entry["duties"]!.AsArray(), duty => Assert.Equal("Initial case plan is due 2026-03-04: 30 calendar days after 2026-02-02 (case opened).", (string)duty!["sentence"]!));
        Assert.Equal(
            ("1", "sample-1.home", "will", "north", "Initial case plan", "2026-03-04", "due-soon", "http://localhost:5080/plans/sample-1.home"),
            ((string)entry["caseNumber"]!, (string)entry["plan"]!, (string)entry["worker"]!, (string)entry["unit"]!, (string)entry["what"]!, (string)entry["due"]!, (string)entry["status"]!, (string)entry["link"]!));
    }

    [Theory]
    [InlineData("", "late now week")]
    [InlineData("?from=2026-03-03", "late week")]
    [InlineData("?until=2026-03-02", "late now")]
    [InlineData("?until=2026-02-01", "late")]
    [InlineData("?overdue=false", "now week")]
    [InlineData("?overdue=false&until=2026-03-02", "now")]
    [InlineData("?status=overdue", "late")]
    [InlineData("?status=upcoming", "")]
    [InlineData("?rule=default.initial", "late now week")]
    [InlineData("?rule=default.review", "")]
    public async Task A_window_takes_what_is_due_in_it_and_what_is_overdue_unless_asked_otherwise(string query, string expected)
    {
        await this.OpenedOn("late", "2026-01-20");
        await this.OpenedOn("now", "2026-01-31");
        await this.OpenedOn("week", "2026-02-05");

        var found = Entries((await As("will").Get($"/api/me/agenda{query}")).Expect(HttpStatusCode.OK).Json).Select(entry => (string)entry!["caseNumber"]!);

        Assert.Equal(expected, string.Join(' ', found));
    }

    [Fact]
    public async Task An_excused_duty_waits_for_the_end_of_its_excuse()
    {
        await this.OpenedOn("late", "2026-01-20");
        var late = (await As("sue").Get("/api/cases/sample-late/deadlines")).Json.AsArray().Single(each => (string)each!["rule"]! == "default.initial")!;
        (await As("sue").Post("/api/cases/sample-late/excusals", new { occurrence = (string)late["occurrence"]!, until = "2026-03-10", reason = "Flood" })).Expect(HttpStatusCode.Created);

        var desk = (await As("will").Get("/api/me/agenda")).Json;

        Assert.Equal(["next-week late -11"], Written(desk));
        Assert.Equal(("excused", "2026-03-10"), ((string)Entries(desk).Single()!["status"]!, (string)Entries(desk).Single()!["excusedUntil"]!));
    }

    [Fact]
    public async Task What_will_follow_is_shown_when_asked_for_and_marked()
    {
        await this.PlanInEffect("1");

        var owed = Entries((await As("will").Get("/api/me/agenda?until=2026-12-31")).Json);
        var desk = (await As("will").Get("/api/me/agenda?until=2026-12-31&forecast=true")).Json;
        var ahead = Entries(desk);

        Assert.Equal(["2026-05-31 false", "2026-09-02 false"], owed.Select(Marked));
        Assert.Equal(["2026-05-31 false", "2026-08-29 true", "2026-09-02 false", "2026-11-27 true"], ahead.Select(Marked));
        Assert.Equal("Case plan review is due 2026-08-29: 90 calendar days after 2026-05-31 (done when due).", (string)ahead[1]!["duties"]![0]!["sentence"]!);
        Assert.Equal((2, 2), ((int)desk["groups"]![4]!["count"]!, (int)desk["groups"]![4]!["forecasts"]!));
    }

    [Fact]
    public async Task A_supervisor_filters_the_team_by_unit_worker_rule_and_status()
    {
        await this.SubmittedPlan("1");
        await this.OpenedOn("free", "2026-02-02", worker: null);

        Assert.Equal("approval.decision default.initial default.initial", await Rules("sue", ""));
        Assert.Equal("approval.decision default.initial", await Rules("sue", "?worker=will"));
        Assert.Equal("default.initial", await Rules("sue", "?worker=unassigned"));
        Assert.Equal("approval.decision", await Rules("sue", "?rule=approval.decision"));
        Assert.Equal("", await Rules("max", "?unit=south"));
        Assert.Equal("approval.decision default.initial default.initial", await Rules("max", "?unit=north"));
        Assert.Equal("default.initial", await Rules("will", "", "me"));
    }

    [Fact]
    public async Task Whoever_leads_one_unit_sees_nothing_of_another_and_a_worker_no_team()
    {
        await this.OpenedOn("north", "2026-02-02");
        await this.OpenedOn("south", "2026-02-02", worker: "wendy", unit: "south");

        Assert.Equal("north", await Numbers("sue", ""));
        Assert.Equal("south", await Numbers("sid", ""));
        Assert.Equal("", await Numbers("sid", "?unit=north"));
        Assert.Equal("", await Numbers("sid", "?worker=will"));
        Assert.Equal("north south", await Numbers("max", ""));
        Assert.Equal("north south", await Numbers("otto", ""));
        Assert.Equal("", await Numbers("will", ""));
        Assert.Equal("", await Numbers("olga", ""));
    }

    [Fact]
    public async Task Whoever_stands_in_finds_the_work_of_the_person_and_of_the_supervisor()
    {
        await this.OpenedOn("1", "2026-02-02");
        (await As("ada").Post("/api/people/will/absences", new { id = "a1", from = "2026-03-01", to = "2026-03-06", cover = "wendy" })).Expect(HttpStatusCode.OK);
        (await As("ada").Post("/api/people/sue/absences", new { id = "a2", from = "2026-03-01", to = "2026-03-06", cover = "sid" })).Expect(HttpStatusCode.OK);

        Assert.Single(Entries((await As("wendy").Get("/api/me/agenda")).Json));
        Assert.Equal("1", await Numbers("sid", ""));
    }

    [Fact]
    public async Task Everything_wrong_with_a_question_is_said_at_once()
    {
        var answer = (await As("max").Get("/api/team/agenda?from=2028-03-09&until=2028-03-01&forecast=true&unit=none&worker=nobody&rule=no.such")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");

        Assert.Equal(["until", "until", "unit", "worker", "rule"], answer.Violations.Select(violation => violation.Field));
        (await As("max").Get("/api/team/agenda?from=0001-01-01")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        (await As("max").Get("/api/team/agenda?from=9999-12-31")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        (await As("max").Get("/api/team/agenda?overdue=perhaps")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");
        (await As("max").Get("/api/team/agenda?status=lost")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");
    }

    private async Task<string> Numbers(string person, string query) =>
        string.Join(' ', Entries((await As(person).Get($"/api/team/agenda{query}")).Expect(HttpStatusCode.OK).Json).Select(entry => (string)entry!["caseNumber"]!));

    private async Task<string> Rules(string person, string query, string desk = "team") => string.Join(' ', Entries((await As(person).Get($"/api/{desk}/agenda{query}")).Expect(HttpStatusCode.OK).Json)
        .SelectMany(entry => entry!["duties"]!.AsArray()).Select(duty => (string)duty!["rule"]!).Order(StringComparer.Ordinal));

    private static JsonNode?[] Entries(JsonNode desk) => [.. desk["groups"]!.AsArray().SelectMany(group => group!["entries"]!.AsArray())];

    private static IEnumerable<string> Written(JsonNode desk) => desk["groups"]!.AsArray()
        .SelectMany(group => group!["entries"]!.AsArray(), (group, entry) => $"{group!["time"]} {entry!["caseNumber"]} {entry["daysLeft"]}");

    private static string Marked(JsonNode? entry) => $"{entry!["due"]} {entry["forecast"]}";
}
