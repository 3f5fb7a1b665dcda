using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CasePlanning.Api.Tests.World;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Api.Tests;

/// <summary>A message that reaches nobody is never nowhere: the next in line and the administrators are told, and the plan's history says so.</summary>
public class DeliveryTests : ApiWorld
{
    private const string Refusal = "550: no such mailbox";

    private static readonly MailSettings Settings = new("http://localhost:5080", "localhost");

    private readonly MailTexts _texts = new(Settings);
    private readonly Sender _sender = new();

    [Fact]
    public async Task A_refused_request_for_approval_goes_to_the_next_in_line_and_the_administrators()
    {
        await this.SubmittedPlan("1");
        _sender.Refusing.Add("sue");

        await Dispatch();

        var dead = Assert.Single(await Mail(MessageState.Dead));
        Assert.Equal((MessageKind.ApprovalRequest, "sue", Refusal, false), (dead.Kind, dead.Person, dead.LastError, dead.Unheard));
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
        _sender.Refusing.Add("will");

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
        _sender.Refusing.Add("wendy");

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

        Assert.DoesNotContain("sue@sample.org", _sender.Sent.Select(message => message.Address));
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
        Assert.Equal("sue@county.org", Assert.Single(_sender.Sent).Address);
    }

    [Fact]
    public async Task Of_a_sealed_case_an_administrator_learns_the_number_and_nothing_else()
    {
        (await As("will").Post("/api/cases", Samples.Case("1", "will", "sue", "max"))).Expect(HttpStatusCode.Created);
        var plan = "/api/plans/sample-1.home";
        (await As("will").Post($"{plan}/versions", new { kind = "initial", planDate = "2026-03-02" })).Expect(HttpStatusCode.Created);
        (await As("will").Put($"{plan}/versions/1", Samples.Draft(), ifMatch: "\"1\"")).Expect(HttpStatusCode.OK);
        (await As("will").Post($"{plan}/submission")).Expect(HttpStatusCode.OK);
        _sender.Refusing.Add("sue");

        await Dispatch();

        var told = (await Mail()).Where(message => message.Kind == MessageKind.Undelivered).ToDictionary(message => message.Person, StringComparer.Ordinal);
        Assert.Contains("plan to approve", told["max"].Text);
        Assert.Contains("case 1 ", told["ada"].Text);
        Assert.DoesNotContain("approv", told["ada"].Text + told["ada"].Html + told["ada"].Subject);
    }

    [Fact]
    public async Task When_those_told_cannot_be_reached_either_it_ends_with_a_dead_letter_nobody_heard_of_and_health_says_so()
    {
        await Stores.Directory.Save(Administrator("abe"), default);
        await this.SubmittedPlan("1");
        _sender.Refusing.UnionWith(["sue", "max", "ada", "abe"]);

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
        _sender.Refusing.UnionWith(["sue", "max"]);
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
        _sender.Refusing.Add("sue");
        await Dispatch();
        var dead = Assert.Single(await Mail(MessageState.Dead));
        var sent = _sender.Sent.Count;

        (await As("ada").Post($"/api/mail/{dead.Id}/release")).Expect(HttpStatusCode.OK);
        await Dispatch();

        Assert.Equal(sent, _sender.Sent.Count);
        Assert.False((await Stores.Outbox.Find(dead.Id, default))!.Unheard);
    }

