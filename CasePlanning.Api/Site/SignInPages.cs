using CasePlanning.Api.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Api.Site;

/// <summary>Signing in and out, by whatever scheme the shell has for its pages.</summary>
internal static class SignInPages
{
    public static async Task<IResult> Begin(HttpContext context)
    {
        PageAnswer.Harden(context);
        await context.ChallengeAsync(new AuthenticationProperties { RedirectUri = SignIn.Local(context.Request.Query["returnTo"]) });
        return Results.Empty;
    }

    /// <summary>Where the authority sends people back to.</summary>
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

    public static Task<IResult> AskSignOut(HttpContext context) => Task.FromResult<IResult>(new PageAnswer(
        new("Sign out"), Html.Of($"<form method=\"post\" action=\"/signout\">{PageAnswer.Token(context)}<button>Sign out</button></form>")));

    public static async Task<IResult> End(HttpContext context)
    {
        if (!await PageAnswer.IsOurs(context))
        {
            return ShortPages.FormExpired();
        }

        await context.SignOutAsync(new AuthenticationProperties { RedirectUri = "/" });
        return Results.Empty;
    }
}
