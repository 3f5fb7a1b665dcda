using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>A production host with an agency of its settings, and the authority it trusts.</summary>
public sealed class ProductionHost : IAsyncLifetime
{
    public const string AdministratorSubject = "subject-of-the-administrator";

    private readonly TemporaryFolder _folder = new();

    internal TestAuthority Authority { get; private set; } = null!;

    internal HostProcess Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Authority = await TestAuthority.Start();
        Host = await Start(_folder.Of("data"), Authority);
    }

    internal static Task<HostProcess> Start(string data, TestAuthority authority) => HostProcess.Start(
        data,
        ("DOTNET_ENVIRONMENT", "Production"),
        ("Identity:Authority", authority.Issuer),
        ("Identity:Audience", TestAuthority.Audience),
        ("Identity:ClientId", TestAuthority.ClientId),
        ("Identity:ClientSecret", TestAuthority.ClientSecret),
        ("CasePlanning:PublicAddress", "http://plans.localhost"),
        ("Setup:Agency", "river"),
        ("Setup:Zone", "America/Chicago"),
        ("Setup:AdministratorEmail", "ada@river.test"),
        ("Setup:AdministratorSubject", AdministratorSubject));

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Authority.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Who is asking: bearer tokens for the API, the code flow for pages.</summary>
public sealed class IdentityTests(ProductionHost production) : IClassFixture<ProductionHost>
{
    [Fact]
    public async Task The_first_administrator_of_the_settings_signs_in_with_a_token_of_the_authority()
    {
        var me = await Me(production.Authority.AccessToken(ProductionHost.AdministratorSubject));

        Assert.Equal(200, me.Status);
        Assert.Contains("\"administrator\"", me.Body, StringComparison.Ordinal);
        Assert.Contains("America/Chicago", me.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_proves_nothing_is_nobodys()
    {
        var subject = ProductionHost.AdministratorSubject;
        var authority = production.Authority;
        (string What, string Token)[] tokens =
        [
            ("expired", authority.AccessToken(subject, minutes: -10)),
            ("for somebody else", authority.AccessToken(subject, audience: "another-api")),
            ("for signing in, not for the API", authority.AccessToken(subject, audience: TestAuthority.ClientId)),
            ("from somebody else", authority.AccessToken(subject, issuer: "https://elsewhere.test")),
            ("signed with another key", authority.AccessToken(subject, key: new RsaSecurityKey(RSA.Create(2048)) { KeyId = "k1" })),
            ("tampered with", authority.AccessToken(subject)[..^6] + "AAAAAA"),
            ("of a sample person", "sample-administrator"),
        ];

        foreach (var (what, token) in tokens)
        {
            Assert.True((await Me(token)).Status == 401, $"A token {what} was accepted.");
        }
    }

    [Fact]
    public async Task Somebody_whom_no_agency_knows_may_do_nothing() =>
        Assert.Equal(403, (await Me(production.Authority.AccessToken("a-stranger", "stranger@river.test"))).Status);

    [Fact]
    public async Task The_code_flow_signs_somebody_in_and_brings_them_back_to_the_page_they_wanted()
    {
        using var browser = Open();
        var callback = await ThroughTheAuthority(browser, ProductionHost.AdministratorSubject, "/signout");

        Assert.Equal(302, await browser.Get(callback));
        Assert.Equal("/signout", browser.Response.Headers.Location!.OriginalString);
        var cookie = browser.Cookies.First(each => each.Name == "case-planning");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(200, await browser.Get("/"));
        Assert.Contains("ada@river.test", browser.Page, StringComparison.Ordinal);
        Assert.Equal(401, await browser.Get("/api/me"));

        Assert.Equal(200, await browser.Get("/signout"));
        Assert.Equal(302, await browser.Post("/signout"));
        Assert.Equal(200, await browser.Get("/"));
        Assert.DoesNotContain("ada@river.test", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_comes_back_with_another_state_or_a_second_time_is_refused()
    {
        using var browser = Open();
        var callback = await ThroughTheAuthority(browser, ProductionHost.AdministratorSubject, "/");
        using var another = Open();

        Assert.Equal(400, await another.Get(callback));
        Assert.Equal(400, await browser.Get(callback.Replace("state=", "state=x", StringComparison.Ordinal)));
        Assert.Equal(400, await browser.Get(callback));
        Assert.Equal(200, await browser.Get("/"));
        Assert.Contains("Sign in", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_with_another_nonce_is_refused()
    {
        using var browser = Open();
        production.Authority.OtherNonce = "somebody-elses";
        try
        {
            Assert.Equal(400, await browser.Get(await ThroughTheAuthority(browser, ProductionHost.AdministratorSubject, "/")));
            Assert.DoesNotContain(browser.Cookies, cookie => cookie.Name == "case-planning");
        }
        finally
        {
            production.Authority.OtherNonce = null;
        }
    }

    [Fact]
    public async Task A_code_that_was_not_given_out_is_refused()
    {
        using var browser = Open();
        var callback = await ThroughTheAuthority(browser, ProductionHost.AdministratorSubject, "/");
        var state = callback[callback.IndexOf("&state=", StringComparison.Ordinal)..];

        Assert.Equal(400, await browser.Get($"/signin/callback?code=made-up{state}"));
    }

    [Theory]
    [InlineData("https://elsewhere.test/")]
    [InlineData("//elsewhere.test/")]
    [InlineData("/\\elsewhere.test/")]
    public async Task A_sign_in_never_leads_to_another_site(string returnTo)
    {
        using var browser = Open();
        var callback = await ThroughTheAuthority(browser, ProductionHost.AdministratorSubject, returnTo);

        Assert.Equal(302, await browser.Get(callback));
        Assert.Equal("/", browser.Response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Nobody_signs_in_with_a_click()
    {
        using var browser = Open();

        Assert.Equal(403, await browser.PostAs(null, "/signin", ("person", "administrator")));
    }

    private Task<Answer> Me(string token) => production.Host.Send(HttpMethod.Get, "/api/me", null, null, ("Authorization", $"Bearer {token}"));

    private Browser Open() => new(production.Host.Address);

    private async Task<string> ThroughTheAuthority(Browser browser, string subject, string returnTo)
    {
        var callback = await browser.ThroughTheAuthority(production.Authority, subject, returnTo);
        Assert.Equal("plans.localhost", callback.Host);
        return callback.PathAndQuery;
    }
}
