using System.Net;
using CasePlanning.Api.Tests.World;
using CasePlanning.Application.Ports;

namespace CasePlanning.Api.Tests;

/// <summary>A request repeated under its key is done once and answered as the first was.</summary>
public class IdempotencyTests : ApiWorld
{
    private readonly Meeting _meeting = new();

    [Fact]
    public async Task The_same_request_under_the_same_key_is_answered_as_the_first_was()
    {
        var first = (await As("will").Post("/api/cases", Samples.Case("1"), key: "k1")).Expect(HttpStatusCode.Created);
        (await As("will").Post("/api/cases/sample-1/contacts", new { source = "c1", on = "2026-03-01", what = "family-met" })).Expect(HttpStatusCode.Created);
        var before = await this.Snapshot("1");

        var second = (await As("will").Post("/api/cases", Samples.Case("1"), key: "k1")).Expect(HttpStatusCode.Created);

        Assert.False(first.WasReplayed);
        Assert.True(second.WasReplayed);
        Assert.Equal((first.Text, first.ETag, first.Location), (second.Text, second.ETag, second.Location));
        Assert.Equal(before, await this.Snapshot("1"));
    }

    [Fact]
    public async Task Progress_repeated_under_its_key_is_in_the_history_once()
    {
        var plan = await this.PlanInEffect("1");
        var body = new { met = "yes", narrative = "Went every day" };

        (await As("will").Put($"{plan}/progress/4", body, key: "k")).Expect(HttpStatusCode.OK);
        Assert.True((await As("will").Put($"{plan}/progress/4", body, key: "k")).Expect(HttpStatusCode.OK).WasReplayed);

        Assert.Single(await Stores.Cases.History("sample-1", default), entry => entry.Kind == "progress");
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused_and_saves_nothing()
    {
        await this.OpenCase("1");
        (await As("will").Post("/api/cases/sample-1/contacts", new { source = "c1", on = "2026-03-01", what = "family-met" }, key: "k")).Expect(HttpStatusCode.Created);
        var before = await this.Snapshot("1");

        (await As("will").Post("/api/cases/sample-1/contacts", new { source = "c2", on = "2026-03-01", what = "family-met" }, key: "k")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "key-reused");

        Assert.Equal(before, await this.Snapshot("1"));
    }

    [Fact]
    public async Task The_same_key_with_the_same_body_for_another_case_is_refused()
    {
        await this.OpenCase("1");
        await this.OpenCase("2");
        var contact = new { source = "c1", on = "2026-03-01", what = "family-met" };
        (await As("will").Post("/api/cases/sample-1/contacts", contact, key: "k")).Expect(HttpStatusCode.Created);

        (await As("will").Post("/api/cases/sample-2/contacts", contact, key: "k")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "key-reused");
    }

    [Fact]
    public async Task A_key_is_the_callers_own_and_its_operations_own()
    {
        await this.OpenCase("1");
        (await As("will").Post("/api/cases/sample-1/contacts", new { source = "c1", on = "2026-03-01", what = "family-met" }, key: "k")).Expect(HttpStatusCode.Created);

        (await As("sue").Post("/api/cases/sample-1/contacts", new { source = "c2", on = "2026-03-01", what = "family-met" }, key: "k")).Expect(HttpStatusCode.Created);
        (await As("will").Post("/api/cases/sample-1/meetings", new { source = "m1", on = "2026-03-01", what = "family-team" }, key: "k")).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task After_24_hours_the_key_is_free_again()
    {
        await this.OpenCase("1");
        var contact = new { source = "c1", on = "2026-03-01", what = "family-met" };
        (await As("will").Post("/api/cases/sample-1/contacts", contact, key: "k")).Expect(HttpStatusCode.Created);

        Clock.Now = Clock.Now.AddHours(23);
        Assert.True((await As("will").Post("/api/cases/sample-1/contacts", contact, key: "k")).WasReplayed);
        Clock.Now = Clock.Now.AddHours(2);
        Assert.False((await As("will").Post("/api/cases/sample-1/contacts", contact, key: "k")).Expect(HttpStatusCode.OK).WasReplayed);
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        await this.OpenCase("1");
        (await As("will").Post("/api/plans/sample-1.home/submission", key: "k")).ExpectProblem(HttpStatusCode.Conflict, "wrong-stage");
        (await As("will").Post("/api/plans/sample-1.home/versions", new { kind = "initial", planDate = "2026-03-02" })).Expect(HttpStatusCode.Created);
        (await As("will").Put("/api/plans/sample-1.home/versions/1", Samples.Draft(), ifMatch: "\"1\"")).Expect(HttpStatusCode.OK);

        Assert.False((await As("will").Post("/api/plans/sample-1.home/submission", key: "k")).Expect(HttpStatusCode.OK).WasReplayed);
        Assert.True((await As("will").Post("/api/plans/sample-1.home/submission", key: "k")).Expect(HttpStatusCode.OK).WasReplayed);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("two words", 1)]
    [InlineData("x", 201)]
    public async Task A_key_that_is_none_is_a_400(string text, int times)
    {
        var answer = await As("will").Post("/api/cases", Samples.Case("1"), key: string.Concat(Enumerable.Repeat(text, times)));

        answer.ExpectProblem(HttpStatusCode.BadRequest, "unreadable");
        (await As("will").Get("/api/cases/sample-1")).Expect(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("contacts", """{"source":"c1","on":"2026-03-01","what":"family-met"}""", HttpStatusCode.Created)]
    [InlineData("progress", """{"met":"yes","narrative":"Went every day"}""", HttpStatusCode.OK)]
    [InlineData("reviews", """{"attended":"Family, worker"}""", HttpStatusCode.Created)]
    [InlineData("update-start", null, HttpStatusCode.OK)]
    public async Task Two_requests_at_once_under_one_key_are_one(string act, string? body, HttpStatusCode status)
    {
        var plan = await this.PlanInEffect("1");
        var path = act == "contacts" ? "/api/cases/sample-1/contacts" : act == "progress" ? $"{plan}/progress/4" : $"{plan}/{act}";
        var method = act == "progress" ? HttpMethod.Put : HttpMethod.Post;
        var version = (await Stores.Cases.Find("sample-1", default))!.Version;
        _meeting.Expect(2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => As("will").Send(method, path, World.Client.Json(body), key: "k")));

        Assert.All(answers, answer => answer.Expect(status));
        Assert.Single(answers, answer => answer.WasReplayed);
        Assert.Equal(answers[0].Text, answers[1].Text);
        Assert.Equal(version + 1, (await Stores.Cases.Find("sample-1", default))!.Version);
    }

    [Fact]
    public async Task Two_openings_at_once_under_one_key_are_one()
    {
        _meeting.Expect(2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => As("will").Post("/api/cases", Samples.Case("1"), key: "k")));

        Assert.All(answers, answer => answer.Expect(HttpStatusCode.Created));
        Assert.Single(answers, answer => answer.WasReplayed);
        Assert.Equal(1, (await Stores.Cases.Find("sample-1", default))!.Version);
    }

    [Fact]
    public async Task Two_bodies_at_once_under_one_key_are_one_and_a_refusal()
    {
        await this.OpenCase("1");
        _meeting.Expect(2);

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(number =>
            As("will").Post("/api/cases/sample-1/contacts", new { source = $"c{number}", on = "2026-03-01", what = "family-met" }, key: "k")));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.UnprocessableEntity).ExpectProblem(HttpStatusCode.UnprocessableEntity, "key-reused");
        Assert.Single((await Stores.Cases.Find("sample-1", default))!.File.Facts.OfType<Domain.Cases.Contact>());
    }

    protected override ICaseStore Cases(ICaseStore cases) => new MeetingStore(cases, _meeting);

    /// <summary>Has requests wait for each other once all have found nothing under their key.</summary>
    private sealed class Meeting
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _missing;

        public void Expect(int requests) => _missing = requests;

        public Task Wait()
        {
            var left = Interlocked.Decrement(ref _missing);
            if (left == 0)
            {
                _all.SetResult();
            }

            return left >= 0 ? _all.Task : Task.CompletedTask;
        }
    }

    private sealed class MeetingStore(ICaseStore inner, Meeting meeting) : ForwardingCaseStore(inner)
    {
        public override async Task<StoredReply?> FindReply(string key, DateTimeOffset now, CancellationToken ct)
        {
            var found = await base.FindReply(key, now, ct);
            await meeting.Wait();
            return found;
        }
    }
}
