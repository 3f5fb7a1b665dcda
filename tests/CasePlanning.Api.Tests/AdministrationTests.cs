using System.Net;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests;

public sealed class AdministrationTests : ApiWorld
{
    private static readonly object Nina = new { id = "nina", name = "Nina", email = "nina@sample.org", unit = "north", roles = new[] { "worker", "supervisor" } };

    [Fact]
    public async Task People_are_added_once_and_changed()
    {
        Assert.Equal("/api/people/nina", (await As("ada").Post("/api/people", Nina)).Expect(HttpStatusCode.Created).Location);
        (await As("ada").Post("/api/people", Nina)).Expect(HttpStatusCode.OK);
        (await As("ada").Post("/api/people", new { id = "nina", name = "Other", email = "nina@sample.org", roles = new[] { "worker" } })).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");

        (await As("ada").Put("/api/people/nina", new { name = "Nina", email = "nina@sample.org", roles = new[] { "worker" }, active = false })).Expect(HttpStatusCode.OK);

        (await With("sub=x;email=nina@sample.org").Get("/api/me")).Expect(HttpStatusCode.Forbidden);
        (await As("ada").Put("/api/people/nobody", new { name = "N", email = "n@sample.org", roles = new[] { "worker" } })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task An_address_or_subject_belongs_to_one_person_of_all_agencies()
    {
        (await As("ada").Post("/api/people", new { id = "x", name = "X", email = "OLGA@sample.org", roles = new[] { "worker" } })).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");
        (await As("ada").Post("/api/people", new { id = "x", name = "X", email = "x@sample.org", subject = "olga", roles = new[] { "worker" } })).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");
        (await As("ada").Post("/api/people", new { id = "olga", name = "X", email = "x@sample.org", roles = new[] { "worker" } })).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");
    }

    [Fact]
    public async Task An_administrator_keeps_only_the_own_agency()
    {
        (await As("ada").Put("/api/agencies/other", new { name = "Mine", zone = "America/Chicago" })).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        (await As("ada").Put("/api/people/olga", new { name = "X", email = "x@sample.org", roles = new[] { "worker" } })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(["sample"], (await As("ada").Get("/api/agencies")).Json.AsArray().Select(agency => (string)agency!["id"]!));
        Assert.DoesNotContain("olga", (await As("ada").Get("/api/people")).Text);
    }

    [Fact]
    public async Task Everything_wrong_with_an_entry_is_said_at_once()
    {
        var agency = (await As("ada").Put("/api/agencies/sample", new { name = "", zone = "Mars/Olympus", packs = new[] { "none" }, approvalWorkingDays = 0 })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(["name", "zone", "packs", "approvalWorkingDays", "why"], agency.Violations.Select(violation => violation.Field));

        var person = (await As("ada").Post("/api/people", new { id = "A B", name = "", email = "x", roles = Array.Empty<string>(), unit = "none" })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(["id", "name", "email", "roles", "unit"], person.Violations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task A_case_number_in_use_is_not_opened_again_with_other_people_or_another_unit()
    {
        (await As("will").Post("/api/cases", new { number = "7", openedOn = "2026-03-02", unit = "north" })).Expect(HttpStatusCode.Created);
        Clock.Now = Monday.AddMinutes(1);

        (await As("will").Post("/api/cases", new { number = "7", openedOn = "2026-03-02", unit = "north" })).Expect(HttpStatusCode.OK);
        (await As("ada").Post("/api/cases", new { number = "7", openedOn = "2026-03-02", unit = "south" })).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");
        (await As("ada").Post("/api/cases", new { number = "7", openedOn = "2026-03-02", unit = "north", sealedTo = new[] { "will" } })).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");
    }

    [Fact]
    public async Task Whoever_covers_for_the_supervisor_decides()
    {
        var plan = await this.SubmittedPlan("1");
        (await As("sid").Post($"{plan}/decision", new { kind = "approve" })).Expect(HttpStatusCode.NotFound);

        (await As("ada").Post("/api/people/sue/absences", new { id = "a1", from = "2026-03-01", to = "2026-03-09", cover = "sid" })).Expect(HttpStatusCode.OK);
        Assert.Single((await As("ada").Get("/api/people/sue/absences")).Json.AsArray());

        (await As("sid").Post($"{plan}/decision", new { kind = "approve" })).Expect(HttpStatusCode.OK);
        (await As("ada").Delete("/api/people/sue/absences/a1")).Expect(HttpStatusCode.OK);
        (await As("ada").Delete("/api/people/sue/absences/a1")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_change_of_a_person_keeps_their_absences()
    {
        (await As("ada").Post("/api/people/will/absences", new { id = "a1", from = "2026-03-01", to = "2026-03-09" })).Expect(HttpStatusCode.OK);

        (await As("ada").Put("/api/people/will", new { name = "Will", email = "will@sample.org", subject = "will", unit = "north", roles = new[] { "worker" } })).Expect(HttpStatusCode.OK);

        Assert.Single((await As("ada").Get("/api/people/will/absences")).Json.AsArray());
    }

    [Fact]
    public async Task Units_are_added_once_and_changed()
    {
        var east = new { id = "east", name = "East", supervisor = "sid" };
        (await As("ada").Post("/api/units", east)).Expect(HttpStatusCode.Created);
        (await As("ada").Post("/api/units", east)).Expect(HttpStatusCode.OK);
        (await As("ada").Post("/api/units", new { id = "east", name = "West" })).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");
        (await As("ada").Put("/api/units/east", new { name = "East", supervisor = "sue" })).Expect(HttpStatusCode.OK);
        (await As("ada").Put("/api/units/none", new { name = "None" })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(["east", "north", "south"], (await As("ada").Get("/api/units")).Json.AsArray().Select(unit => (string)unit!["id"]!));
    }
}
