using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Api.Site;

/// <summary>Writes a page with the headers that keep it out of caches and frames and free of scripts.</summary>
public sealed class PageAnswer(Html title, Html body, int status = StatusCodes.Status200OK, string? signedInAs = null) : IResult
{
    public const string StylePath = "/pages.css";

    private const string Policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var page = Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <link rel="stylesheet" href="{StylePath}">
            </head>
            <body>
            <header><a href="/">Case planning</a>{SignOut(httpContext)}</header>
            <main>
            <h1>{title}</h1>
            {body}
            </main>
            </body>
            </html>

            """);
        httpContext.Response.StatusCode = status;
        Harden(httpContext);
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await httpContext.Response.WriteAsync(page.Text, Encoding.UTF8, httpContext.RequestAborted);
    }

    public static void Harden(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }

    /// <summary>The hidden field that a form has to send back.</summary>
    public static Html Token(HttpContext context)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        return Html.Of($"<input type=\"hidden\" name=\"{tokens.FormFieldName}\" value=\"{tokens.RequestToken}\">");
    }

    /// <summary>True when a posted form came from one of our own pages.</summary>
    public static Task<bool> IsOurs(HttpContext context) =>
        context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);

    private Html SignOut(HttpContext context) => signedInAs is null ? Html.Empty
        : Html.Of($"<form method=\"post\" action=\"/signout\">{Token(context)}<span>{signedInAs}</span> <button class=\"quiet\">Sign out</button></form>");
}

/// <summary>Pages that say why there is nothing more to see.</summary>
public static class ShortPages
{
    public static PageAnswer Forbidden(string why, string? signedInAs, Html more = default) =>
        new(new("Not yours to decide"), Html.Of($"<p>{why}</p>{more}"), StatusCodes.Status403Forbidden, signedInAs);

    public static PageAnswer NotVisible(string signedInAs) =>
        new(new("Not yours to see"), Html.Of($"<p>This doesn't exist, or you may not see it. If you think you should, ask an administrator.</p>"), StatusCodes.Status403Forbidden, signedInAs);

    public static PageAnswer UnknownPerson() =>
        new(new("Nobody here knows you yet"), Html.Of($"<p>You are signed in, but nobody active in an agency's people table has this sign-in. Ask an administrator.</p>"), StatusCodes.Status403Forbidden, "Signed in");

    public static PageAnswer NotFound() => new(new("Nothing here"), Html.Of($"<p>This address names nothing. It may be cut off: copy the whole link from the mail.</p>"), StatusCodes.Status404NotFound);

    public static PageAnswer FormExpired() =>
        new(new("Please try again"), Html.Of($"<p>This form is no longer valid: it was open for too long, or you have signed in anew since. Open the page again; nothing was changed.</p>"), StatusCodes.Status400BadRequest);

    public static PageAnswer Unavailable() =>
        new(new("Nobody can sign in right now"), Html.Of($"<p>The service that signs people in can't be reached. Nothing was changed; try again in a few minutes.</p>"), StatusCodes.Status503ServiceUnavailable);

    public static PageAnswer Unreadable(int status) => new(new("This can't be read"), Html.Of($"<p>What was sent is too large or can't be read. Nothing was saved.</p>"), status);

    public static PageAnswer Defect() =>
        new(new("Something went wrong here"), Html.Of($"<p>This is not your fault, and nothing was saved halfway. Try again; if it stays, tell an administrator.</p>"), StatusCodes.Status500InternalServerError);

    /// <summary>What somebody who isn't signed in sees of a case: its number.</summary>
    public static PageAnswer SignInFirst(string caseNumber, string returnTo) =>
        new(Html.Of($"Case {caseNumber}"), Html.Of($"<p><a class=\"button\" href=\"/signin?returnTo={Uri.EscapeDataString(returnTo)}\">Sign in</a></p>"));
}
