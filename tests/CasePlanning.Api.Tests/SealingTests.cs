using System.Net;
using System.Text.Json.Nodes;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests;

/// <summary>Who a case is open to can be changed, by those it is open to, and never so that nobody can decide on it.</summary>
public sealed class SealingTests : ApiWorld
{
    private const string Case = "/api/cases/sample-1";

    [Fact]
    public async Task A_supervisor_seals_a_case_and_opens_it_again_on_record()
    {
        await this.SubmittedPlan("1");

        var closed = (await Seal("sue", ["sue", "will", "sue"], "Threats against the family")).Expect(HttpStatusCode.OK);

        Assert.Equal(["sue", "will"], closed.Json["openTo"]!.AsArray().Select(each => (string)each!));
        (await As("ada").Get(Case)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await As("max").Get("/api/plans/sample-1.home")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(closed.ETag, (await As("will").Get(Case)).Expect(HttpStatusCode.OK).ETag);

        (await Seal("sue", null, "The threats have ended")).Expect(HttpStatusCode.OK);

        (await As("ada").Get(Case)).Expect(HttpStatusCode.OK);
        var entries = (await As("ada").Get($"{Case}/history")).Json["entries"]!.AsArray();
        Assert.Equal(("sue", "The case was sealed to sue, will.", "Threats against the family"), Told(entries, "sealed"));
        Assert.Equal(("sue", "The case was unsealed.", "The threats have ended"), Told(entries, "unsealed"));
        Assert.Equal("""["sue","will"]""", (string)entries.Single(each => (string)each!["kind"]! == "unsealed")!["before"]!);
    }

    [Fact]
    public async Task It_is_for_the_supervisor_or_an_administrator_who_sees_the_case()
    {
        await this.OpenCase("1", "will", "sue");

        (await As("will").Put($"{Case}/sealing", new { openTo = new[] { "will", "sue", "ada" }, reason = "Ada helps" }, ifMatch: "\"1\"")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await As("ada").Put($"{Case}/sealing", new { openTo = new[] { "ada" }, reason = "Mine" }, ifMatch: "\"1\"")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await Seal("sue", ["sue", "ada"], "Ada helps")).Expect(HttpStatusCode.OK);
        (await Seal("ada", ["ada"], "Sue is a relative")).Expect(HttpStatusCode.OK);
        (await As("sue").Get(Case)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Everything_that_stands_against_it_is_said_and_nothing_is_saved()
    {
        await this.OpenCase("1");
        var before = await this.Snapshot("1");

        Assert.Equal(["openTo", "openTo", "openTo", "reason"], await Refused(["will", "gone", "nobody"], " ")); // the last: nobody who can decide
        Assert.Equal(["openTo"], await Refused([], "Why not"));
        Assert.Equal(["openTo"], await Refused(["will", "sid", "otto"], "A supervisor of another unit decides nothing here"));
        (await As("sue").Put($"{Case}/sealing", new { reason = "Without saying to whom" }, ifMatch: "\"1\"")).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");

        Assert.Equal(before, await this.Snapshot("1"));

        async Task<string[]> Refused(string[] openTo, string reason) =>
            [.. (await Seal("sue", openTo, reason)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid").Violations.Select(violation => violation.Field!)];
    }

    [Fact]
    public async Task It_is_changed_from_the_revision_that_was_read()
    {
        await this.OpenCase("1");
        var read = (await As("sue").Get(Case)).ETag;
        (await As("max").Put($"{Case}/sealing", new { openTo = new[] { "sue", "max" }, reason = "First" }, ifMatch: read)).Expect(HttpStatusCode.OK);

        (await As("sue").Put($"{Case}/sealing", new { openTo = (string[]?)null, reason = "Second" }, ifMatch: read)).ExpectProblem(HttpStatusCode.PreconditionFailed, "stale");
        (await As("sue").Put($"{Case}/sealing", new { openTo = (string[]?)null, reason = "Second" })).ExpectProblem(HttpStatusCode.PreconditionRequired, "if-match-missing");
    }

    [Fact]
    public async Task A_sealed_case_whose_supervisor_has_left_is_opened_by_an_administrator_on_record()
    {
        await this.OpenCase("1", "will", "sue");
        var recovery = new { openTo = new[] { "will", "sid" }, reason = "Sue has left; Sid leads the north unit." };
        (await As("ada").Post($"{Case}/sealing/recovery", recovery)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await As("ada").Put("/api/people/sue", new { name = "sue", email = "sue@sample.org", subject = "sue", roles = new[] { "supervisor" }, active = false })).Expect(HttpStatusCode.OK);

        (await As("ada").Get(Case)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        var refused = (await As("ada").Post($"{Case}/sealing/recovery", recovery)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Contains("can decide", Assert.Single(refused.Violations).Message); // Sid isn't the unit's supervisor yet
        (await As("ada").Put("/api/units/north", new { name = "North", supervisor = "sid", manager = "max" })).Expect(HttpStatusCode.OK);

        (await As("ada").Post($"{Case}/sealing/recovery", recovery)).Expect(HttpStatusCode.OK);

        (await As("ada").Get(Case)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        var (by, what, reason) = Told((await As("sid").Get($"{Case}/history")).Expect(HttpStatusCode.OK).Json["entries"]!.AsArray(), "sealed");
        Assert.Equal(("ada", recovery.reason), (by, reason));
        Assert.Equal("The sealed case, on which nobody it was open to could decide, was opened to will, sid.", what);
        (await As("ada").Post($"{Case}/sealing/recovery", recovery)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_case_that_is_not_sealed_needs_no_recovery()
    {
        await this.OpenCase("1");

        (await As("ada").Post($"{Case}/sealing/recovery", new { openTo = new[] { "ada" }, reason = "To be sure" })).ExpectProblem(HttpStatusCode.Conflict, "wrong-stage");
    }

    private async Task<Answer> Seal(string person, string[]? openTo, string reason) =>
        await As(person).Put($"{Case}/sealing", new { openTo, reason }, ifMatch: (await As(person).Get(Case)).ETag);

    private static (string By, string What, string Reason) Told(JsonArray entries, string kind)
    {
        var entry = entries.Single(each => (string)each!["kind"]! == kind)!;
        return ((string)entry["by"]!, (string)entry["what"]!, (string)entry["reason"]!);
    }
}
