using System.Net;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests;

/// <summary>Facts are recorded once under their source's id, corrected and withdrawn with a reason.</summary>
public sealed class FactTests : ApiWorld
{
    [Theory]
    [InlineData("participants", """{"source":"x","on":"2026-03-01","name":"Raul","role":"parent"}""", """{"source":"x","on":"2026-03-01","name":"Raoul","role":"parent"}""")]
    [InlineData("placements", """{"source":"x","on":"2026-03-01","child":"daniel","setting":"shelter"}""", """{"source":"x","on":"2026-02-28","child":"daniel","setting":"shelter"}""")]
    [InlineData("determinations", """{"source":"x","on":"2026-03-01","what":"services-needed"}""", """{"source":"x","on":"2026-03-01","what":"continuance"}""")]
    [InlineData("assessments", """{"source":"x","on":"2026-03-01","what":"safety","safetyConcerns":true}""", """{"source":"x","on":"2026-03-01","what":"safety"}""")]
    [InlineData("legal-records", """{"source":"x","on":"2026-03-01","courtNumber":"JD-1"}""", """{"source":"x","on":"2026-03-01","courtNumber":"JD-2"}""")]
    [InlineData("assignments", """{"source":"x","on":"2026-03-01","person":"wendy","primary":false}""", """{"source":"x","on":"2026-03-02","person":"wendy","primary":false}""")]
    [InlineData("contacts", """{"source":"x","on":"2026-03-01","what":"family-met"}""", """{"source":"x","on":"2026-03-01","what":"caseworker-visit"}""")]
    [InlineData("meetings", """{"source":"x","on":"2026-03-01","what":"family-team"}""", """{"source":"x","on":"2026-03-01","what":"court-review"}""")]
    [InlineData("tools", """{"source":"x","on":"2026-03-01","what":"child-wellbeing","child":"daniel"}""", """{"source":"x","on":"2026-02-28","what":"child-wellbeing","child":"daniel"}""")]
    public async Task A_fact_is_recorded_once_corrected_and_withdrawn(string kind, string body, string corrected)
    {
        var file = await this.OpenCase("1");
        var recorded = (await As("will").Post($"{file}/{kind}", body)).Expect(HttpStatusCode.Created);
        Assert.Equal($"{file}/{kind}/x", recorded.Location);
        Assert.Equal(("will", "2026-03-02"), ((string)recorded.Json["fact"]!["recordedBy"]!, (string)recorded.Json["fact"]!["recordedOn"]!));
        var before = await this.Snapshot("1");

        Assert.False((bool)(await As("will").Post($"{file}/{kind}", body)).Expect(HttpStatusCode.OK).Json["new"]!);
        (await As("will").Post($"{file}/{kind}", corrected)).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");
        Assert.Equal(before, await this.Snapshot("1"));

        var fixedUp = (await As("will").Post($"{file}/{kind}/x/correction", $$"""{"reason":"A slip","fact":{{corrected}}}""")).Expect(HttpStatusCode.OK);
        Assert.Equal(2, (int)fixedUp.Json["fact"]!["revision"]!);
        (await As("will").Post($"{file}/{kind}/x/withdrawal", new { reason = "Another case's" })).Expect(HttpStatusCode.OK);

        var read = (await As("otto").Get(recorded.Location!)).Expect(HttpStatusCode.OK).Json["fact"]!;
        Assert.Equal("Another case's", (string)read["withdrawn"]!);
        (await As("will").Post($"{file}/{kind}/x/withdrawal", new { reason = "Again" })).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");
        (await As("will").Post($"{file}/{kind}", body)).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");
        var history = (await As("will").Get($"{file}/history")).Json["entries"]!.AsArray().Select(entry => (string)entry!["kind"]!);
        Assert.Equal(["recorded", "corrected", "withdrawn"], history.Where(entry => entry is "recorded" or "corrected" or "withdrawn"));
    }

