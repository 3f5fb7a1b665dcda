using CasePlanning.Api;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>The list of pages beside what the process serves.</summary>
public sealed class PageTests(ProductionHost production) : IClassFixture<ProductionHost>
{
    public static TheoryData<string> Names { get; } = [.. Pages.All.Select(page => page.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task Every_page_is_served_to_anybody_by_its_method_and_no_other(string name)
    {
        var page = Pages.All.Single(each => each.Name == name);
        var address = page.Route.Replace("{plan}", "river-1.home", StringComparison.Ordinal).Replace("{id}", "river-1", StringComparison.Ordinal)
            .Replace("{request}", "river-1.home.v1.1", StringComparison.Ordinal);

        var answer = await production.Host.Send(new HttpMethod(page.Method), address);

        Assert.True(answer.Status is 200 or 302 or 400, $"{answer.Status}: {answer.Body}");
        Assert.Equal(404, (await production.Host.Send(HttpMethod.Delete, address)).Status);
    }

    [Fact]
    public void Names_and_addresses_are_nobody_elses()
    {
        var names = Pages.All.Select(page => page.Name).Concat(Operations.All.Select(operation => operation.Name));
        var addresses = Pages.All.Select(page => $"{page.Method} {page.Route}").Concat(Operations.All.Select(operation => $"{operation.Method} {operation.Route}"));

        Assert.Distinct(names, StringComparer.OrdinalIgnoreCase);
        Assert.Distinct(addresses, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Another_address_is_a_page_that_says_so() =>
        Assert.Contains("This address names nothing", (await production.Host.Send(HttpMethod.Get, "/plan")).Body, StringComparison.Ordinal);

    [Fact]
    public async Task A_form_that_is_too_large_or_none_is_refused_on_a_page()
    {
        using var browser = new Browser(production.Host.Address);
        await browser.Get("/signout");

        Assert.Equal(413, await browser.Post("/signout", ("filler", new string('x', 200_000))));
        Assert.Contains("is too large", browser.Page, StringComparison.Ordinal);
        Assert.Equal(400, (await production.Host.Send(HttpMethod.Post, "/signout", null, "{}")).Status);
    }
}
