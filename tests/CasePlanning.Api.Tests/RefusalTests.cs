using System.Net;
using CasePlanning.Api.Pipeline;
using CasePlanning.Api.Tests.World;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Api.Tests;

/// <summary>A refusal names every rule or field in a sentence, and leaves everything as it was.</summary>
public sealed class RefusalTests : ApiWorld
{
    public static TheoryData<string, string, string, string?, HttpStatusCode, string, string?> Refused => new()
    {
        { "will", "POST", "/api/plans/sample-1.home/submission", null, HttpStatusCode.Conflict, "not-ready", "content.cps.goals" },
        { "will", "POST", "/api/plans/sample-1.home/versions", """{"kind":"initial","planDate":"2026-03-02"}""", HttpStatusCode.Conflict, "wrong-stage", null },
        { "will", "POST", "/api/plans/sample-1.home/update-start", null, HttpStatusCode.Conflict, "wrong-stage", null },
        { "will", "DELETE", "/api/plans/sample-1.home/update-start", null, HttpStatusCode.Conflict, "wrong-stage", null },
        { "will", "POST", "/api/plans/sample-1.home/recall", null, HttpStatusCode.Conflict, "wrong-stage", null },
        { "sue", "POST", "/api/plans/sample-1.home/decision", """{"kind":"approve"}""", HttpStatusCode.Conflict, "wrong-stage", null },
        { "sue", "POST", "/api/plans/sample-1.home/rescission", """{"version":1,"reason":"x"}""", HttpStatusCode.Conflict, "wrong-stage", null },
        { "sue", "POST", "/api/plans/sample-1.home/rescission", """{"version":9,"reason":"x"}""", HttpStatusCode.NotFound, "not-found", null },
        { "sue", "POST", "/api/plans/sample-1.home/reopening", """{"reason":"x"}""", HttpStatusCode.Conflict, "wrong-stage", null },
        { "will", "PUT", "/api/plans/sample-1.home/progress/4", """{"met":"yes","narrative":"x"}""", HttpStatusCode.Conflict, "wrong-stage", "kind" },
        { "will", "PUT", "/api/plans/sample-1.home/versions/1", """{"planDate":"2026-03-02","endDate":"2026-03-01","focusChildren":[],"participants":["nobody"],"content":{"courtNumbers":["7"]}}""", HttpStatusCode.UnprocessableEntity, "invalid", "focusChildren" },
        { "will", "PUT", "/api/plans/sample-1.home/versions/1", """{"planDate":"2026-03-02","focusChildren":["daniel"],"content":{"courtNumbers":["7"]}}""", HttpStatusCode.UnprocessableEntity, "invalid", "content.courtNumbers" },
        { "will", "DELETE", "/api/plans/sample-1.home/versions/7", null, HttpStatusCode.NotFound, "not-found", null },
        { "will", "POST", "/api/plans/sample-1.home/closing", """{"reason":"Done"}""", HttpStatusCode.Conflict, "not-ready", "familyView" },
        { "will", "POST", "/api/plans/sample-1.home/reviews", """{"attended":" "}""", HttpStatusCode.UnprocessableEntity, "invalid", "attended" },
        { "will", "POST", "/api/plans/sample-1.home/reviews", """{"attended":"All","on":"2026-03-03"}""", HttpStatusCode.UnprocessableEntity, "invalid", "on" },
        { "will", "POST", "/api/plans/sample-1.placed/reviews", """{"attended":"All"}""", HttpStatusCode.NotFound, "not-found", null },
        { "will", "POST", "/api/cases/sample-1/excusals", """{"occurrence":"o","until":"2026-03-09","reason":"x"}""", HttpStatusCode.Forbidden, "forbidden", null },
        { "sue", "POST", "/api/cases/sample-1/excusals", """{"occurrence":"o","until":"2026-03-09","reason":"x"}""", HttpStatusCode.NotFound, "not-found", null },
        { "wendy", "POST", "/api/cases/sample-1/contacts", """{"source":"c","on":"2026-03-01","what":"family-met"}""", HttpStatusCode.NotFound, "not-found", null },
        { "will", "POST", "/api/cases/sample-1/participants", """{"source":"daniel","on":"2026-02-02","name":"Dan","role":"focus-child"}""", HttpStatusCode.Conflict, "already-recorded", null },
        { "will", "POST", "/api/cases/sample-1/participants", """{"source":"a b","on":"2026-03-09","name":"","role":"child","birthDate":"1899-01-01"}""", HttpStatusCode.UnprocessableEntity, "invalid", "name" },
        { "will", "POST", "/api/cases/sample-1/placements", """{"source":"p","on":"2026-03-01","child":"theresa","setting":"shelter"}""", HttpStatusCode.UnprocessableEntity, "invalid", "child" },
        { "will", "POST", "/api/cases/sample-1/assignments", """{"source":"a2","on":"2026-03-01","person":"nobody"}""", HttpStatusCode.UnprocessableEntity, "invalid", "person" },
        { "will", "POST", "/api/cases/sample-1/participants/daniel/correction", """{"reason":" ","fact":{"source":"daniel","on":"2026-02-02","name":"Dan","role":"focus-child"}}""", HttpStatusCode.UnprocessableEntity, "invalid", "reason" },
        { "will", "POST", "/api/cases/sample-1/participants/daniel/correction", """{"reason":"x","fact":{"source":"other","on":"2026-02-02","name":"Dan","role":"focus-child"}}""", HttpStatusCode.UnprocessableEntity, "invalid", "fact.source" },
        { "will", "POST", "/api/cases/sample-1/contacts/none/withdrawal", """{"reason":"x"}""", HttpStatusCode.NotFound, "not-found", null },
        { "will", "POST", "/api/cases", """{"number":"1","openedOn":"2026-02-03"}""", HttpStatusCode.Conflict, "already-recorded", null },
        { "will", "POST", "/api/cases", """{"number":"a b","openedOn":"2026-03-09","unit":"none","sealedTo":["nobody"]}""", HttpStatusCode.UnprocessableEntity, "invalid", "number" },
    };

