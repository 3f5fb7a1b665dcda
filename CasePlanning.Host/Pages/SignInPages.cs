using CasePlanning.Application.Ports;
using CasePlanning.Host.Identity;
using CasePlanning.Host.Settings;
using CasePlanning.Host.Start;
using Microsoft.AspNetCore.Authentication;

namespace CasePlanning.Host.Pages;

/// <summary>Signing in, by the authority or, for sample people, with a click; and signing out.</summary>
internal sealed class SignInPages(HostSettings settings, IDirectoryStore directories)
{
    public async Task<IResult> Begin(HttpContext context, string? returnTo)
    {
        if (!settings.Identity.SampleSignIn)
        {
            return await Challenge(context, returnTo);
        }

        if (!SampleTokens.IsLocal(context))
        {
            return ShortPages.Forbidden("Sample people sign in on this machine only.", null);
        }

        var people = (await directories.Find(SampleAgency.Id, context.RequestAborted))?.People.Where(person => person.Active).OrderBy(person => person.Id, StringComparer.Ordinal) ?? Enumerable.Empty<Domain.People.Person>();
        return new PageAnswer(new("Sign in as a sample person"), Html.Of($"""
            <p>This is a development machine with an invented agency. Choose who you want to be.</p>
            {Html.If(settings.Identity.Authority is not null, () => Html.Of($"<p><a href=\"/signin/authority?returnTo={Uri.EscapeDataString(Local(returnTo))}\">Or sign in with your own account</a></p>"))}
            {people.Select(person => Html.Of($"""
                <form method="post" action="/signin">{PageAnswer.Token(context)}<input type="hidden" name="returnTo" value="{Local(returnTo)}">
                <p><button class="second" name="person" value="{person.Id}">{person.Name}, {string.Join(", ", person.Roles.Select(PlanMarkup.Word))}</button></p></form>
                """))}
            """));
    }

    /// <summary>Sends the browser to the authority.</summary>
    public static async Task<IResult> Challenge(HttpContext context, string? returnTo)
    {
        if (context.RequestServices.GetService<CodeFlow>() is not { } flow)
        {
            return ShortPages.NotFound();
        }

        PageAnswer.Harden(context);
        await flow.Begin(context, Local(returnTo));
        return Results.Empty;
    }

    public async Task<IResult> ClickSample(HttpContext context)
    {
        if (!settings.Identity.SampleSignIn || !SampleTokens.IsLocal(context))
        {
            return ShortPages.Forbidden("Sample people sign in on a development machine only.", null);
        }

        if (!await PageAnswer.IsOurs(context))
        {
            return ShortPages.FormExpired();
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (await SampleTokens.Find(directories, form["person"].ToString(), context.RequestAborted) is not { } person)
        {
            return ShortPages.NotFound();
        }

        await context.SignInAsync(SignIn.Cookie, SignIn.Principal(person.Subject ?? person.Email, SignIn.Cookie));
        return Results.LocalRedirect(Local(form["returnTo"]));
    }

    public static async Task<IResult> Finish(HttpContext context)
    {
        if (context.RequestServices.GetService<CodeFlow>() is not { } flow)
        {
            return ShortPages.NotFound();
        }

        var result = await flow.Finish(context);
        if (result.Principal is null)
        {
            return new PageAnswer(
                new("You aren't signed in"),
                Html.Of($"<p>{result.Failure}</p><p><a class=\"button\" href=\"/signin?returnTo={Uri.EscapeDataString(result.ReturnTo)}\">Sign in again</a></p>"),
                StatusCodes.Status400BadRequest);
        }

        await context.SignInAsync(SignIn.Cookie, result.Principal);
        return Results.LocalRedirect(result.ReturnTo);
    }

    public static IResult AskSignOut(HttpContext context) => new PageAnswer(
        new("Sign out"), Html.Of($"<form method=\"post\" action=\"/signout\">{PageAnswer.Token(context)}<button>Sign out</button></form>"));

    public static async Task<IResult> End(HttpContext context)
    {
        if (!await PageAnswer.IsOurs(context))
        {
            return ShortPages.FormExpired();
        }

        await context.SignOutAsync(SignIn.Cookie);
        return Results.LocalRedirect("/");
    }

    /// <summary>An address of this site, or its start.</summary>
    private static string Local(string? address) =>
        address is ['/', ..] && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl) ? address : "/";
}