    [Fact]
    public async Task Correcting_the_opening_moves_the_dates_that_count_from_it()
    {
        var file = await this.OpenCase("1");
        Assert.Equal("2026-03-04", await DueOfInitial());

        (await As("will").Post($"{file}/participants/daniel/correction", new
        {
            reason = "Joined earlier",
            fact = new { source = "daniel", on = "2026-02-01", name = "Daniel", role = "focus-child", personType = "voluntary" },
        })).Expect(HttpStatusCode.OK);
        (await As("will").Post($"{file}/openings/opening/correction", new { reason = "Opened a day earlier", fact = new { source = "opening", on = "2026-02-01" } })).Expect(HttpStatusCode.OK);

        Assert.Equal("2026-03-03", await DueOfInitial());
        (await As("will").Post($"{file}/openings/opening/withdrawal", new { reason = "x" })).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Acts_without_an_id_are_numbered_within_their_plan()
    {
        var plan = await this.PlanInEffect("1");

        (await As("will").Post($"{plan}/reviews", new { attended = "All", source = "home-r2" })).Expect(HttpStatusCode.Created);
        var numbered = (await As("will").Post($"{plan}/reviews", new { attended = "Family" })).Expect(HttpStatusCode.Created);

        Assert.Equal("home-r3", (string)numbered.Json["fact"]!["source"]!);
        Assert.Equal("2026-03-02", (string)numbered.Json["fact"]!["on"]!);
        Assert.Equal("/api/cases/sample-1/reviews/home-r3", numbered.Location);
    }

    [Fact]
    public async Task Acts_at_once_are_each_given_a_number_of_their_own()
    {
        var plan = await this.PlanInEffect("1");

        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => As("will").Post($"{plan}/reviews", new { attended = $"Family and {number}" })));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.Created));
        Assert.Equal(["home-r1", "home-r2", "home-r3", "home-r4"], answers.Select(answer => (string)answer.Json["fact"]!["source"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_review_is_withdrawn_and_a_closing_undone()
    {
        var plan = await this.PlanInEffect("1");
        var review = (await As("will").Post($"{plan}/reviews", new { attended = "All" })).Expect(HttpStatusCode.Created).Location;
        (await As("will").Post($"{review}/withdrawal", new { reason = "Did not take place" })).Expect(HttpStatusCode.OK);

        var moved = new { source = "home-r1", on = "2026-03-02", plan = "sample-1.placed", attended = "All" };
        var answer = (await As("will").Post($"{review}/correction", new { reason = "Other plan", fact = moved })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal("plan", answer.Violations.Single().Field);
    }

    [Fact]
    public async Task An_excuse_is_changed_by_those_who_may_give_it()
    {
        var file = await this.OpenCase("1");
        var occurrence = (string)(await As("will").Get($"{file}/deadlines")).Json.AsArray().First(each => (string)each!["rule"]! == "default.initial")!["occurrence"]!;
        var excusal = (await As("sue").Post($"{file}/excusals", new { occurrence, until = "2026-03-09", reason = "Flood" })).Expect(HttpStatusCode.Created);
        Assert.Equal($"{file}/excusals/e1", excusal.Location);
        var longer = new { reason = "Longer", fact = new { source = "e1", on = "2026-03-02", occurrence, until = "2027-03-09", reason = "Flood" } };

        (await As("will").Post($"{excusal.Location}/correction", longer)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await As("will").Post($"{excusal.Location}/withdrawal", new { reason = "x" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await As("sue").Post($"{excusal.Location}/correction", longer)).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_case_is_opened_once()
    {
        await this.OpenCase("1");
        Clock.Now = Clock.Now.AddMinutes(1);
        var before = await this.Snapshot("1");

        (await As("will").Post("/api/cases", Samples.Case("1"))).Expect(HttpStatusCode.OK);

        Assert.Equal(before, await this.Snapshot("1"));
    }

    [Fact]
    public async Task The_same_fact_twice_in_a_new_case_is_refused()
    {
        var person = new { fact = "participant", source = "daniel", on = "2026-02-02", name = "Daniel", role = "child" };

        var answer = (await As("will").Post("/api/cases", new { number = "1", openedOn = "2026-02-02", facts = new[] { person, person } })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");

        Assert.Contains("twice", answer.Violations.Single().Message);
    }

    private async Task<string> DueOfInitial() =>
        (string)(await As("will").Get("/api/plans/sample-1.home/deadlines")).Json.AsArray().Single(each => (string)each!["rule"]! == "default.initial" && (string)each["status"]! != "void")!["due"]!;
}
