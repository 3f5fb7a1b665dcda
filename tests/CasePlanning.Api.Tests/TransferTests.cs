using System.Globalization;
using System.Net;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests;

/// <summary>A case goes to another agency: its duties, its people, its mail and what it leaves behind.</summary>
public class TransferTests : TwoAgencies
{
    private const string Case = "/api/cases/hennepin-24-1";

    [Fact]
    public async Task From_minnesota_to_wisconsin_one_states_duties_end_and_the_others_begin_from_the_same_facts()
    {
        await Found("hennepin", "America/Chicago", "minnesota");
        await Found("dane", "America/Chicago", "wisconsin");
        await OpenPlaced("hennepin");
        await Tick("hennepin-24-1");
        await Delivered();
        var before = await Deadlines("worker.hennepin");
        Assert.All(before, each => Assert.StartsWith("mn.", each));
        Assert.Contains("mn.ohpp.initial 2025-07-10 overdue", before);
        Assert.Contains("mn.contact 2025-07-31 missed", before);
        Assert.NotEmpty(await Stores.Inbox.Waiting("worker.hennepin", default));

        var moved = (await As("supervisor.hennepin").Post($"{Case}/transfer", new { agency = "dane", unit = "family", reason = "The family moved." })).Expect(HttpStatusCode.OK).Json;

        Assert.Equal(("hennepin-24-1", "dane", "2026-03-02"), ((string)moved["case"]!, (string)moved["agency"]!, (string)moved["on"]!));
        Assert.Equal(["wi.initial 2025-08-11 overdue", "wi.review 2025-12-10 overdue"], await Deadlines("supervisor.dane"));
        Assert.Equal(["supervisor.dane: Case 24-1: transferred to your agency"], await Delivered());

        foreach (var person in new[] { "worker.hennepin", "supervisor.hennepin", "administrator.hennepin" })
        {
            (await As(person).Get(Case)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
            Assert.DoesNotContain("24-1", (await As(person).Get("/api/cases")).Text);
            Assert.DoesNotContain("24-1", (await As(person).Get("/api/me/agenda")).Text);
            Assert.Empty(await Stores.Inbox.Waiting(person, default));
        }

        Clock.Now = Clock.Now.AddDays(1);
        await Digests();
        Assert.Equal(["administrator.dane", "manager.dane", "supervisor.dane"], (await Delivered()).Select(each => each.Split(':')[0]));

        var history = await History("supervisor.dane");
        Assert.Contains("transferred: The case was transferred from hennepin county to dane county. Its assignments ended.", history);
        Assert.Contains("ended: Initial out-of-home placement plan due 2025-07-10 ended: the case was transferred to another agency.", history);
        Assert.DoesNotContain(history, each => each.StartsWith("void", StringComparison.Ordinal));
        Assert.DoesNotContain(history, each => each.StartsWith("missed: ", StringComparison.Ordinal) && each.Contains("wi."));
    }

    [Fact]
    public async Task Rules_that_both_agencies_have_keep_their_occurrences_steps_and_marks()
    {
        await Found("hennepin", "America/Chicago", "default", "federal");
        await Found("wayne", "America/Detroit", "federal", "michigan");
        await OpenPlaced("hennepin");
        (await As("worker.hennepin").Post($"{Case}/contacts", new { source = "v1", on = "2026-01-15", what = "caseworker-visit", child = "dan" })).Expect(HttpStatusCode.Created);
        await Tick("hennepin-24-1");
        var before = await Deadlines("worker.hennepin");
        var marks = (await Stores.Cases.Find("hennepin-24-1", default))!.Marks.ByOccurrence;
        var told = (await Stores.Cases.Notices("hennepin-24-1", default)).Where(notice => notice.Rule.StartsWith("fed.", StringComparison.Ordinal)).ToArray();
        Assert.Contains("fed.visit 2025-12-31 missed", before);
        Assert.Contains("fed.visit 2026-01-31 met-on-time", before);
        Assert.Contains("default.initial 2025-07-10 overdue", before);
        Assert.NotEmpty(told);

        (await As("administrator.hennepin").Post($"{Case}/transfer", new { agency = "wayne", unit = "family", reason = "The family moved." })).Expect(HttpStatusCode.OK);

        var after = await Deadlines("supervisor.wayne");
        Assert.Equal(before.Where(each => each.StartsWith("fed.", StringComparison.Ordinal)), after.Where(each => each.StartsWith("fed.", StringComparison.Ordinal)));
        // 90 days from the opening on 2 June 2025, counted on: 27 February 2026 has passed, 28 May has opened on 28 April.
        Assert.Equal(["mi.initial 2025-07-10 overdue", "mi.review 2026-02-27 overdue"], after.Where(each => !each.StartsWith("fed.", StringComparison.Ordinal)));
        var now = (await Stores.Cases.Find("hennepin-24-1", default))!.Marks.ByOccurrence;
        Assert.All(marks.Where(mark => mark.Key.StartsWith("fed.", StringComparison.Ordinal)), mark => Assert.Equal(mark.Value, now[mark.Key]));
        Assert.Equal(told.Select(notice => notice.Key), (await Stores.Cases.Notices("hennepin-24-1", default)).Where(notice => notice.Rule.StartsWith("fed.", StringComparison.Ordinal)).Select(notice => notice.Key));
        Assert.Equal(["wayne"], (await Stores.Outbox.List("wayne", default)).Select(message => message.Agency).Distinct());
        Assert.Contains("supervisor.wayne: Case 24-1: transferred to your agency", await Delivered());
        Assert.Contains("ended: Initial case plan due 2025-07-10 ended: the case was transferred to another agency.", await History("supervisor.wayne"));
    }

    [Fact, Trait("Requirement", "WI-21")]
    public async Task A_version_pending_approval_is_the_receiving_supervisors_to_decide()
    {
        await Found("dane", "America/Chicago", "default");
        var plan = await this.SubmittedPlan("1");
        var decision = (await As("will").Get($"{plan}/deadlines")).Json.AsArray().Single(each => (string)each!["rule"]! == "approval.decision")!;
        Clock.Now = Clock.Now.AddDays(1);

        (await As("sue").Post("/api/cases/sample-1/transfer", new { agency = "dane", unit = "family", reason = "Moved" })).Expect(HttpStatusCode.OK);

        (await As("sue").Post($"{plan}/decision", new { kind = "approve" })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Empty((await As("sue").Get("/api/approvals")).Json.AsArray());
        var waiting = Assert.Single((await As("supervisor.dane").Get("/api/approvals")).Json.AsArray())!;
        Assert.Equal(("sample-1.home", true), ((string)waiting["plan"]!, (bool)waiting["mayDecide"]!));
        var after = (await As("supervisor.dane").Get($"{plan}/deadlines")).Json.AsArray().Single(each => (string)each!["rule"]! == "approval.decision")!;
        Assert.Equal(((string)decision["occurrence"]!, (string)decision["due"]!), ((string)after["occurrence"]!, (string)after["due"]!));
        // The mail to Sue wasn't handed over in time, and now never is.
        Assert.Equal(["supervisor.dane: Case 1: plan to approve (at home)", "supervisor.dane: Case 1: transferred to your agency"], await Delivered());
        Assert.Contains((await As("ada").Get("/api/mail?state=dead")).Json.AsArray(), mail => (string)mail!["lastError"]! == "The case was transferred to another agency.");

        (await As("supervisor.dane").Post($"{plan}/decision", new { kind = "approve" })).Expect(HttpStatusCode.OK);
        Assert.Equal("in-effect", (string)(await As("supervisor.dane").Get(plan)).Json["stage"]!);
        Assert.Contains("supervisor.dane: Case 1: plan approved (at home)", await Delivered());
    }

    [Fact]
    public async Task Until_the_receiving_agency_assigns_somebody_the_case_is_its_supervisors()
    {
        await Found("dane", "America/Chicago", "default");
        await this.SubmittedPlan("1");
        var ahead = new { source = "a2", on = "2026-04-01", person = "wendy" };
        (await As("sue").Post("/api/cases/sample-1/assignments", ahead)).Expect(HttpStatusCode.Created);
        (await As("sue").Post("/api/cases/sample-1/transfer", new { agency = "dane", unit = "family", reason = "Moved" })).Expect(HttpStatusCode.OK);

        var detail = (await As("supervisor.dane").Get("/api/cases/sample-1")).Expect(HttpStatusCode.OK).Json;
        Assert.Null(detail["worker"]);
        Assert.Equal("2026-03-02", (string)Fact(detail, "a1")["until"]!);
        Assert.Equal("The case was transferred to another agency.", (string)Fact(detail, "a2")["withdrawn"]!);

        (await As("supervisor.dane").Post("/api/cases/sample-1/assignments", new { source = "d1", on = "2026-03-02", person = "worker.dane" })).Expect(HttpStatusCode.Created);
        Assert.Equal("worker.dane", (string)(await As("worker.dane").Get("/api/cases/sample-1")).Json["worker"]!);
        (await As("worker.dane").Post("/api/plans/sample-1.home/recall")).Expect(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_a_unit_the_administrators_are_told()
    {
        await this.OpenCase("1");
        await Delivered();

        (await As("ada").Post("/api/cases/sample-1/transfer", new { agency = "other", reason = "Moved" })).Expect(HttpStatusCode.OK);

        Assert.Equal(["olga: Case 1: transferred to your agency"], await Delivered());
        Assert.Equal("Moved", (string)Fact((await As("olga").Get("/api/cases/sample-1")).Expect(HttpStatusCode.OK).Json, "t1")["reason"]!);
    }

    [Theory]
    [InlineData("family", "supervisor.dane", "administrator.dane")]
    [InlineData(null, "administrator.dane", "supervisor.dane")]
    public async Task A_sealed_case_stays_sealed_to_whoever_receives_it(string? unit, string receives, string other)
    {
        await Found("dane", "America/Chicago", "default");
        await this.OpenCase("secret", "will", "sue");
        (await As("ada").Post("/api/cases/sample-secret/transfer", new { agency = "dane", reason = "Moved" })).ExpectProblem(HttpStatusCode.NotFound, "not-found");

        (await As("sue").Post("/api/cases/sample-secret/transfer", new { agency = "dane", unit, reason = "Moved" })).Expect(HttpStatusCode.OK);

        Assert.Equal([receives], (await As(receives).Get("/api/cases/sample-secret")).Expect(HttpStatusCode.OK).Json["sealedTo"]!.AsArray().Select(each => (string)each!));
        (await As(other).Get("/api/cases/sample-secret")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal([$"{receives}: Case secret: transferred to your agency"], await Delivered());
    }

    [Fact]
    public async Task What_stands_against_a_transfer_is_said_all_at_once_and_nothing_is_saved()
    {
        await this.OpenCase("1");
        var before = await this.Snapshot("1");

        Assert.Equal(["agency", "reason"], await Refused(new { agency = "nowhere", reason = " " }));
        Assert.Equal(["agency", "reason"], await Refused(new { agency = "sample", unit = "north", reason = new string('x', 8001) }));
        Assert.Equal(["unit", "reason"], await Refused(new { agency = "other", unit = "north", reason = "" }));
        (await As("will").Post("/api/cases/sample-1/transfer", new { agency = "other", reason = "Moved" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await As("olga").Post("/api/cases/sample-1/transfer", new { agency = "other", reason = "Mine" })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        var twice = new { number = "2", openedOn = "2026-02-02", facts = new[] { new { fact = "transfer", source = "t1", on = "2026-02-02", from = "other", to = "sample", reason = "x" } } };
        (await As("will").Post("/api/cases", twice)).ExpectProblem(HttpStatusCode.BadRequest, "unreadable");

        Assert.Equal(before, await this.Snapshot("1"));

        async Task<string[]> Refused(object body) =>
            [.. (await As("sue").Post("/api/cases/sample-1/transfer", body)).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid").Violations.Select(violation => violation.Field!)];
    }

    [Fact]
    public async Task A_closed_case_stays_where_it_is()
    {
        var file = await this.OpenCase("1");
        (await As("will").Post($"{file}/participants/daniel/correction", new
        {
            reason = "Left the case",
            fact = new { source = "daniel", on = "2026-02-02", name = "Daniel", role = "focus-child", birthDate = "2013-05-01", personType = "voluntary", until = "2026-02-20" },
        })).Expect(HttpStatusCode.OK);

        var refused = (await As("sue").Post($"{file}/transfer", new { agency = "other", reason = "Moved" })).ExpectProblem(HttpStatusCode.Conflict, "wrong-stage");

        Assert.Contains("reopened", Assert.Single(refused.Violations).Message);
    }

    [Fact]
    public async Task The_number_of_a_transferred_case_is_not_given_again()
    {
        await this.OpenCase("1");
        (await As("ada").Post("/api/cases/sample-1/transfer", new { agency = "other", reason = "Moved" })).Expect(HttpStatusCode.OK);

        var refused = (await As("will").Post("/api/cases", Samples.Case("1"))).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");

        Assert.Equal("This number was used for a case that your agency has transferred; give the case another one.", (string)refused.Json["detail"]!);
        (await As("olga").Post("/api/cases", new { number = "1", openedOn = "2026-03-02" })).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_case_that_comes_back_the_same_day_goes_on_as_if_it_had_stayed()
    {
        await Found("hennepin", "America/Chicago", "default", "federal");
        await Found("dane", "America/Chicago", "wisconsin");
        await OpenPlaced("hennepin");
        await Tick("hennepin-24-1");
        var before = await Deadlines("supervisor.hennepin");

        (await As("supervisor.hennepin").Post($"{Case}/transfer", new { agency = "dane", unit = "family", reason = "A mistake" })).Expect(HttpStatusCode.OK);
        (await As("supervisor.dane").Post($"{Case}/transfer", new { agency = "hennepin", unit = "family", reason = "Back" })).Expect(HttpStatusCode.OK);

        Assert.Equal(before, await Deadlines("supervisor.hennepin"));
        Assert.Equal("t2", (await Stores.Cases.Find("hennepin-24-1", default))!.File.LastTransfer!.Source);
    }

    [Fact]
    public async Task The_same_request_under_its_key_is_answered_again_by_the_agency_that_no_longer_sees_the_case()
    {
        await this.OpenCase("1");
        var body = new { agency = "other", reason = "Moved" };
        var first = (await As("ada").Post("/api/cases/sample-1/transfer", body, key: "k")).Expect(HttpStatusCode.OK);

        var again = (await As("ada").Post("/api/cases/sample-1/transfer", body, key: "k")).Expect(HttpStatusCode.OK);

        Assert.True(again.WasReplayed);
        Assert.Equal(first.Text, again.Text);
        (await As("ada").Post("/api/cases/sample-1/transfer", body)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    /// <summary>Dan, placed on 10 June 2025 eight days after the case was opened; all of it is entered today.</summary>
    private async Task OpenPlaced(string agency) => (await As($"worker.{agency}").Post("/api/cases", new
    {
        number = "24-1",
        openedOn = "2025-06-02",
        unit = "family",
        facts = new object[]
        {
            new { fact = "participant", source = "dan", on = "2025-06-02", name = "Dan", role = "focus-child", birthDate = "2013-05-01", personType = "cps" },
            new { fact = "placement", source = "p1", on = "2025-06-10", child = "dan", setting = "foster-home" },
            new { fact = "assignment", source = "a1", on = "2025-06-02", person = $"worker.{agency}" },
        },
    })).Expect(HttpStatusCode.Created);

    /// <summary>Every deadline of the case as somebody reads it: rule, date as rolled, status.</summary>
    private async Task<string[]> Deadlines(string person) =>
    [
        .. (await As(person).Get($"{Case}/deadlines")).Expect(HttpStatusCode.OK).Json.AsArray()
            .Select(each => string.Create(CultureInfo.InvariantCulture, $"{each!["rule"]} {each["due"]} {each["status"]}")).Order(StringComparer.Ordinal),
    ];

    private async Task<string[]> History(string person) =>
        [.. (await As(person).Get($"{Case}/history")).Expect(HttpStatusCode.OK).Json["entries"]!.AsArray().Select(entry => $"{entry!["kind"]}: {entry["what"]}")];

    private static System.Text.Json.Nodes.JsonNode Fact(System.Text.Json.Nodes.JsonNode detail, string source) =>
        detail["facts"]!.AsArray().Single(fact => (string)fact!["source"]! == source)!;
}
