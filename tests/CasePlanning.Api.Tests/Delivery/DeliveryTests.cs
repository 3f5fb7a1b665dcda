using System.Net;
using CasePlanning.Api.Tests.World;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Api.Tests.Delivery;

/// <summary>A message that reaches nobody is never nowhere: the next in line and the administrators are told.</summary>
public class DeliveryTests : DeliveryWorld
{
    [Fact]
    public async Task A_refused_request_for_approval_goes_to_the_next_in_line_and_the_administrators()
    {
        await this.SubmittedPlan("1");
        Mails.Refusing.Add("sue");

        await Dispatch();

        var dead = Assert.Single(await Mail(MessageState.Dead));
        Assert.Equal((MessageKind.ApprovalRequest, "sue", MailServer.Refusal, false), (dead.Kind, dead.Person, dead.LastError, dead.Unheard));
        var told = (await Mail()).Where(message => message.About == dead.Id).ToDictionary(message => message.Person, StringComparer.Ordinal);
        Assert.Equal(["ada", "max"], told.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([Role.Administrator, Role.Manager], told.Values.Select(message => message.Role).OrderDescending());
        Assert.All(told.Values, message => Assert.Contains("A message about case 1 to sue (sue@sample.org) could not be delivered: 550: no such mailbox", message.Text));
        Assert.Contains("/approvals/", told["max"].Text);
        Assert.Contains("You receive this because the supervisor can't be reached", told["max"].Text);
        Assert.DoesNotContain("/approvals/", told["ada"].Text);
        Assert.Contains("http://localhost:5080/mail", told["ada"].Text);
        Assert.All(told.Values, message => Assert.DoesNotContain("Daniel", message.Text + message.Html + message.Subject));
        Assert.All(told.Values, message => Assert.Equal(MessageState.Sent, message.State));
    }

    [Fact]
    public async Task What_a_refused_digest_carried_waits_for_the_next_in_line()
    {
        await this.OpenCase("1");
        await this.OpenCase("2");
        Mails.Refusing.Add("will");

        var digest = await DigestOf("will");
        await Dispatch();

        Assert.Equal(MessageState.Dead, (await Stores.Outbox.Find(digest.Id, default))!.State);
        var waiting = await Stores.Inbox.Waiting("sue", default);
        Assert.Equal(["1", "2"], waiting.Select(item => item.CaseNumber).Distinct().Order());
        Assert.All(waiting, item => Assert.Equal("the worker can't be reached and has no cover", item.Because));
        var told = (await Mail()).Single(message => message.About == digest.Id && message.Person == "sue");
        Assert.Contains("The digest to will (will@sample.org) could not be delivered", told.Text);
        Assert.Contains("cases 1, 2 is in your next digest", told.Text);
        var administrator = (await Mail()).Single(message => message.About == digest.Id && message.Person == "ada");
        Assert.Contains("Correct the address of will", administrator.Text);

        var tomorrow = await DigestOf("sue");
        Assert.Equal(waiting.Select(item => item.Key).Order(), tomorrow.Items.Order());
    }

    [Fact]
    public async Task A_cover_comes_before_the_next_in_line()
    {
        await Change("will", will => will with { Absences = [new Absence { Id = "a", From = new(2026, 1, 1), To = new(2026, 12, 31), Cover = "wendy" }] });
        await this.OpenCase("1");
        await DigestOf("wendy");
        await Change("wendy", wendy => wendy with { Absences = [new Absence { Id = "b", From = new(2026, 1, 1), To = new(2026, 12, 31), Cover = "sid" }] });
        Mails.Refusing.Add("wendy");

        await Dispatch();

        Assert.NotEmpty(await Stores.Inbox.Waiting("sid", default));
        Assert.Empty(await Stores.Inbox.Waiting("sue", default));
    }

    [Fact]
    public async Task Somebody_who_has_left_since_gets_nothing_and_is_stood_in_for()
    {
        await this.SubmittedPlan("1");
        await Change("sue", sue => sue with { Active = false });

        await Dispatch();

        Assert.DoesNotContain("sue@sample.org", Mails.Sent.Select(message => message.Address));
        Assert.Contains("not with the agency any more", Assert.Single(await Mail(MessageState.Dead)).LastError);
        Assert.Contains(await Mail(MessageState.Sent), message => message is { Kind: MessageKind.Undelivered, Person: "max" });
    }

    [Fact]
    public async Task A_message_goes_to_the_address_its_person_has_by_now()
    {
        await this.SubmittedPlan("1");
        await Change("sue", sue => sue with { Email = "sue@county.org" });

        await Dispatch();

        var sent = Assert.Single(await Mail(MessageState.Sent));
        Assert.Equal("sue@county.org", sent.Address);
        Assert.Equal("sue@county.org", Assert.Single(Mails.Sent).Address);
    }

    [Fact]
    public async Task A_hundred_and_fifty_administrators_break_no_chain_and_all_of_them_may_act()
    {
        for (var number = 0; number < 150; number++)
        {
            await Stores.Directory.Save(Administrator($"a{number:D3}"), default);
        }

        var north = (await Stores.Directory.Find("sample", default))!.Unit("north")!;
        await Stores.Directory.Save(north with { Supervisor = null, Manager = null, Revision = north.Revision + 1 }, default);
        await this.SubmittedPlan("1");
        Assert.Equal(CaseChange.MostTold, (await Mail()).Count(message => message.Kind == MessageKind.ApprovalRequest));
        await this.SubmittedPlan("2");
        Clock.Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
        await Raise();
        Assert.Contains(await Mail(), message => message.Kind == MessageKind.FirstDayOverdue);
        (await As("olga").Post("/api/units", new { id = "empty", name = "Empty" })).Expect(HttpStatusCode.Created);
        (await As("ada").Post("/api/cases/sample-1/transfer", new { agency = "other", unit = "empty", reason = "Moved" })).Expect(HttpStatusCode.OK);
        (await As("olga").Post("/api/cases/sample-1/transfer", new { agency = "sample", unit = "north", reason = "Back" })).Expect(HttpStatusCode.OK);
        Mails.Refusing.UnionWith(["a000", "a001"]);
        await Dispatch();
        Assert.Equal(["a000", "a001"], (await Mail(MessageState.Dead)).Where(message => message.Kind == MessageKind.ApprovalRequest && message.Case == "sample-2").Select(message => message.Person).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(await Mail(), message => message.Unheard);
        (await As("a149").Post("/api/plans/sample-2.home/decision", new { kind = "return", comments = "Sign it again" })).Expect(HttpStatusCode.OK);
    }
}

/// <inheritdoc cref="SqliteLifecycleTests"/>
public sealed class SqliteDeliveryTests : DeliveryTests
{
    public SqliteDeliveryTests() => KeepOnDisk();
}
