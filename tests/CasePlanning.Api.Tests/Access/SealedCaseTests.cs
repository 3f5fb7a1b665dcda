using System.Net;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests.Access;

/// <summary>A sealed case doesn't exist for anybody who isn't named on it, whatever their role; nor does another agency's.</summary>
public sealed class SealedCaseTests(SealedCaseTests.Sealed world) : IClassFixture<SealedCaseTests.Sealed>
{
    public static TheoryData<string> OfACase => [.. OperationTable.Rows.Where(row => row.Path.Contains("{case}")).Select(row => row.Operation)];

    [Theory, MemberData(nameof(OfACase))]
    public async Task To_those_not_named_every_operation_answers_as_if_the_case_did_not_exist(string operation)
    {
        var row = OperationTable.Rows.Single(each => each.Operation == operation);

        foreach (var person in new[] { "ada", "max", "otto", "sid", "wendy", "olga" })
        {
            var existing = await world.As(person).Send(OperationTable.Request(row, "sample-secret"));
            var missing = await world.As(person).Send(OperationTable.Request(row, "sample-nowhere"));

            Assert.Contains(existing.Status, new[] { HttpStatusCode.NotFound, HttpStatusCode.Forbidden });
            Assert.Equal(missing.Status, existing.Status);
            Assert.Equal((missing.Code, (string)missing.Json["detail"]!), (existing.Code, ((string)existing.Json["detail"]!).Replace("secret", "nowhere")));
        }
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("max")]
    [InlineData("otto")]
    public async Task Reading_it_is_a_404_for_whoever_reads_everything_else(string person)
    {
        (await world.As(person).Get("/api/cases/sample-secret")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await world.As(person).Get("/api/plans/sample-secret.home")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await world.As(person).Get("/api/plans/sample-secret.home/versions/1")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await world.As(person).Get("/api/cases/sample-secret/history")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("will")]
    [InlineData("sue")]
    public async Task Those_named_on_it_work_with_it(string person)
    {
        (await world.As(person).Get("/api/cases/sample-secret")).Expect(HttpStatusCode.OK);
        (await world.As(person).Get("/api/plans/sample-secret.home")).Expect(HttpStatusCode.OK);
        Assert.Contains("sample-secret", (await world.As(person).Get("/api/cases")).Text);
        Assert.Contains("sample-secret", (await world.As(person).Get("/api/approvals")).Text);
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("max")]
    [InlineData("otto")]
    [InlineData("sid")]
    [InlineData("olga")]
    public async Task No_list_shows_it_to_anybody_else(string person)
    {
        foreach (var path in new[] { "/api/cases", "/api/me/agenda?until=2027-01-01", "/api/team/agenda?until=2027-01-01", "/api/team/agenda?until=2027-01-01&forecast=true&format=csv", "/api/team/forecast", "/api/approvals", "/api/mail" })
        {
            Assert.DoesNotContain("secret", (await world.As(person).Get(path)).Text);
        }
    }

    [Fact]
    public async Task An_administrator_sees_that_there_is_mail_about_it_and_no_more()
    {
        var mail = (await world.As("ada").Get("/api/mail")).Expect(HttpStatusCode.OK).Json.AsArray();

        Assert.Contains(mail, each => (string)each!["subject"]! == "Mail about a sealed case" && (string)each["kind"]! == "approval-request");
    }

    [Fact]
    public async Task Opening_a_case_under_its_number_says_that_the_number_is_in_use()
    {
        (await world.As("ada").Post("/api/cases", Samples.Case("secret"))).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");
    }

    /// <summary>A case sealed to its worker and his supervisor, with a submitted plan.</summary>
    public sealed class Sealed : ApiWorld, IAsyncLifetime
    {
        async Task IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await this.OpenCase("secret", "will", "sue");
            (await As("will").Post("/api/plans/sample-secret.home/versions", new { kind = "initial", planDate = "2026-03-02" })).Expect(HttpStatusCode.Created);
            (await As("will").Put("/api/plans/sample-secret.home/versions/1", Samples.Draft(), ifMatch: "\"1\"")).Expect(HttpStatusCode.OK);
            (await As("will").Post("/api/plans/sample-secret.home/submission")).Expect(HttpStatusCode.OK);
        }
    }
}
