using System.Net;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests;

/// <summary>A plan's whole life, each step as somebody would take it over HTTP.</summary>
public class LifecycleTests : ApiWorld
{
    [Fact, Trait("Requirement", "CA-26"), Trait("Requirement", "CA-06"), Trait("Requirement", "CA-11"), Trait("Requirement", "WI-21"), Trait("Requirement", "MN-15")]
    public async Task A_plan_goes_from_the_opening_of_its_case_to_its_closing()
    {
        var file = await this.OpenCase("1");
        var plan = "/api/plans/sample-1.home";
        await ExpectStage(plan, "awaiting-plan");

        var created = (await As("will").Post($"{plan}/versions", new { kind = "initial", planDate = "2026-03-02" })).Expect(HttpStatusCode.Created);
        Assert.Equal($"{plan}/versions/1", created.Location);
        await ExpectStage(plan, "draft");

        var refused = (await As("will").Post($"{plan}/submission")).ExpectProblem(HttpStatusCode.Conflict, "not-ready");
        Assert.Contains(refused.Violations, violation => violation.Rule == "MN-04");
        Assert.Contains(refused.Violations, violation => violation.Rule == "CA-14");

        var read = await As("will").Get($"{plan}/versions/1");
        (await As("will").Put($"{plan}/versions/1", Samples.Draft(), ifMatch: read.ETag)).Expect(HttpStatusCode.OK);
        Assert.True((bool)(await As("will").Get($"{plan}/readiness")).Json["readyToApprove"]!);
        (await As("will").Post($"{plan}/submission", new { comments = "Please" })).Expect(HttpStatusCode.OK);
        await ExpectStage(plan, "pending-approval");

        Assert.Equal("sample-1.home", (string)(await As("sue").Get("/api/approvals")).Json[0]!["plan"]!);
        (await As("sue").Post($"{plan}/decision", new { kind = "return", comments = "Add a goal" })).Expect(HttpStatusCode.OK);
        await ExpectStage(plan, "draft");
        (await As("will").Post($"{plan}/submission")).Expect(HttpStatusCode.OK);
        (await As("will").Post($"{plan}/recall")).Expect(HttpStatusCode.OK);
        (await As("will").Post($"{plan}/submission")).Expect(HttpStatusCode.OK);
        (await As("sue").Post($"{plan}/decision", new { kind = "approve" })).Expect(HttpStatusCode.OK);
        await ExpectStage(plan, "in-effect");

        (await As("will").Post($"{plan}/reviews", new { attended = "Family, worker" })).Expect(HttpStatusCode.Created);
        (await As("will").Post($"{plan}/update-start")).Expect(HttpStatusCode.OK);
        await ExpectStage(plan, "recording-progress");
        var early = (await As("will").Post($"{plan}/versions", new { kind = "update", planDate = "2026-03-02" })).ExpectProblem(HttpStatusCode.Conflict, "not-ready");
        Assert.Equal(["progress/4", "progress/5"], early.Violations.Select(violation => violation.Field));
        (await As("will").Put($"{plan}/progress/4", new { met = "yes", narrative = "Went every day" })).Expect(HttpStatusCode.OK);
        (await As("will").Put($"{plan}/progress/5", new { met = "in-progress", narrative = "Half way" })).Expect(HttpStatusCode.OK);
        (await As("will").Post($"{plan}/versions", new { kind = "update", planDate = "2026-03-02", copy = new { objectives = "all-not-met" } })).Expect(HttpStatusCode.Created);
        Assert.Equal("5", (string)Assert.Single((await As("will").Get($"{plan}/versions/2")).Json["content"]!["serviceObjectives"]!.AsArray())!["id"]!);
        (await As("will").Delete($"{plan}/versions/2")).Expect(HttpStatusCode.OK);

        await Record(file, "assessments", new { source = "r1", on = "2026-03-02", what = "risk-reassessment" });
        var review = new { source = "m1", on = "2026-03-02", what = "supervisor-review" };
        (await As("will").Post($"{file}/meetings", review)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await As("sue").Post($"{file}/meetings", review)).Expect(HttpStatusCode.Created);
        await Record(file, "meetings", new { source = "m2", on = "2026-03-02", what = "closing-meeting" });
        var closing = new { reason = "Goals met", goalsMet = true, familyView = "Agrees", providerInput = "Agrees", remainingNeeds = "None" };
        var closed = (await As("will").Post($"{plan}/closing", closing)).Expect(HttpStatusCode.Created);
        Assert.Equal("home-c1", (string)closed.Json["fact"]!["source"]!);
        await ExpectStage(plan, "closed");

        Clock.Now = Clock.Now.AddDays(1);
        (await As("sue").Post($"{plan}/reopening", new { reason = "New report" })).Expect(HttpStatusCode.Created);
        await ExpectStage(plan, "awaiting-plan");
    }

