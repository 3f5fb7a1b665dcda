using CasePlanning.Api;
using CasePlanning.Api.Identity;
using CasePlanning.Api.Site;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.People;
using CasePlanning.Host.Settings;
using CasePlanning.Host.Start;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CasePlanning.Host.Identity;

/// <summary>Sample people sign in with a click, in Development and on this machine only.</summary>
internal static class SamplePages
{
    private const string AuthorityPath = "/signin/authority";

    public static IReadOnlyList<Page> All { get; } =
    [
        new("signInAsSample", HttpMethods.Post, "/signin", Click),
        new("signInByAuthority", HttpMethods.Get, AuthorityPath, ByAuthority),
    ];

    /// <summary>Shows who there is, in the place of the authority.</summary>
    public static async Task Choose(RedirectContext<CookieAuthenticationOptions> challenge)
    {
        var context = challenge.HttpContext;
        var returnTo = challenge.Properties.RedirectUri;
        var answer = SampleTokens.IsLocal(context) ? await People(context, returnTo!) : ShortPages.Forbidden("Sample people sign in on this machine only.", null);
        await answer.ExecuteAsync(context);
    }

    private static async Task<PageAnswer> People(HttpContext context, string returnTo)
    {
        var agency = await context.RequestServices.GetRequiredService<IDirectoryStore>().Find(SampleAgency.Id, context.RequestAborted);
        var people = agency?.People.Where(person => person.Active).OrderBy(person => person.Id, StringComparer.Ordinal) ?? Enumerable.Empty<Person>();
        return new PageAnswer(new("Sign in as a sample person"), Html.Of($"""
            <p>This is a development machine with an invented agency. Choose who you want to be.</p>
            {Html.If(Settings(context).Authority is not null, () => Html.Of($"<p><a href=\"{AuthorityPath}?returnTo={Uri.EscapeDataString(returnTo)}\">Or sign in with your own account</a></p>"))}
            {people.Select(person => Html.Of($"""
                <form method="post" action="/signin">{PageAnswer.Token(context)}<input type="hidden" name="returnTo" value="{returnTo}">
                <p><button class="second" name="person" value="{person.Id}">{person.Name}, {string.Join(", ", person.Roles).ToLowerInvariant()}</button></p></form>
                """))}
            """));
    }

    private static async Task<IResult> Click(HttpContext context)
    {
        if (!Settings(context).SampleSignIn || !SampleTokens.IsLocal(context))
        {
            return ShortPages.Forbidden("Sample people sign in on a development machine only.", null);
        }

        if (!await PageAnswer.IsOurs(context))
        {
            return ShortPages.FormExpired();
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await SampleTokens.Find(context.RequestServices.GetRequiredService<IDirectoryStore>(), form["person"].ToString(), context.RequestAborted) is not { } person)
        {
            return ShortPages.NotFound();
        }

        await context.SignInAsync(SignIn.Cookie, SignIn.Principal(person.Subject ?? person.Email, SignIn.Cookie));
        return Results.LocalRedirect(SignIn.Local(form["returnTo"]));
    }

    private static async Task<IResult> ByAuthority(HttpContext context)
    {
        if (context.RequestServices.GetService<CodeFlow>() is not { } flow)
        {
            return ShortPages.NotFound();
        }

        PageAnswer.Harden(context);
        await flow.Begin(context, SignIn.Local(context.Request.Query["returnTo"]));
        return Results.Empty;
    }

    private static IdentityOptions Settings(HttpContext context) => context.RequestServices.GetRequiredService<HostSettings>().Identity;
}
