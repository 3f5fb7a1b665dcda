using System.Globalization;
using System.Net;
using CasePlanning.Api.Tests.World;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;

namespace CasePlanning.Api.Tests.Delivery;

/// <summary>Dead letters are few, end somewhere, and can be released once the mailbox is there again.</summary>
public class DeadMailboxTests : DeliveryWorld
{
    [Fact]
    public async Task When_those_told_cannot_be_reached_either_it_ends_with_a_dead_letter_nobody_heard_of_and_health_says_so()
    {
        await Stores.Directory.Save(Administrator("abe"), default);
        await this.SubmittedPlan("1");
        Mails.Refusing.UnionWith(["sue", "max", "ada", "abe"]);

        await Dispatch();
        await Dispatch();

        var dead = await Mail(MessageState.Dead);
        Assert.Equal(["abe", "ada", "max", "sue"], dead.Select(message => message.Person).Order(StringComparer.Ordinal));
        Assert.Empty(await Mail(MessageState.Waiting));
        var unheard = dead.Where(message => message.Unheard).ToArray();
        Assert.NotEmpty(unheard);
        Assert.All(unheard, message => Assert.Equal(MessageKind.Undelivered, message.Kind));
        var health = (await Anonymous.Get("/health/ready")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("degraded", unheard.Length), ((string)health["status"]!, (int)health["unheardMail"]!));

        foreach (var message in unheard)
        {
            (await As("ada").Post($"/api/mail/{message.Id}/release")).Expect(HttpStatusCode.OK);
        }

        Assert.Equal("ready", (string)(await Anonymous.Get("/health/ready")).Json["status"]!);
    }

    [Fact]
    public async Task A_dead_letter_about_a_dead_letter_goes_to_the_administrators_who_were_not_told()
    {
        await this.SubmittedPlan("1");
        Mails.Refusing.UnionWith(["sue", "max"]);
        await Dispatch();
        await Stores.Directory.Save(Administrator("abe"), default);
        var toMax = (await Mail(MessageState.Dead)).Single(message => message.Person == "max");
        (await As("ada").Post($"/api/mail/{toMax.Id}/release")).Expect(HttpStatusCode.OK);

        await Dispatch();

        var notices = (await Mail()).Where(message => message.Kind == MessageKind.Undelivered).ToArray();
        Assert.Equal(["abe", "ada", "max"], notices.Select(message => message.Person).Order(StringComparer.Ordinal));
        Assert.Contains("another message reached nobody", notices.Single(message => message.Person == "abe").Text);
    }

    [Fact]
    public async Task A_dead_letter_that_is_released_and_refused_again_tells_nobody_twice()
    {
        await this.SubmittedPlan("1");
        Mails.Refusing.Add("sue");
        await Dispatch();
        var dead = Assert.Single(await Mail(MessageState.Dead));
        var sent = Mails.Sent.Count;

        (await As("ada").Post($"/api/mail/{dead.Id}/release")).Expect(HttpStatusCode.OK);
        await Dispatch();

        Assert.Equal(sent, Mails.Sent.Count);
        Assert.False((await Stores.Outbox.Find(dead.Id, default))!.Unheard);
    }

    [Fact]
    public async Task A_sender_that_breaks_on_a_message_puts_it_off_and_gives_it_up_in_the_end_with_all_that_follows()
    {
        await this.SubmittedPlan("1");
        Mails.Breaking.Add("sue");

        for (var attempt = 0; attempt < MailDispatch.MostAttempts; attempt++)
        {
            await Dispatch();
            Clock.Now = Clock.Now.AddHours(4);
        }

        var dead = Assert.Single(await Mail(MessageState.Dead));
        Assert.StartsWith($"Given up after {MailDispatch.MostAttempts} tries.", dead.LastError);
        Assert.Equal(2, (await Mail(MessageState.Sent)).Count(message => message.About == dead.Id));
    }

    [Fact]
    public async Task A_dead_mailbox_is_told_of_once_while_it_stays_dead_and_again_when_it_dies_anew()
    {
        Mails.Refusing.Add("will");
        for (var number = 1; number <= 4; number++)
        {
            await MorningWith($"{number}");
        }

        Assert.Equal(4, (await Mail(MessageState.Dead)).Count(message => message.Kind == MessageKind.Digest));
        Assert.Equal(["ada", "sue"], await Told());
        foreach (var number in new[] { "1", "2", "3", "4" })
        {
            Assert.Contains(await Stores.Inbox.OfCase($"sample-{number}", default), item => item.Person == "sue");
        }

        // Another address is dead too.
        await Change("will", will => will with { Email = "will@county.org" });
        await MorningWith("5");
        await MorningWith("6");
        Assert.Equal(["ada", "ada", "sue", "sue"], await Told());

        // Mail arrives there, and then none does any more.
        Mails.Refusing.Clear();
        await MorningWith("7");
        Clock.Now = Clock.Now.AddHours(1);
        Mails.Refusing.Add("will");
        await MorningWith("8");
        Assert.Equal(["ada", "ada", "ada", "sue", "sue", "sue"], await Told());
        Assert.DoesNotContain(await Mail(), message => message.Unheard);

        // What else was to be said, of a case that is theirs now, is said to the next in line each time.
        async Task<string[]> Told() => [.. (await Mail()).Where(message => message.Kind == MessageKind.Undelivered && (message.Person == "ada" || message.Case is null)).Select(message => message.Person).Order(StringComparer.Ordinal)];

        async Task MorningWith(string number)
        {
            await this.OpenedOn(number, Clock.Now.AddDays(-20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            Clock.Now = (await Stores.Directory.Find("sample", default))!.Calendar.NextMorning(Clock.Now.AddHours(1));
            await Raise();
            await Digests();
            await Dispatch();
        }
    }

    [Fact]
    public async Task Everything_to_one_person_is_released_at_once_but_for_digests_of_days_gone_by()
    {
        await this.SubmittedPlan("1");
        await this.SubmittedPlan("2");
        await this.OpenCase("3");
        Mails.Refusing.UnionWith(["will", "sue"]);
        var yesterdays = await DigestOf("will");
        await Dispatch();
        Clock.Now = Clock.Now.AddDays(1);
        Mails.Refusing.Clear();

        var ofWill = (await As("ada").Post("/api/people/will/mail/release")).Expect(HttpStatusCode.OK).Json.AsArray();
        var ofSue = (await As("ada").Post("/api/people/sue/mail/release")).Expect(HttpStatusCode.OK).Json.AsArray();
        (await As("ada").Post("/api/people/nobody/mail/release")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        await Dispatch();

        Assert.Empty(ofWill);
        Assert.Equal(MessageState.Dead, (await Stores.Outbox.Find(yesterdays.Id, default))!.State);
        Assert.Equal(["A message could not be delivered", "Case 1: plan to approve (at home)", "Case 2: plan to approve (at home)"], ofSue.Select(each => (string)each!["subject"]!).Order(StringComparer.Ordinal));
        Assert.Equal(2, Mails.Sent.Count(message => message.Person == "sue" && message.Kind == MessageKind.ApprovalRequest));
    }
}

/// <inheritdoc cref="SqliteLifecycleTests"/>
public sealed class SqliteDeadMailboxTests : DeadMailboxTests
{
    public SqliteDeadMailboxTests() => KeepOnDisk();
}
