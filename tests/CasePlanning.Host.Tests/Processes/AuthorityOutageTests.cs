namespace CasePlanning.Host.Tests.Processes;

/// <summary>While the authority can't be reached, whoever needs it is told so, and everybody else is served.</summary>
public sealed class AuthorityOutageTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TestAuthority _authority = null!;
    private HostProcess _host = null!;

    public async Task InitializeAsync()
    {
        _authority = await TestAuthority.Start();
        _host = await ProductionHost.Start(_folder.Of("data"), _authority);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _authority.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_token_that_nobody_can_check_is_a_503_and_is_good_once_somebody_can()
    {
        _authority.IsDown = true;

        var told = await Me();
        Assert.Equal(503, told.Status);
        Assert.Contains("\"code\":\"unavailable\"", told.Body, StringComparison.Ordinal);
        Assert.Equal(401, (await _host.Send(HttpMethod.Get, "/api/me")).Status);
        Assert.Equal(200, (await _host.Send(HttpMethod.Get, "/health/ready")).Status);

        _authority.IsDown = false;
        Assert.Equal(200, (await Me()).Status);
        _authority.IsDown = true;
        Assert.Equal(200, (await Me()).Status);
    }

    [Fact]
    public async Task A_sign_in_that_cant_begin_says_so_on_a_page()
    {
        _authority.IsDown = true;
        using var browser = new Browser(_host.Address);

        Assert.Equal(503, await browser.Get("/signin"));
        Assert.Contains("can't be reached", browser.Page, StringComparison.Ordinal);
        Assert.Equal(200, await browser.Get("/"));
    }

    [Fact]
    public async Task A_sign_in_that_cant_end_says_so_on_a_page_and_begins_anew()
    {
        using var browser = new Browser(_host.Address);
        var callback = await browser.ThroughTheAuthority(_authority, ProductionHost.AdministratorSubject, "/");
        _authority.IsDown = true;

        Assert.Equal(503, await browser.Get(callback.PathAndQuery));
        Assert.DoesNotContain(browser.Cookies, cookie => cookie.Name == "case-planning");

        _authority.IsDown = false;
        Assert.Equal(302, await browser.Get((await browser.ThroughTheAuthority(_authority, ProductionHost.AdministratorSubject, "/")).PathAndQuery));
    }

    private Task<Answer> Me() => _host.Send(HttpMethod.Get, "/api/me", null, null, ("Authorization", $"Bearer {_authority.AccessToken(ProductionHost.AdministratorSubject)}"));
}
