using System.Net;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests;

/// <summary>Nobody's changes are lost: a draft is saved from the revision its writer read.</summary>
public sealed class RevisionTests : ApiWorld
{
    [Theory]
    [InlineData(null, HttpStatusCode.PreconditionRequired, "if-match-missing")]
    [InlineData("*", HttpStatusCode.PreconditionRequired, "if-match-missing")]
    [InlineData("\"7\"", HttpStatusCode.PreconditionFailed, "stale")]
    [InlineData("W/\"1\"", HttpStatusCode.PreconditionFailed, "stale")]
    [InlineData("\"one\"", HttpStatusCode.PreconditionFailed, "stale")]
    [InlineData("1", HttpStatusCode.BadRequest, "unreadable")]
    [InlineData("\"1\", \"2\"", HttpStatusCode.BadRequest, "unreadable")]
    public async Task A_draft_is_saved_only_under_the_ETag_it_was_read_at(string? ifMatch, HttpStatusCode status, string code)
    {
        var plan = await this.DraftPlan("1");
        var before = await this.Snapshot("1");

        (await As("will").Put($"{plan}/versions/1", Samples.Draft(), ifMatch: ifMatch)).ExpectProblem(status, code);

        Assert.Equal(before, await this.Snapshot("1"));
    }

    [Fact]
    public async Task Of_two_writers_the_second_is_told_and_can_repeat_the_change()
    {
        var plan = await this.DraftPlan("1");
        var read = (await As("will").Get($"{plan}/versions/1")).ETag;
        Assert.Equal("\"2\"", (await As("will").Put($"{plan}/versions/1", Samples.Draft(), ifMatch: read)).Expect(HttpStatusCode.OK).ETag);

        (await As("will").Put($"{plan}/versions/1", Samples.Draft("2026-03-03"), ifMatch: read)).ExpectProblem(HttpStatusCode.PreconditionFailed, "stale");

        var again = (await As("will").Get($"{plan}/versions/1")).ETag;
        (await As("will").Put($"{plan}/versions/1", Samples.Draft("2026-03-03"), ifMatch: again)).Expect(HttpStatusCode.OK);
        Assert.Equal("2026-03-03", (string)(await As("will").Get($"{plan}/versions/1")).Json["version"]!["planDate"]!);
    }

    [Fact]
    public async Task Of_many_writers_at_once_one_is_saved()
    {
        var plan = await this.DraftPlan("1");

        var answers = await Task.WhenAll(Enumerable.Range(3, 8).Select(day => As("will").Put($"{plan}/versions/1", Samples.Draft($"2026-03-{day:D2}"), ifMatch: "\"1\"")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => answer.ExpectProblem(HttpStatusCode.PreconditionFailed, "stale"));
        Assert.Equal("\"2\"", (await As("will").Get($"{plan}/versions/1")).ETag);
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back()
    {
        var plan = await this.ReadyPlan("1");
        var read = await As("will").Get($"{plan}/versions/1");
        var body = new { planDate = "2026-03-02", focusChildren = new[] { "daniel" }, participants = new[] { "theresa" }, content = read.Json["content"] };

        (await As("will").Put($"{plan}/versions/1", body, ifMatch: read.ETag)).Expect(HttpStatusCode.OK);

        Assert.Equal("3", (await As("will").Get($"{plan}/versions/1")).ETag!.Trim('"'));
    }

    [Fact]
    public async Task The_content_of_another_version_is_not_saved_under_this_one()
    {
        var plan = await this.DraftPlan("1");
        var body = new { planDate = "2026-03-02", focusChildren = new[] { "daniel" }, content = new { plan = "sample-1.home", version = 2 } };

        var answer = (await As("will").Put($"{plan}/versions/1", body, ifMatch: "\"1\"")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");

        Assert.Equal("content.version", answer.Violations.Single().Field);
    }

    [Fact]
    public async Task A_version_longer_than_every_store_can_carry_is_refused()
    {
        var plan = await this.DraftPlan("1");
        var before = await this.Snapshot("1");
        var body = new { planDate = "2026-03-02", focusChildren = new[] { "daniel" }, content = new { appropriateness = new string('x', 600_001) } };

        var answer = (await As("will").Put($"{plan}/versions/1", body, ifMatch: "\"1\"")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");

        Assert.Equal("content", answer.Violations.Single().Field);
        Assert.Equal(before, await this.Snapshot("1"));
    }

    [Fact]
    public async Task A_plan_and_a_case_carry_their_revision()
    {
        var file = await this.OpenCase("1");
        var before = (await As("will").Get(file)).ETag;
        (await As("will").Post($"{file}/contacts", new { source = "c1", on = "2026-03-01", what = "family-met" })).Expect(HttpStatusCode.Created);

        Assert.NotEqual(before, (await As("will").Get(file)).ETag);
        Assert.Equal("\"1\"", (await As("will").Get("/api/plans/sample-1.home")).ETag);
    }

    [Fact]
    public async Task A_decision_can_name_the_request_it_was_made_on()
    {
        var plan = await this.SubmittedPlan("1");
        (await As("will").Post($"{plan}/recall")).Expect(HttpStatusCode.OK);
        (await As("will").Post($"{plan}/submission")).Expect(HttpStatusCode.OK);
        var before = await this.Snapshot("1");

        (await As("sue").Post($"{plan}/decision", new { kind = "approve", request = "sample-1.home.v1.1" })).ExpectProblem(HttpStatusCode.PreconditionFailed, "stale");
        Assert.Equal(before, await this.Snapshot("1"));
        (await As("sue").Post($"{plan}/decision", new { kind = "approve", request = "sample-1.home.v1.2" })).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_change_of_a_person_made_from_an_old_reading_is_refused()
    {
        var person = new { name = "Will", email = "will@sample.org", subject = "will", unit = "north", roles = new[] { "worker" } };
        var changed = (await As("ada").Put("/api/people/will", person, ifMatch: "\"1\"")).Expect(HttpStatusCode.OK);
        Assert.Equal("\"2\"", changed.ETag);

        (await As("ada").Put("/api/people/will", person, ifMatch: "\"1\"")).ExpectProblem(HttpStatusCode.PreconditionFailed, "stale");
        (await As("ada").Put("/api/people/will", person)).Expect(HttpStatusCode.OK);
    }
}
