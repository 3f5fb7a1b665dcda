using System.Net;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests.Desks;

/// <summary>Will's deadlines as a calendar to subscribe to.</summary>
public class CalendarTests : ApiWorld
{
    [Fact]
    public async Task An_address_is_told_once_and_opens_the_calendar_without_a_sign_in()
    {
        Assert.Equal("""{"exists":false}""", (await As("will").Get("/api/me/calendar")).Text);

        var created = (await As("will").Post("/api/me/calendar")).Expect(HttpStatusCode.Created);
        var address = (string)created.Json["address"]!;

        Assert.Matches("^http://localhost:5080/calendars/[A-Za-z0-9_-]{43}\\.ics$", address);
        Assert.Equal("/api/me/calendar", created.Location);
        Assert.Equal("""{"exists":true,"since":"2026-03-02T16:00:00+00:00"}""", (await As("will").Get("/api/me/calendar")).Text);
        var read = (await Anonymous.Get(PathOf(address))).Expect(HttpStatusCode.OK);
        Assert.Equal(("text/calendar", "private, no-cache"), (read.MediaType, string.Join(", ", read.Headers.GetValues("Cache-Control").SelectMany(each => each.Split(", ")).OrderDescending())));
    }

    [Fact]
    public async Task Each_open_deadline_is_an_all_day_event_without_a_name()
    {
        await this.OpenedOn("1", "2026-02-02");
        await this.OpenedOn("theirs", "2026-02-02", worker: "wendy", unit: "south");

        var text = (await Feed("will")).Text;

        var events = Events(text);
        var only = Assert.Single(events);
        Assert.Equal(
            ("20260304", "Case 1: Initial case plan", "Initial case plan is due 2026-03-04: 30 calendar days after 2026-02-02 (case opened).", "http://localhost:5080/plans/sample-1.home", "20260302T160000Z"),
            (only["DTSTART;VALUE=DATE"], only["SUMMARY"], only["DESCRIPTION"], only["URL"], only["LAST-MODIFIED"]));
        Assert.Matches("^[0-9a-f]{32}@localhost$", only["UID"]);
        Assert.DoesNotContain("Daniel", text);
        Assert.DoesNotContain("daniel", text);
    }

    [Fact]
    public async Task A_decision_is_in_the_calendar_of_whoever_has_to_take_it_and_up_the_line_once_it_is_overdue()
    {
        await this.SubmittedPlan("1");

        var asked = Assert.Single(Events((await Feed("sue")).Text));
        Assert.Equal(
            ("20260309", "Case 1: Decision on a submitted plan", "http://localhost:5080/approvals/sample-1.home.v1.1"),
            (asked["DTSTART;VALUE=DATE"], asked["SUMMARY"], asked["URL"]));
        Assert.DoesNotContain("Decision", (await Feed("will")).Text);
        Assert.Empty(Events((await Feed("max")).Text));

        Clock.Now = new(2026, 3, 10, 16, 0, 0, TimeSpan.Zero);
        Assert.Equal(asked["UID"], Assert.Single(Events((await Feed("max")).Text))["UID"]);
        (await As("max").Post("/api/plans/sample-1.home/decision", new { kind = "return", comments = "Sign it" })).Expect(HttpStatusCode.OK);
        Assert.Empty(Events((await Feed("sue")).Text));
    }

    [Fact]
    public async Task An_event_keeps_its_uid_when_its_date_moves_and_vanishes_when_it_is_met()
    {
        await this.OpenCase("1");
        var address = await Address("will");
        var before = Events((await Anonymous.Get(address)).Text).Single();

        Clock.Now = Clock.Now.AddHours(1);
        (await As("will").Post("/api/cases/sample-1/participants/daniel/correction", new
        {
            reason = "A slip",
            fact = new { source = "daniel", on = "2026-02-05", name = "Daniel", role = "focus-child", birthDate = "2013-05-01", personType = "voluntary" },
        })).Expect(HttpStatusCode.OK);
        (await As("will").Post("/api/cases/sample-1/openings/opening/correction", new { reason = "A slip", fact = new { source = "opening", on = "2026-02-05" } })).Expect(HttpStatusCode.OK);
        var moved = Events((await Anonymous.Get(address)).Text).Single();

        Assert.Equal((before["UID"], "20260304", "20260307"), (moved["UID"], before["DTSTART;VALUE=DATE"], moved["DTSTART;VALUE=DATE"]));
        Assert.True(int.Parse(moved["SEQUENCE"]) > int.Parse(before["SEQUENCE"]));
        Assert.Equal(("20260302T160000Z", "20260302T170000Z"), (before["DTSTAMP"], moved["DTSTAMP"]));

        (await As("sue").Post("/api/plans/sample-1.home/closing", new { reason = "x" })).Expect(HttpStatusCode.Conflict);
        (await As("ada").Post("/api/cases/sample-1/participants/daniel/withdrawal", new { reason = "Entered twice" })).Expect(HttpStatusCode.OK);
        Assert.Empty(Events((await Anonymous.Get(address)).Text));
    }

