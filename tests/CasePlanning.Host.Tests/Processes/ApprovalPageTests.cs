namespace CasePlanning.Host.Tests.Processes;

/// <summary>A development host with its sample agency.</summary>
public sealed class DevelopmentHost : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal HostProcess Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await HostProcess.Start(_folder.Of("data"));

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>The page behind an approval request's link.</summary>
public sealed class ApprovalPageTests(DevelopmentHost development) : IClassFixture<DevelopmentHost>
{
    private static int _cases;

    [Fact]
    public async Task Without_sign_in_it_shows_the_case_number_and_nothing_else()
    {
        var plan = await Submitted();
        using var browser = Open();

        Assert.Equal(200, await browser.Get(plan.Link));

        Assert.Contains($"Case {plan.Number}", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Sign in", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Approve", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("Kim", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", browser.Page, StringComparison.Ordinal);
        Assert.Equal("no-store", browser.Response.Headers.CacheControl!.ToString());
        Assert.Contains("default-src 'none'", browser.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_changes_nothing_and_a_form_from_elsewhere_neither()
    {
        var plan = await Submitted();
        using var browser = Open();
        await browser.SignInAs("supervisor");

        await browser.Get($"{plan.Link}?decision=approve");
        Assert.Equal(400, await browser.PostAs(null, plan.Link, ("decision", "approve")));
        Assert.Equal(400, await browser.PostAs("made-up", plan.Link, ("decision", "approve")));

        Assert.Contains("\"stage\":\"pending-approval\"", (await Plan(plan)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_supervisor_reads_the_plan_and_approves_it_with_its_date_set_to_today()
    {
        var plan = await Submitted();
        using var browser = Open();
        await browser.SignInAs("supervisor");

        Assert.Equal(200, await browser.Get(plan.Link));
        Assert.Contains("Kim &lt;b&gt;Test&lt;/b&gt;", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Finish school", browser.Page, StringComparison.Ordinal);
        Assert.Contains("lies ahead", browser.Page, StringComparison.Ordinal);
        Assert.Equal(302, await browser.Post(plan.Link, ("decision", "approve"), ("planDateToday", "yes")));
        Assert.Equal(200, await browser.Get(plan.Link));

        Assert.Contains("was approved and took effect", browser.Page, StringComparison.Ordinal);
        Assert.Contains("\"stage\":\"in-effect\"", (await Plan(plan)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_shown_in_words_and_what_was_typed_stays()
    {
        var plan = await Submitted();
        using var browser = Open();
        await browser.SignInAs("supervisor");
        await browser.Get(plan.Link);

        Assert.Equal(409, await browser.Post(plan.Link, ("decision", "approve"), ("comments", "Well done, all of you")));
        Assert.Contains("is in the future", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Well done, all of you", browser.Page, StringComparison.Ordinal);
        Assert.Equal(409, await browser.Post(plan.Link, ("decision", "return")));
        Assert.Contains("Say what has to change", browser.Page, StringComparison.Ordinal);
        Assert.Equal(409, await browser.Post(plan.Link, ("decision", "burn")));
    }

    [Fact]
    public async Task A_returned_plan_says_so_and_can_not_be_answered_again()
    {
        var plan = await Submitted();
        using var browser = Open();
        await browser.SignInAs("supervisor");
        await browser.Get(plan.Link);
        Assert.Equal(302, await browser.Post(plan.Link, ("decision", "return"), ("comments", "Who drives?")));
        await browser.Get("/signout");

        Assert.Equal(200, await browser.Post(plan.Link, ("decision", "approve"), ("planDateToday", "yes")));

        Assert.Contains("was returned to its writer", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Who drives?", browser.Page, StringComparison.Ordinal);
        Assert.Contains("\"stage\":\"draft\"", (await Plan(plan)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("worker")]
    [InlineData("manager")]
    [InlineData("auditor")]
    public async Task Whoever_may_not_decide_is_told_so(string person)
    {
        var plan = await Submitted();
        using var browser = Open();
        await browser.SignInAs(person);

        Assert.Equal(403, await browser.Get(plan.Link));
        Assert.DoesNotContain("Finish school", browser.Page, StringComparison.Ordinal);
        Assert.Equal(403, await browser.Post(plan.Link, ("decision", "approve"), ("planDateToday", "yes")));
        Assert.Contains("\"stage\":\"pending-approval\"", (await Plan(plan)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_names_nothing_or_a_case_one_may_not_see_looks_the_same()
    {
        using var browser = Open();
        await browser.SignInAs("second-worker");

        Assert.Equal(404, await browser.Get("/approvals/nonsense"));
        Assert.Equal(403, await browser.Get("/approvals/sample-nothing.home.v1.1"));
        Assert.Equal(403, await browser.Get("/plans/sample-nothing.home"));
        Assert.Equal(403, await browser.Get("/cases/sample-nothing"));
    }

    [Fact]
    public async Task An_update_shows_what_changed_against_the_version_in_effect()
    {
        var plan = await Submitted();
        using var browser = Open();
        await browser.SignInAs("supervisor");
        await browser.Get(plan.Link);
        await browser.Post(plan.Link, ("decision", "approve"), ("planDateToday", "yes"));
        await Do(HttpMethod.Put, $"/api/plans/{plan.Id}/progress/o1", """{"met":"no","narrative":"Not yet."}""");
        await Do(HttpMethod.Post, $"/api/plans/{plan.Id}/versions", $$"""{"kind":"update","planDate":"{{plan.Today}}"}""");
        await Do(HttpMethod.Put, $"/api/plans/{plan.Id}/versions/2", Draft(plan.Today, plan.Today, "Finish school with help", "\"appropriateness\":\"It fits.\","), ("If-Match", "\"1\""));
        await Do(HttpMethod.Post, $"/api/plans/{plan.Id}/submission", "{}");

        Assert.Equal(200, await browser.Get($"/approvals/{plan.Id}.v2.1"));

        Assert.Contains("What changed against version 1", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<del>Finish school</del> <ins>Finish school with help</ins>", browser.Page, StringComparison.Ordinal);
        Assert.Contains("<ins>It fits.</ins>", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_a_mail_leads_to_show_the_stage_and_every_deadline_to_those_who_may_see_them()
    {
        using var browser = Open();
        Assert.Equal(200, await browser.Get("/plans/sample-s-1001.home"));
        Assert.DoesNotContain("awaiting", browser.Page, StringComparison.Ordinal);
        await browser.SignInAs("worker");

        Assert.Equal(200, await browser.Get("/plans/sample-s-1001.home"));
        Assert.Contains("awaited", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Initial case plan is due", browser.Page, StringComparison.Ordinal);
        Assert.Contains("Told", browser.Page, StringComparison.Ordinal);
        Assert.Equal(200, await browser.Get("/cases/sample-s-1001"));
        Assert.Equal(200, await browser.Get("/"));
        Assert.Contains("S-1001", browser.Page, StringComparison.Ordinal);
    }

    private Browser Open() => new(development.Host.Address);

    private Task<Answer> Plan(SubmittedPlan plan) => development.Host.Send(HttpMethod.Get, $"/api/plans/{plan.Id}", "worker");

    private async Task Do(HttpMethod method, string path, string json, params (string, string)[] headers)
    {
        var answer = await development.Host.Send(method, path, "worker", json, headers);
        Assert.True(answer.Status is 200 or 201, $"{method} {path}: {answer.Status} {answer.Body}");
    }

    /// <summary>A new case whose plan, dated ahead, waits for the supervisor.</summary>
    private async Task<SubmittedPlan> Submitted()
    {
        var number = FormattableString.Invariant($"A-{Interlocked.Increment(ref _cases)}");
        var me = (await development.Host.Send(HttpMethod.Get, "/api/me", "worker")).Body;
        var today = me[(me.IndexOf("\"today\":\"", StringComparison.Ordinal) + 9)..][..10];
        var ahead = DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture).AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var id = $"sample-{number.ToLowerInvariant()}.home";
        await Do(HttpMethod.Post, "/api/cases", $$"""
            {"number":"{{number}}","openedOn":"{{today}}","facts":[
              {"fact":"participant","source":"kim","on":"{{today}}","name":"Kim <b>Test</b>","role":"focus-child","birthDate":"2020-01-01","personType":"voluntary"},
              {"fact":"assignment","source":"a","on":"{{today}}","person":"worker"}]}
            """);
        await Do(HttpMethod.Post, $"/api/plans/{id}/versions", $$"""{"kind":"initial","planDate":"{{ahead}}"}""");
        await Do(HttpMethod.Put, $"/api/plans/{id}/versions/1", Draft(today, ahead, "Finish school"), ("If-Match", "\"1\""));
        await Do(HttpMethod.Post, $"/api/plans/{id}/submission", "{}");
        return new SubmittedPlan(number, id, $"/approvals/{id}.v1.1", today);
    }

    private static string Draft(string today, string planDate, string objective, string more = "") => $$"""
        {"planDate":"{{planDate}}","focusChildren":["kim"],"content":{ {{more}}
          "serviceObjectives":[{"id":"o1","participant":"kim","objective":"{{objective}}"}],
          "cps":{"caseInformation":"x","persons":"x","reasons":"x","familyStrengths":"x","familyNeeds":"x","goals":"x","whatMustHappen":"x","otherNeeds":"none","reviewOn":"{{today}}","ifBehaviorDoesNotChange":"x"} } }
        """;

    private sealed record SubmittedPlan(string Number, string Id, string Link, string Today);
}