    [Fact, Trait("Requirement", "MN-03")]
    public async Task A_placement_begins_a_plan_out_of_home()
    {
        var file = await this.OpenCase("1");

        await Record(file, "placements", new { source = "p1", on = "2026-03-01", child = "daniel", setting = "foster-home" });

        await ExpectStage("/api/plans/sample-1.placed", "awaiting-plan");
        await ExpectStage("/api/plans/sample-1.home", "closed");
    }

    [Fact]
    public async Task The_loop_of_a_plan_that_closes_is_told_once_so_that_it_ends()
    {
        var file = await this.OpenCase("1");

        await Record(file, "placements", new { source = "p1", on = "2026-03-01", child = "daniel", setting = "foster-home" });
        Assert.Contains("plan:sample-1.home", Signalled);

        Signalled.Clear();
        await Record(file, "contacts", new { source = "c1", on = "2026-03-02", what = "family-met" });
        Assert.Equal(["plan:sample-1.placed"], Signalled);
    }

    [Fact]
    public async Task An_approval_given_in_error_is_rescinded()
    {
        var plan = await this.PlanInEffect("1");

        (await As("sue").Post($"{plan}/rescission", new { version = 1, reason = "Wrong child" })).Expect(HttpStatusCode.OK);

        await ExpectStage(plan, "awaiting-plan");
    }

    [Fact]
    public async Task A_deadline_is_explained_and_can_be_excused()
    {
        await this.OpenCase("1");
        var deadlines = (await As("will").Get("/api/plans/sample-1.home/deadlines")).Expect(HttpStatusCode.OK);
        var initial = deadlines.Json.AsArray().Single(each => (string)each!["rule"]! == "default.initial")!;
        Assert.Equal("2026-03-04", (string)initial["due"]!);
        Assert.Contains("30 calendar days", (string)initial["explanation"]!["sentence"]!);

        var excusal = new { occurrence = (string)initial["occurrence"]!, until = "2026-03-20", reason = "Flood" };
        (await As("will").Post("/api/cases/sample-1/excusals", excusal)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await As("sue").Post("/api/cases/sample-1/excusals", excusal)).Expect(HttpStatusCode.Created);

        var after = (await As("will").Get("/api/cases/sample-1/deadlines")).Json.AsArray();
        Assert.Contains(after, each => (string)each!["status"]! == "excused");
    }

    [Fact]
    public async Task Whoever_is_asked_for_something_finds_it_on_their_desk()
    {
        await this.SubmittedPlan("1");

        Assert.Equal("2026-03-02", (string)(await As("will").Get("/api/me")).Json["today"]!);
        Assert.Contains("sample-1", (await As("will").Get("/api/me/agenda")).Text);
        Assert.DoesNotContain("sample-1", (await As("will").Get("/api/me/agenda?until=2026-03-01")).Text);
        Assert.Contains("sample-1", (await As("sue").Get("/api/team/agenda")).Text);
        Assert.DoesNotContain("sample-1", (await As("sid").Get("/api/team/agenda")).Text);
        Assert.True((bool)(await As("sue").Get("/api/approvals")).Json[0]!["mayDecide"]!);
        Assert.Contains((await As("ada").Get("/api/mail?state=waiting")).Json.AsArray(), mail => (string)mail!["kind"]! == "approval-request");
        Assert.Equal(["sample-1"], (await As("will").Get("/api/cases")).Json.AsArray().Select(each => (string)each!["case"]!));
        Assert.Empty((await As("wendy").Get("/api/cases")).Json.AsArray());
        Assert.Contains((await As("otto").Get("/api/plans/sample-1.home/history")).Json["entries"]!.AsArray(), entry => (string)entry!["kind"]! == "submitted");
    }

    private async Task Record(string file, string kind, object fact) => (await As("will").Post($"{file}/{kind}", fact)).Expect(HttpStatusCode.Created);

    private async Task ExpectStage(string plan, string stage) => Assert.Equal(stage, (string)(await As("will").Get(plan)).Expect(HttpStatusCode.OK).Json["stage"]!);
}