    [Fact]
    public async Task A_calendar_that_has_not_changed_is_not_sent_again()
    {
        await this.OpenedOn("1", "2026-02-02");
        var address = await Address("will");
        var first = await Anonymous.Get(address);
        Clock.Now = Clock.Now.AddHours(3);

        var again = await Known(address, first.ETag!);
        Assert.Equal((HttpStatusCode.NotModified, "", first.ETag), (again.Status, again.Text, again.ETag));
        Assert.Equal(HttpStatusCode.NotModified, (await Known(address, $"\"other\", W/{first.ETag}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Known(address, "\"other\"")).Status);

        await this.OpenedOn("2", "2026-02-03");
        Assert.Equal(HttpStatusCode.OK, (await Known(address, first.ETag!)).Status);
    }

    [Fact]
    public async Task Whatever_opens_nothing_is_answered_alike()
    {
        var address = await Address("will");
        var replaced = await Address("will");
        await Anonymous.Get(replaced);
        var unknown = await Nothing("/calendars/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics");

        Assert.Equal(unknown, await Nothing(address));
        Assert.Equal(unknown, await Nothing("/calendars/x.ics"));
        Assert.Equal(unknown, await Nothing($"/calendars/{new string('x', 500)}.ics"));
        Assert.Equal(unknown, await Nothing("/calendars/%1b.ics"));

        Assert.Equal("""{"exists":false}""", (await As("will").Delete("/api/me/calendar")).Expect(HttpStatusCode.OK).Text);
        Assert.Equal("""{"exists":false}""", (await As("will").Delete("/api/me/calendar")).Expect(HttpStatusCode.OK).Text);
        Assert.Equal(unknown, await Nothing(replaced));

        async Task<string> Nothing(string path)
        {
            var answer = (await Anonymous.Get(path)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
            return answer.Text.Replace((string)answer.Json["traceId"]!, "");
        }
    }

    [Fact]
    public async Task Somebody_who_left_has_no_calendar_any_more()
    {
        var address = await Address("will");

        (await As("ada").Put("/api/people/will", new { name = "will", email = "will@sample.org", subject = "will", roles = new[] { "worker" }, unit = "north", active = false })).Expect(HttpStatusCode.OK);

        (await Anonymous.Get(address)).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Work_covered_for_somebody_absent_is_in_it_while_they_are_away()
    {
        await this.OpenedOn("1", "2026-02-02");
        var address = await Address("wendy");
        Assert.Empty(Events((await Anonymous.Get(address)).Text));

        (await As("ada").Post("/api/people/will/absences", new { id = "a1", from = "2026-03-01", to = "2026-03-03", cover = "wendy" })).Expect(HttpStatusCode.OK);
        Assert.Single(Events((await Anonymous.Get(address)).Text));

        Clock.Now = Clock.Now.AddDays(2);
        Assert.Empty(Events((await Anonymous.Get(address)).Text));
    }

    [Fact]
    public async Task A_sealed_case_is_only_in_the_calendars_of_those_named_on_it()
    {
        await this.OpenedOn("secret", "2026-02-02", sealedTo: ["will", "ada"]);
        (await As("ada").Post("/api/people/will/absences", new { id = "a1", from = "2026-03-01", to = "2026-03-03", cover = "wendy" })).Expect(HttpStatusCode.OK);

        Assert.Single(Events((await Feed("will")).Text));
        Assert.Empty(Events((await Feed("wendy")).Text));
    }

    [Fact]
    public async Task The_token_is_stored_nowhere_and_a_key_keeps_no_reply_with_it()
    {
        var first = (await As("will").Post("/api/me/calendar", key: "k")).Expect(HttpStatusCode.Created);
        var second = (await As("will").Post("/api/me/calendar", key: "k")).Expect(HttpStatusCode.Created);

        Assert.NotEqual((string)first.Json["address"]!, (string)second.Json["address"]!);
        Assert.False(second.WasReplayed);
        var stored = (await Stores.Calendars.Find("will", default))!;
        Assert.Matches("^[0-9a-f]{64}$", stored.TokenHash);
        Assert.DoesNotContain(stored.TokenHash, second.Text);
    }

    private async Task<string> Address(string person) => PathOf((string)(await As(person).Post("/api/me/calendar")).Expect(HttpStatusCode.Created).Json["address"]!);

    private async Task<Answer> Feed(string person) => (await Anonymous.Get(await Address(person))).Expect(HttpStatusCode.OK);

    private static string PathOf(string address) => new Uri(address).AbsolutePath;

    private Task<Answer> Known(string address, string tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return Anonymous.Send(request);
    }

    /// <summary>The events of a calendar, unfolded, each by its properties.</summary>
    private static Dictionary<string, string>[] Events(string text) => [.. text.Replace("\r\n ", "").Split("BEGIN:VEVENT\r\n").Skip(1)
        .Select(each => each.Split("\r\n").TakeWhile(line => line != "END:VEVENT").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1]))];
}

/// <summary>The same over the store that keeps things on disk.</summary>
public sealed class SqliteCalendarTests : CalendarTests
{
    public SqliteCalendarTests() => KeepOnDisk();
}
