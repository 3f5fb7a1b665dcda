using System.Diagnostics;
using CasePlanning.Api.Identity;
using CasePlanning.Api.Pipeline;
using CasePlanning.Api.Site;
using CasePlanning.Application;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Api;

/// <summary>
/// One page, or one form of a page, as a value: its address and what it answers. Any shell that can hand over an <see cref="HttpContext"/> whose
/// <c>User</c> it has authenticated runs it by <see cref="Invoke"/>; no middleware is needed.
/// </summary>
/// <param name="Name">Unique, also among operations, in camel case; the function's name in Azure.</param>
/// <param name="Route">Absolute template, e.g. <c>/plans/{plan}</c>.</param>
/// <param name="Answer">Its answer; the parts of the address are the request's route values.</param>
public sealed record Page(string Name, string Method, string Route, Func<HttpContext, Task<IResult>> Answer)
{
    /// <summary>Most bytes of a form.</summary>
    private const int LargestForm = 128 * 1024;

    private TemplateMatcher Matcher => field ??= new TemplateMatcher(TemplateParser.Parse(Route), []);

    public async Task Invoke(HttpContext context)
    {
        using var span = Telemetry.Operation(Name);
        if (context.RequestServices.GetRequiredService<SignInOptions>().IsHttps)
        {
            // A proxy takes TLS off; to people, and so to cookies and forms, the address is https.
            context.Request.Scheme = Uri.UriSchemeHttps;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = LargestForm;
        }

        try
        {
            var answer = Matcher.TryMatch(context.Request.Path, context.Request.RouteValues) ? await Answer(context) : ShortPages.NotFound();
            await answer.ExecuteAsync(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = context.Response.HasStarted ? context.Response.StatusCode : Invocation.ClientGone;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            span?.SetStatus(ActivityStatusCode.Error);
            context.Response.Clear();
            await Failed(context, exception).ExecuteAsync(context);
        }
    }

    private PageAnswer Failed(HttpContext context, Exception exception)
    {
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("CasePlanning.Api");
        switch (exception)
        {
            case AuthorityUnreachableException:
                logger.LogError(exception, "{Page} failed: the authority can't be reached.", Name);
                return ShortPages.Unavailable();
            case BadHttpRequestException or InvalidDataException or AntiforgeryValidationException:
                return ShortPages.Unreadable((exception as BadHttpRequestException ?? exception.InnerException as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest);
            default:
                logger.LogError(exception, "{Page} failed.", Name);
                return ShortPages.Defect();
        }
    }
}