    [Theory, MemberData(nameof(Refused)), Trait("Requirement", "CA-25")]
    public async Task A_refusal_names_what_is_wrong_and_saves_nothing(string person, string method, string path, string? body, HttpStatusCode status, string code, string? field)
    {
        await this.DraftPlan("1");
        var before = await this.Snapshot("1");

        var answer = await As(person).Send(new HttpMethod(method), path, World.Client.Json(body), ifMatch: "\"1\"");

        answer.ExpectProblem(status, code);
        if (field is not null)
        {
            Assert.Contains(answer.Violations, violation => violation.Field == field);
        }

        Assert.All(answer.Violations, violation => Assert.EndsWith(".", violation.Message, StringComparison.Ordinal));
        Assert.Equal(before, await this.Snapshot("1"));
        Assert.Empty(Log.Errors);
    }

    [Fact, Trait("Requirement", "CA-25")]
    public async Task Everything_wrong_with_a_draft_is_said_at_once_with_rule_and_source()
    {
        var plan = await this.DraftPlan("1");

        var answer = (await As("will").Get($"{plan}/readiness")).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(12, answer["unmet"]!.AsArray().Count);
        Assert.All(answer["unmet"]!.AsArray(), unmet => Assert.False(string.IsNullOrWhiteSpace((string?)unmet!["source"])));
    }

    [Fact, Trait("Requirement", "CA-26")]
    public async Task Nobody_approves_what_they_submitted_themselves()
    {
        var plan = await this.ReadyPlan("1");
        (await As("sue").Post($"{plan}/submission")).Expect(HttpStatusCode.OK);

        (await As("sue").Post($"{plan}/decision", new { kind = "approve" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task What_is_more_than_one_save_can_hold_is_refused_and_leaves_the_case_as_it_was()
    {
        await this.OpenCase("1");
        var record = (await Stores.Cases.Find("sample-1", default))!;
        var contacts = Enumerable.Range(0, 400).Select(number => new Contact { Source = $"c{number}", On = new DateOnly(2026, 3, 1), What = ContactKind.FamilyMet, Narrative = new string('a', 8_000) }).ToArray();
        var room = contacts.Length;
        while (await Stores.Cases.Save(Holding(contacts[..room]), default) != SaveOutcome.Saved)
        {
            room--;
        }

        var before = await this.Snapshot("1");

        var answer = await As("will").Post("/api/cases/sample-1/contacts", new { source = "more", on = "2026-03-01", what = "family-met", narrative = new string('€', 8_000) });

        answer.ExpectProblem(HttpStatusCode.UnprocessableEntity, "over-limit");
        Assert.Contains("3,000,000 bytes", answer.Text);
        Assert.Equal(before, await this.Snapshot("1"));

        CaseChange Holding(IEnumerable<Fact> facts) =>
            new() { Case = "sample-1", ExpectedVersion = record.Version, File = record.File with { Facts = [.. record.File.Facts, .. facts] } };
    }

    [Fact]
    public void Every_refusal_has_one_row_in_the_table_of_problems()
    {
        Problems.CheckComplete();
        Assert.Equal(
            ["already-recorded", "forbidden", "invalid", "key-reused", "not-found", "not-ready", "over-limit", "stale", "wrong-stage"],
            typeof(Refusal).GetNestedTypes().Select(type => Problems.Of((Refusal)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type)).Code).Order(StringComparer.Ordinal));
        Assert.Equal(Problems.All.Count(), Problems.All.Select(kind => kind.Code).Distinct().Count());
    }

    [Fact]
    public void A_refusal_and_its_row_carry_the_same_code()
    {
        Refusal[] refusals =
        [
            new Refusal.NotFound("x"), new Refusal.Forbidden("x"), new Refusal.Invalid([]), new Refusal.WrongStage("x", []),
            new Refusal.NotReady("x", []), new Refusal.AlreadyRecorded("x"), new Refusal.Stale("x"), new Refusal.KeyReused(),
            new Refusal.OverLimit("x"),
        ];

        Assert.All(refusals, refusal => Assert.Equal(refusal.Code, Problems.Of(refusal).Code));
    }
}
