using System.Net;
using CasePlanning.Api.Tests.World;

namespace CasePlanning.Api.Tests.Access;

/// <summary>The token says who somebody is; the people table says what they may do.</summary>
public sealed class SignInTests : ApiWorld
{
    [Theory]
    [InlineData("sub=will")]
    [InlineData("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier=will")]
    [InlineData("sub=unknown;email=NINA@sample.org")]
    [InlineData("sub=unknown;email=nina@sample.org;email_verified=true")]
    public async Task Somebody_is_known_by_the_tokens_subject_or_else_by_its_address(string claims)
    {
        await AddNina();

        (await With(claims).Get("/api/me")).Expect(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("sub=unknown;email=nina@sample.org;email_verified=false")]
    [InlineData("sub=unknown;preferred_username=nina@sample.org")]
    [InlineData("sub=unknown;email=will@sample.org")]
    [InlineData("sub=will@sample.org")]
    [InlineData("sub=unknown")]
    public async Task An_unverified_address_proves_nothing_nor_does_the_address_of_somebody_known_by_subject(string claims)
    {
        await AddNina();

        (await With(claims).Get("/api/me")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("sub=root@installation.org")]
    [InlineData("sub=x;email=ROOT@installation.org")]
    public async Task An_installation_administrator_founds_an_agency_whose_administrator_can_sign_in(string claims)
    {
        var agency = new { id = "third", name = "Third County", zone = "America/Denver", administrator = new { id = "tom", name = "Tom", email = "tom@third.org" } };

        var founded = (await With(claims).Post("/api/agencies", agency)).Expect(HttpStatusCode.Created);

        Assert.Equal("/api/agencies/third", founded.Location);
        var me = (await With("sub=t;email=tom@third.org").Get("/api/me")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(("tom", "third"), ((string)me["id"]!, (string)me["agency"]!));
        (await With(claims).Post("/api/agencies", agency with { name = "Again" })).ExpectProblem(HttpStatusCode.Conflict, "already-recorded");
    }

    [Fact]
    public async Task An_address_the_authority_has_not_verified_founds_nothing() =>
        (await With("sub=x;email=root@installation.org;email_verified=false").Post("/api/agencies", "{}")).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");

    private async Task AddNina() =>
        (await As("ada").Post("/api/people", new { id = "nina", name = "Nina", email = "nina@sample.org", roles = new[] { "worker" } })).Expect(HttpStatusCode.Created);
}