    [Fact]
    public async Task A_sender_that_breaks_on_a_message_puts_it_off_and_gives_it_up_in_the_end_with_all_that_follows()
    {
        await this.SubmittedPlan("1");
        _sender.Breaking.Add("sue");

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
        _sender.Refusing.Add("will");
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
        _sender.Refusing.Clear();
        await MorningWith("7");
        Clock.Now = Clock.Now.AddHours(1);
        _sender.Refusing.Add("will");
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
        _sender.Refusing.UnionWith(["will", "sue"]);
        var yesterdays = await DigestOf("will");
        await Dispatch();
        Clock.Now = Clock.Now.AddDays(1);
        _sender.Refusing.Clear();

        var ofWill = (await As("ada").Post("/api/people/will/mail/release")).Expect(HttpStatusCode.OK).Json.AsArray();
        var ofSue = (await As("ada").Post("/api/people/sue/mail/release")).Expect(HttpStatusCode.OK).Json.AsArray();
        (await As("ada").Post("/api/people/nobody/mail/release")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        await Dispatch();

        Assert.Empty(ofWill);
        Assert.Equal(MessageState.Dead, (await Stores.Outbox.Find(yesterdays.Id, default))!.State);
        Assert.Equal(["A message could not be delivered", "Case 1: plan to approve (at home)", "Case 2: plan to approve (at home)"], ofSue.Select(each => (string)each!["subject"]!).Order(StringComparer.Ordinal));
        Assert.Equal(2, _sender.Sent.Count(message => message.Person == "sue" && message.Kind == MessageKind.ApprovalRequest));
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

        var sent = Assert.Single(_sender.Sent, message => message.Person == "will");
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

        var sent = Assert.Single(_sender.Sent);
        Assert.Equal(("max", MessageKind.ApprovalRequest), (sent.Person, sent.Kind));
        Assert.Equal("The case was sealed to others.", Assert.Single(await Mail(MessageState.Dead)).LastError);
        Assert.DoesNotContain(await Mail(), message => message.Kind == MessageKind.Undelivered);
        (await As("max").Post("/api/plans/sample-1.home/decision", new { kind = "approve" })).Expect(HttpStatusCode.OK);
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
        _sender.Refusing.UnionWith(["a000", "a001"]);
        await Dispatch();
        Assert.Equal(["a000", "a001"], (await Mail(MessageState.Dead)).Where(message => message.Kind == MessageKind.ApprovalRequest && message.Case == "sample-2").Select(message => message.Person).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(await Mail(), message => message.Unheard);
        (await As("a149").Post("/api/plans/sample-2.home/decision", new { kind = "return", comments = "Sign it again" })).Expect(HttpStatusCode.OK);
    }

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

        Assert.Empty(_sender.Sent);
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

    private static Person Administrator(string id) => new() { Id = id, Agency = "sample", Name = id, Email = $"{id}@sample.org", Subject = id, Roles = [Role.Administrator] };

    private async Task Change(string id, Func<Person, Person> change)
    {
        var person = (await Stores.Directory.Find("sample", default))!.Person(id)!;
        Assert.Equal(SaveOutcome.Saved, await Stores.Directory.Save(change(person) with { Revision = person.Revision + 1 }, default));
    }

    private async Task<IReadOnlyList<Message>> Mail(MessageState? state = null) => await Stores.Outbox.List("sample", default, state);

    private async Task<Answer> Report(string id, string outcome, string? reason = null) =>
        (await As("ada").Post($"/api/mail/{id}/delivery", new { outcome, reason, at = Clock.Now })).Expect(HttpStatusCode.OK);

    private async Task<JsonNode[]> Told(string path) => [.. (await As("otto").Get($"{path}/history")).Expect(HttpStatusCode.OK).Json["told"]!.AsArray().Select(each => each!)];

    private static IEnumerable<string> States(IEnumerable<JsonNode> told) => told.Select(each => (string)each["state"]!);

    /// <summary>Raises what is due, moves on to the next working morning, and has the digests written.</summary>
    private async Task<Message> DigestOf(string person)
    {
        await Raise();
        Clock.Now = (await Stores.Inbox.Waiting(person, default)).Max(item => item.NotBefore) is var morning && morning > Clock.Now ? morning : Clock.Now;
        await Digests();
        return (await Mail()).First(message => message.Kind == MessageKind.Digest && message.Person == person);
    }

    private async Task Raise()
    {
        var ticker = new Ticker(Stores.Cases, Stores.Directory, Stores.Wakes, _texts);
        while (await Stores.Wakes.Due(Clock.Now, 100, default) is { Count: > 0 } due)
        {
            foreach (var wake in due)
            {
                await ticker.Tick(wake.Subject, Clock.Now, default);
            }
        }
    }

    private Task<int> Digests() => new DigestJob(Stores.Inbox, Stores.Outbox, Stores.Directory, Stores.Cases, _texts).Run(Clock.Now, 1000, default);

    /// <summary>Hands over what waits now, and what follows from it.</summary>
    private async Task Dispatch()
    {
        var dispatch = new MailDispatch(
            Stores.Outbox, Stores.Cases, Stores.Directory, _sender,
            new DeadLetters(Stores.Cases, Stores.Directory, Stores.Inbox, Stores.Outbox, new UndeliveredTexts(Settings)),
            new DigestJob(Stores.Inbox, Stores.Outbox, Stores.Directory, Stores.Cases, _texts));
        while (await Stores.Outbox.Waiting(Clock.Now, 100, default) is { Count: > 0 } waiting)
        {
            foreach (var message in waiting)
            {
                await dispatch.Dispatch(message.Id, Clock.Now, default);
            }
        }
    }

    /// <summary>A mail server that refuses some people, and breaks on others.</summary>
    private sealed class Sender : IMailSender
    {
        public HashSet<string> Refusing { get; } = [];

        public HashSet<string> Breaking { get; } = [];

        public List<Message> Sent { get; } = [];

        public Task<SendOutcome> Send(Message message, CancellationToken ct)
        {
            if (Breaking.Contains(message.Person))
            {
                throw new InvalidOperationException("This text can't be written.");
            }

            if (Refusing.Contains(message.Person))
            {
                return Task.FromResult<SendOutcome>(new SendOutcome.Rejected(Refusal));
            }

            Sent.Add(message);
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent());
        }
    }
}

/// <inheritdoc cref="SqliteLifecycleTests"/>
public sealed class SqliteDeliveryTests : DeliveryTests, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("case-planning-api").FullName;

    public SqliteDeliveryTests() => Stores = SqliteStore.Open(Path.Combine(_folder, "cases.db"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
