using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using CasePlanning.Host.Tests.Processes;

namespace CasePlanning.Functions.Tests.Protocol;

/// <summary>The pages as the built process serves them over Azurite, from the link in a mail on.</summary>
public sealed class PageTests(Installation installation) : IClassFixture<Installation>, IAsyncLifetime
{
    private static readonly Uri Site = new("https://plans.example.org");
    private static int _cases;

    private Platform _platform = null!;
    private FrontEnd _frontEnd = null!;

    public async Task InitializeAsync()
    {
        _platform = await installation.Start();
        _frontEnd = new FrontEnd(_platform);
    }

    public async Task DisposeAsync()
    {
        _frontEnd.Dispose();
        await _platform.DisposeAsync();
    }

    [Fact]
    public async Task An_approval_goes_from_the_link_in_the_mail_to_a_plan_in_effect_whatever_process_answers()
    {
        var plan = await Submitted();
        using var browser = Open();
        Assert.Equal(200, await browser.Get(plan.Link));
        Assert.Contains($"Case {plan.Number}", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("A calm home", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Approve", browser.Page, StringComparison.Ordinal);

        var callback = await ThroughTheAuthority(browser, "supervisor", plan.Link);
        Assert.Equal(Site.Host, callback.Host);
        await Restart();
        Assert.Equal(302, await browser.Get(callback.PathAndQuery));
        Assert.Equal(plan.Link, browser.Response.Headers.Location!.OriginalString);
        Assert.All(browser.Cookies, cookie => Assert.True(cookie is { HttpOnly: true, Secure: true }, cookie.Name));
        Assert.Equal(200, await browser.Get(plan.Link));
        Assert.Contains("A calm home", browser.Page, StringComparison.Ordinal);

        await Restart();
        Assert.Equal(302, await browser.Post(plan.Link, ("decision", "approve")));
        Assert.Equal("in-effect", await Stage(plan));
        Assert.Equal(200, await browser.Get(plan.Link));
        Assert.Contains("was approved and took effect", browser.Page, StringComparison.Ordinal);
        Assert.Empty(_platform.Warnings);
    }

    [Fact]
    public async Task A_form_from_elsewhere_changes_nothing_nor_does_whoever_may_not_decide()
    {
        var plan = await Submitted();
        using var browser = Open();
        await SignIn(browser, "supervisor");
        await browser.Get(plan.Link);
        using var worker = Open();
        await SignIn(worker, "worker");

        Assert.Equal(400, await browser.PostAs(null, plan.Link, ("decision", "approve")));
        Assert.Equal(400, await browser.PostAs("made-up", plan.Link, ("decision", "approve")));
        Assert.Equal(403, await worker.Get(plan.Link));
        Assert.DoesNotContain("A calm home", worker.Page, StringComparison.Ordinal);
        Assert.Equal(403, await worker.Post(plan.Link, ("decision", "approve")));
        Assert.Equal("pending-approval", await Stage(plan));
    }

    [Fact]
    public async Task The_start_page_is_the_products_and_its_cookie_opens_pages_alone_until_one_signs_out()
    {
        using var browser = Open();
        Assert.Equal(200, await browser.Get("/"));
        Assert.Contains("Plans, their deadlines and approvals", browser.Page, StringComparison.Ordinal);
        Assert.Equal(200, await browser.Get("/pages.css"));
        await SignIn(browser, "worker");

        Assert.Equal(200, await browser.Get("/"));
        Assert.Contains("Your deadlines", browser.Page, StringComparison.Ordinal);
        Assert.Equal(401, await browser.Get("/api/me"));
        Assert.Equal(200, await browser.Get("/signout"));
        Assert.Equal(302, await browser.Post("/signout"));
        await browser.Get("/");
        Assert.DoesNotContain("Your deadlines", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_authority_cant_be_reached_the_API_and_the_sign_in_say_so()
    {
        installation.Authority.IsDown = true;
        try
        {
            using var browser = Open();
            Assert.Equal(503, await browser.Get("/signin"));
            Assert.Contains("can't be reached", browser.Page, StringComparison.Ordinal);

            var (status, problem) = await _platform.Send("getMe", HttpMethod.Get, "/api/me", installation.TokenOf("worker"));
            Assert.Equal((503, "unavailable"), (status, problem!["code"]!.GetValue<string>()));
            Assert.Equal(401, (await _platform.Send("getMe", HttpMethod.Get, "/api/me")).Status);
        }
        finally
        {
            installation.Authority.IsDown = false;
        }

        Assert.Equal(200, (await _platform.Send("getMe", HttpMethod.Get, "/api/me", installation.TokenOf("worker"))).Status);
    }

    [Fact]
    public async Task Where_the_platform_signs_nobody_in_its_header_is_anybodys_and_proves_nothing()
    {
        var plan = await Submitted();
        _frontEnd.Principal = Principal("aad", "supervisor");
        using var browser = Open();

        Assert.Equal(200, await browser.Get(plan.Link));
        Assert.Contains("Sign in", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("A calm home", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_the_platform_has_signed_in_reads_and_approves()
    {
        var plan = await Submitted();
        await using var platform = await installation.StartBehindThePlatform();
        _frontEnd.Platform = platform;
        using var browser = Open();
        Assert.Equal(200, await browser.Get(plan.Link));
        Assert.DoesNotContain("A calm home", browser.Page, StringComparison.Ordinal);
        Assert.Equal(302, await browser.Get($"/signin?returnTo={Uri.EscapeDataString(plan.Link)}"));
        Assert.Equal($"/.auth/login/aad?post_login_redirect_uri={Uri.EscapeDataString(plan.Link)}", browser.Response.Headers.Location!.OriginalString);

        _frontEnd.Principal = Principal("facebook", "supervisor");
        await browser.Get(plan.Link);
        Assert.DoesNotContain("A calm home", browser.Page, StringComparison.Ordinal);
        _frontEnd.Principal = Principal("aad", "supervisor");
        Assert.Equal(200, await browser.Get(plan.Link));
        Assert.Contains("A calm home", browser.Page, StringComparison.Ordinal);
        Assert.Equal(401, await browser.Get("/api/me"));

        await browser.Get(plan.Link);
        Assert.Equal(400, await browser.PostAs(null, plan.Link, ("decision", "approve")));
        await browser.Get(plan.Link);
        Assert.Equal(302, await browser.Post(plan.Link, ("decision", "approve")));
        Assert.Equal("in-effect", await Stage(plan));
        await browser.Get(plan.Link);
        Assert.Equal(200, await browser.Post("/signout"));
        Assert.Equal("0; url=/.auth/logout?post_logout_redirect_uri=%2F", Assert.Single(browser.Response.Headers.GetValues("Refresh")));
    }

    private Browser Open() => new(Site, _frontEnd);

    /// <summary>Kills the process with SIGKILL and starts another.</summary>
    private async Task Restart()
    {
        await _platform.Worker.Kill();
        await _platform.DisposeAsync();
        _frontEnd.Platform = _platform = await installation.Start();
    }

    private Task<Uri> ThroughTheAuthority(Browser browser, string person, string returnTo)
    {
        installation.Authority.Email = $"{person}@example.org";
        return browser.ThroughTheAuthority(installation.Authority, $"subject-of-{person}", returnTo);
    }

    private async Task SignIn(Browser browser, string person) =>
        Assert.Equal(302, await browser.Get((await ThroughTheAuthority(browser, person, "/")).PathAndQuery));

    private async Task<string> Stage(Plan plan) =>
        (await _platform.Send("getPlan", HttpMethod.Get, $"/api/plans/{plan.Id}", installation.TokenOf("worker"))).Body!["stage"]!.GetValue<string>();

    /// <summary>A new case whose plan waits for the supervisor, with the link of the mail that says so.</summary>
    private async Task<Plan> Submitted()
    {
        var number = FormattableString.Invariant($"P-{Interlocked.Increment(ref _cases)}");
        var id = $"county-{number.ToLowerInvariant()}.home";
        var today = TimeProvider.System.GetUtcNow().AddHours(-8).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await Do("openCase", HttpMethod.Post, "/api/cases", $$"""
            {"number":"{{number}}","openedOn":"{{today}}","facts":[
              {"fact":"participant","source":"c1","on":"{{today}}","name":"Child","role":"focus-child","birthDate":"2020-01-01","personType":"voluntary"},
              {"fact":"assignment","source":"a","on":"{{today}}","person":"worker"}]}
            """);
        await Do("createVersion", HttpMethod.Post, $"/api/plans/{id}/versions", $$"""{"kind":"initial","planDate":"{{today}}"}""");
        await Do("saveDraft", HttpMethod.Put, $"/api/plans/{id}/versions/1", $$"""
            {"planDate":"{{today}}","focusChildren":["c1"],"content":{
              "serviceObjectives":[{"id":"o1","participant":"c1","objective":"A calm home"}],
              "cps":{"caseInformation":"x","persons":"x","reasons":"x","familyStrengths":"x","familyNeeds":"x","goals":"x","whatMustHappen":"x","otherNeeds":"none","reviewOn":"{{today}}","ifBehaviorDoesNotChange":"x"} } }
            """, ("If-Match", "\"1\""));
        await Do("submitPlan", HttpMethod.Post, $"/api/plans/{id}/submission", "{}");
        var mail = (await installation.Stores.Outbox.List("county", default)).Single(message => message.Person == "supervisor" && message.Text.Contains(number, StringComparison.Ordinal));
        var link = mail.Text[mail.Text.IndexOf($"{Site}approvals/", StringComparison.Ordinal)..].Split()[0];
        return new(number, id, new Uri(link).PathAndQuery);
    }

    private async Task Do(string function, HttpMethod method, string path, string body, params (string, string)[] headers)
    {
        var (status, answer) = await _platform.Send(function, method, path, installation.TokenOf("worker"), body, headers);
        Assert.True(status is 200 or 201, $"{function}: {status} {answer}\n{_platform.Worker.Output}");
    }

    /// <summary>What the platform says of somebody whom a provider has signed in.</summary>
    private static string Principal(string provider, string person)
    {
        var claims = new[] { new { typ = ClaimTypes.NameIdentifier, val = $"subject-of-{person}" }, new { typ = ClaimTypes.Email, val = $"{person}@example.org" } };
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { auth_typ = provider, claims })));
    }

    private sealed record Plan(string Number, string Id, string Link);
}
