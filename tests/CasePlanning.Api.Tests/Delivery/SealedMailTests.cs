using System.Net;
using CasePlanning.Api.Tests.World;
using CasePlanning.Application.Ports;

namespace CasePlanning.Api.Tests.Delivery;

/// <summary>Mail that was stored before a case was sealed keeps to the seal.</summary>
public class SealedMailTests : DeliveryWorld
{
    [Fact]
    public async Task Of_a_sealed_case_an_administrator_learns_the_number_and_nothing_else()
    {
        (await As("will").Post("/api/cases", Samples.Case("1", "will", "sue", "max"))).Expect(HttpStatusCode.Created);
        var plan = "/api/plans/sample-1.home";
        (await As("will").Post($"{plan}/versions", new { kind = "initial", planDate = "2026-03-02" })).Expect(HttpStatusCode.Created);
        (await As("will").Put($"{plan}/versions/1", Samples.Draft(), ifMatch: "\"1\"")).Expect(HttpStatusCode.OK);
        (await As("will").Post($"{plan}/submission")).Expect(HttpStatusCode.OK);
        Mails.Refusing.Add("sue");

        await Dispatch();

        var told = (await Mail()).Where(message => message.Kind == MessageKind.Undelivered).ToDictionary(message => message.Person, StringComparer.Ordinal);
        Assert.Contains("plan to approve", told["max"].Text);
        Assert.Contains("case 1 ", told["ada"].Text);
        Assert.DoesNotContain("approv", told["ada"].Text + told["ada"].Html + told["ada"].Subject);
    }

    [Fact]
    public async Task A_digest_that_was_held_up_goes_out_without_a_case_sealed_to_others_since_which_waits_for_them()
    {
        await this.OpenCase("1");
        await this.OpenCase("2");
        var digest = await DigestOf("will");
        Assert.Contains("Case 1", digest.Text);
        (await As("sue").Put("/api/cases/sample-1/sealing", new { openTo = new[] { "sue", "max" }, reason = "A relative" }, ifMatch: "\"1\"")).Expect(HttpStatusCode.OK);
        Clock.Now = Clock.Now.AddHours(1);

        await Dispatch();

        var sent = Assert.Single(Mails.Sent, message => message.Person == "will");
        Assert.Equal(digest.Id, sent.Id);
        Assert.DoesNotContain("Case 1", sent.Text + sent.Html + sent.Subject);
        Assert.Contains("Case 2", sent.Text);
        Assert.Equal(sent.Text, (await Stores.Outbox.Find(digest.Id, default))!.Text);
        Assert.Equal("1", Assert.Single((await Stores.Inbox.Waiting("sue", default)).Select(item => item.CaseNumber).Distinct()));
        Assert.DoesNotContain((await As("sue").Get("/api/cases/sample-1/history")).Json["told"]!.AsArray(), told => (string)told!["person"]! == "will");
    }

    [Fact]
    public async Task What_waits_for_a_digest_when_a_case_is_sealed_waits_for_those_it_is_sealed_to()
    {
        await this.OpenCase("1");
        await Raise();
        Assert.NotEmpty(await Stores.Inbox.Waiting("will", default));
        (await As("sue").Put("/api/cases/sample-1/sealing", new { openTo = new[] { "sue", "max" }, reason = "A relative" }, ifMatch: "\"1\"")).Expect(HttpStatusCode.OK);
        Clock.Now = (await Stores.Inbox.Waiting("will", default)).Max(item => item.NotBefore);
        await Digests();

        Assert.Empty(await Mail());
        Assert.Empty(await Stores.Inbox.Waiting("will", default));
        Assert.Equal("the worker can't be reached and has no cover", (await Stores.Inbox.Waiting("sue", default)).Select(item => item.Because).Distinct().Single());
    }

    [Fact]
    public async Task A_request_is_not_sent_to_whom_its_case_was_sealed_from_and_asked_of_whom_it_falls_to()
    {
        await this.SubmittedPlan("1");
        var revision = (await As("max").Get("/api/cases/sample-1")).ETag;
        (await As("max").Put("/api/cases/sample-1/sealing", new { openTo = new[] { "will", "max" }, reason = "Sue is a relative" }, ifMatch: revision)).Expect(HttpStatusCode.OK);

        await Dispatch();

        var sent = Assert.Single(Mails.Sent);
        Assert.Equal(("max", MessageKind.ApprovalRequest), (sent.Person, sent.Kind));
        Assert.Equal("The case was sealed to others.", Assert.Single(await Mail(MessageState.Dead)).LastError);
        Assert.DoesNotContain(await Mail(), message => message.Kind == MessageKind.Undelivered);
        (await As("max").Post("/api/plans/sample-1.home/decision", new { kind = "approve" })).Expect(HttpStatusCode.OK);
    }
}

/// <inheritdoc cref="SqliteLifecycleTests"/>
public sealed class SqliteSealedMailTests : SealedMailTests
{
    public SqliteSealedMailTests() => KeepOnDisk();
}
