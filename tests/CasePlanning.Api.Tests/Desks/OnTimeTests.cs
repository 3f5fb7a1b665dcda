using System.Net;
using System.Text.Json.Nodes;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests.Desks;

/// <summary>How punctual the units were, asked in the middle of April 2026.</summary>
public sealed class OnTimeTests : ApiWorld
{
    [Fact]
    public async Task Late_missed_and_overdue_work_is_counted_and_every_piece_of_it_listed()
    {
        await Spring();

        var report = (await As("sue").Get("/api/team/on-time")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(("2026-01-14", "2026-04-14", "rule"), ((string)report["from"]!, (string)report["to"]!, (string)report["by"]!));
        Assert.Equal(
            ["approval.decision: 2 due, 2 on time, 0 late, 0 overdue, 0 excused, rate 100", "default.initial: 4 due, 1 on time, 1 late, 1 overdue, 1 excused, rate 33.3"],
            report["groups"]!.AsArray().Select(Written));
        Assert.Equal((2m, 2), ((decimal)report["groups"]![1]!["meanDaysLate"]!, (int)report["groups"]![1]!["mostDaysLate"]!));
        Assert.Equal(
            ["never default.initial due 2026-02-19 done - overdue 55", "slow default.initial due 2026-03-04 done 2026-03-06 late 2"],
            report["late"]!.AsArray().Select(each => $"{each!["caseNumber"]} {each["rule"]} due {each["due"]} done {(string?)each["done"] ?? "-"} {each["outcome"]} {each["daysLate"]}"));
    }

    [Theory]
    [InlineData("?from=2026-03-01&to=2026-03-31", 2)]
    [InlineData("?to=2026-02-28", 2)]
    [InlineData("?from=2026-04-01", 0)]
    [InlineData("?to=2030-01-01", 4)]
    public async Task Duties_count_by_their_due_date(string query, int expected)
    {
        await Spring();

        var report = (await As("sue").Get($"/api/team/on-time{query}")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(expected, report["groups"]!.AsArray().Where(group => (string)group!["group"]! == "default.initial").Sum(group => (int)group!["due"]!));
    }

    [Fact]
    public async Task Worker_and_unit_are_those_of_the_due_date()
    {
        await this.OpenedOn("moved", "2026-01-20");
        (await As("ada").Post("/api/cases/sample-moved/assignments", new { source = "a2", on = "2026-02-25", person = "wendy" })).Expect(HttpStatusCode.Created);
        await this.OpenedOn("free", "2026-01-20", worker: null);

        Assert.Equal(["unassigned 1", "will 1"], await By("max", "worker"));
        Assert.Equal(["north 2"], await By("max", "unit"));
        Assert.Equal(["north 1"], await By("sue", "unit"));
        Assert.Empty(await By("sid", "unit"));
        Assert.Empty(await By("will", "unit"));
        var late = (await As("max").Get("/api/team/on-time")).Json["late"]!.AsArray();
        Assert.Equal(["free - north", "moved will north"], late.Select(each => $"{each!["caseNumber"]} {(string?)each["worker"] ?? "-"} {each["unit"]}").Order());
    }

    [Fact]
    public async Task A_late_decision_is_no_workers()
    {
        await this.SubmittedPlan("1");
        Clock.Now = Clock.Now.AddDays(14);

        Assert.Equal(["approval.decision 1", "default.initial 1"], await By("sue", "rule"));
        Assert.Equal(["will 1"], await By("sue", "worker"));
    }

    [Fact]
    public async Task A_sealed_case_counts_for_those_only_who_may_see_it()
    {
        await this.OpenedOn("secret", "2026-01-20", sealedTo: ["will", "sue", "ada"]);

        Assert.Equal(["will 1"], await By("sue", "worker"));
        Assert.Empty(await By("max", "worker"));
        Assert.DoesNotContain("secret", (await As("otto").Get("/api/team/on-time")).Text);
    }

    [Fact]
    public async Task What_was_done_in_time_and_recorded_late_is_on_time_and_counted_beside_it()
    {
        await this.PlanInEffect("1");
        Clock.Now = Clock.Now.AddDays(95);
        (await As("will").Post("/api/plans/sample-1.home/reviews", new { source = "r1", on = "2026-05-30", attended = "All" })).Expect(HttpStatusCode.Created);

        var group = (await As("sue").Get("/api/team/on-time")).Json["groups"]!.AsArray().Single(each => (string)each!["group"]! == "default.review")!;

        Assert.Equal((1, 1, 1), ((int)group["due"]!, (int)group["onTime"]!, (int)group["enteredLate"]!));
    }

    [Theory]
    [InlineData("?from=2026-03-02")]
    [InlineData("?from=2026-02-02&to=2026-02-01")]
    [InlineData("?from=0001-01-01")]
    [InlineData("?to=0001-01-01")]
    [InlineData("?to=9999-12-31&from=9999-01-01")]
    public async Task A_time_that_has_not_been_or_ends_before_it_begins_is_refused(string query) =>
        (await As("sue").Get($"/api/team/on-time{query}")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");

    /// <summary>One plan in time, one two days late, one never, one excused; then it is 15 April.</summary>
    private async Task Spring()
    {
        await this.PlanInEffect("good");
        await this.OpenedOn("never", "2026-01-20");
        await this.OpenedOn("excused", "2026-01-21");
        var owed = (await As("sue").Get("/api/cases/sample-excused/deadlines")).Json.AsArray().Single()!;
        (await As("sue").Post("/api/cases/sample-excused/excusals", new { occurrence = (string)owed["occurrence"]!, until = "2026-12-31", reason = "Court" })).Expect(HttpStatusCode.Created);
        var plan = await this.SubmittedPlan("slow");
        Clock.Now = Monday.AddDays(4);
        (await As("sue").Post($"{plan}/decision", new { kind = "approve" })).Expect(HttpStatusCode.OK);
        Clock.Now = Monday.AddDays(44);
    }

    private async Task<string[]> By(string person, string by) => [.. (await As(person).Get($"/api/team/on-time?by={by}")).Expect(HttpStatusCode.OK).Json["groups"]!.AsArray()
        .Select(group => $"{group!["group"]} {group["due"]}")];

    private static string Written(JsonNode? group) =>
        $"{group!["group"]}: {group["due"]} due, {group["onTime"]} on time, {group["late"]} late, {group["overdue"]} overdue, {group["excused"]} excused, rate {group["rate"]}";
}
