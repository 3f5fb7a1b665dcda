using System.Net;
using CasePlanning.Api.Tests.World;
using CasePlanning.Application.Ports;

namespace CasePlanning.Api.Tests.Delivery;

/// <summary>What a mail service reports afterwards counts as what its server said at once, and stands in the plan's history.</summary>
public class DeliveryReportTests : DeliveryWorld
{
    [Fact]
    public async Task The_plans_history_says_who_was_told_what_when_and_whether_it_arrived()
    {
        await this.SubmittedPlan("1");
        var plan = "/api/plans/sample-1.home";
        await DigestOf("will");
        Assert.Contains("stored", States(await Told(plan)));

        await Dispatch();
        var request = (await Mail(MessageState.Sent)).Single(message => message.Kind == MessageKind.ApprovalRequest);
        await Report(request.Id, "delivered");
        var told = await Told(plan);
        var asked = told.Single(each => (string?)each["message"] == request.Id);
        Assert.Equal(("sue", "delivered", "sue@sample.org"), ((string)asked["person"]!, (string)asked["state"]!, (string)asked["address"]!));
        Assert.Contains(told, each => (string)each["person"]! == "will" && (string)each["state"]! == "sent" && each["occurrence"] is not null && each["message"] is not null);

        await Report(request.Id, "bounced", "5.1.1 unknown user");
        asked = (await Told(plan)).Single(each => (string?)each["message"] == request.Id);
        Assert.Equal(("failed", "Bounced: 5.1.1 unknown user"), ((string)asked["state"]!, (string)asked["reason"]!));
        Assert.Contains(await Told(plan), each => (string)each["person"]! == "max" && (string)each["state"]! == "stored");
    }

    [Theory]
    [InlineData("bounced")]
    [InlineData("dropped")]
    public async Task A_bounce_reported_twice_has_the_consequences_of_a_refusal_once(string outcome)
    {
        await this.SubmittedPlan("1");
        await Dispatch();
        var sent = Assert.Single(await Mail(MessageState.Sent));

        var first = await Report(sent.Id, outcome, "unknown user");
        var second = await Report(sent.Id, outcome, "unknown user");
        await Report(sent.Id, "delivered");

        Assert.Equal(first.Text, second.Text);
        Assert.Equal("dead", (string)first.Json["state"]!);
        Assert.Equal(["ada", "max"], (await Mail(MessageState.Waiting)).Select(message => message.Person).Order(StringComparer.Ordinal));
        Assert.Equal(MessageState.Dead, (await Stores.Outbox.Find(sent.Id, default))!.State);
    }

    [Fact]
    public async Task A_report_of_before_a_release_that_comes_again_after_it_changes_nothing()
    {
        await this.SubmittedPlan("1");
        await Dispatch();
        var (id, bounced) = (Assert.Single(await Mail(MessageState.Sent)).Id, Clock.Now.AddMinutes(1));
        Clock.Now = bounced.AddHours(1);
        await Report(id, "bounced", "mailbox full", bounced);
        (await As("ada").Post($"/api/mail/{id}/release")).Expect(HttpStatusCode.OK);

        Assert.Equal("waiting", (string)(await Report(id, "bounced", "mailbox full", bounced)).Json["state"]!);
        Assert.Equal("waiting", (string)(await Report(id, "delivered", at: bounced)).Json["state"]!);

        await Dispatch();
        Assert.Equal(2, Mails.Sent.Count(message => message.Id == id));
        Assert.Equal("sent", (string)(await Report(id, "bounced", "mailbox full", bounced)).Json["state"]!);

        Clock.Now = Clock.Now.AddMinutes(2);
        Assert.Equal("dead", (string)(await Report(id, "bounced", "mailbox full again")).Json["state"]!);
    }

    [Fact]
    public async Task The_clock_of_a_gateway_may_be_a_few_minutes_behind()
    {
        await this.SubmittedPlan("1");
        await Dispatch();
        var id = Assert.Single(await Mail(MessageState.Sent)).Id;

        Assert.Equal("dead", (string)(await Report(id, "bounced", "unknown user", Clock.Now.AddMinutes(-9))).Json["state"]!);
    }

    [Fact]
    public async Task A_message_put_off_by_the_persons_server_stays_sent_with_the_reason_until_it_arrives()
    {
        await this.SubmittedPlan("1");
        await Dispatch();
        var id = Assert.Single(await Mail(MessageState.Sent)).Id;

        Assert.Equal("Deferred: greylisted", (string)(await Report(id, "deferred", "greylisted")).Json["lastError"]!);
        var delivered = (await Report(id, "delivered")).Json;

        Assert.Null(delivered["lastError"]);
        Assert.NotNull(delivered["deliveredAt"]);
        Assert.Null((await Report(id, "deferred", "late news")).Json["lastError"]);
    }

    [Fact]
    public async Task A_report_on_a_message_not_known_to_be_sent_keeps_it_from_being_sent_again()
    {
        await this.SubmittedPlan("1");
        var id = Assert.Single(await Mail(MessageState.Waiting)).Id;

        await Report(id, "delivered");
        await Dispatch();

        Assert.Empty(Mails.Sent);
    }

    [Fact]
    public async Task A_report_that_cannot_be_taken_is_refused_with_every_reason()
    {
        await this.SubmittedPlan("1");
        var id = Assert.Single(await Mail(MessageState.Waiting)).Id;

        var invalid = (await As("ada").Post($"/api/mail/{id}/delivery", new { outcome = "bounced", at = Clock.Now.AddHours(1) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(["reason", "at"], invalid.Violations.Select(violation => violation.Field));
        (await As("ada").Post($"/api/mail/{id}/delivery", new { outcome = "lost", at = Clock.Now })).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");
        (await As("olga").Post($"/api/mail/{id}/delivery", new { outcome = "delivered", at = Clock.Now })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(MessageState.Waiting, (await Stores.Outbox.Find(id, default))!.State);
    }
}

/// <inheritdoc cref="SqliteLifecycleTests"/>
public sealed class SqliteDeliveryReportTests : DeliveryReportTests
{
    public SqliteDeliveryReportTests() => KeepOnDisk();
}
