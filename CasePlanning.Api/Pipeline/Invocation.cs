using System.Diagnostics;
using System.Globalization;
using CasePlanning.Api.Json;
using CasePlanning.Application;
using CasePlanning.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace CasePlanning.Api.Pipeline;

/// <summary>Runs one operation for one request. Everything a middleware would do is done here, so that every shell answers alike.</summary>
internal static class Invocation
{
    /// <summary>What a server answers to nobody: the client has gone. No standard status says so.</summary>
    internal const int ClientGone = 499;

    public static async Task Run(Operation operation, HttpContext context)
    {
        using var span = Telemetry.Operation(operation.Name);
        try
        {
            await Answer(operation, context);
        }
        catch (EdgeException exception)
        {
            await Answers.Write(context, exception.Kind, exception.Message, exception.Violations);
        }
        catch (RefusedException exception)
        {
            await Answers.Write(context, exception.Refusal);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = context.Response.HasStarted ? context.Response.StatusCode : ClientGone;
        }
        catch (Exception exception)
        {
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("CasePlanning.Api");
            logger.LogError(exception, "{Operation} failed. Trace {TraceId}.", operation.Name, Answers.TraceIdOf(context));
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            span?.SetStatus(ActivityStatusCode.Error);

            context.Response.Clear();
            await Answers.Write(context, Problems.Defect, "This is not your fault, and nothing was saved halfway. Try again; if it stays, tell an administrator the trace id.");
        }
    }

    private static async Task Answer(Operation operation, HttpContext context)
    {
        var call = new Call(context, RouteOf(operation, context), context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        if (operation.Policy != Policy.Anonymous)
        {
            Callers.RequireSignIn(context);
            if (operation.Policy == Policy.FoundAgencies)
            {
                Callers.RequireInstallationAdministrator(call);
            }
            else
            {
                call.Caller = await Callers.Resolve(call, operation.Policy);
            }
        }

        RequireReadable(operation, call);
        var body = operation.Method == HttpMethods.Get ? [] : await Bodies.Read(context.Request, call.Aborted);
        var key = call.Caller is null ? null : Idempotency.Of(operation, context.Request, call.Caller, body);
        if (key is not null && await key.Replay(call))
        {
            return;
        }

        call.Body = BodyOf(operation, context.Request, body);
        call.ReadRevision = RevisionOf(operation, context.Request);
        await Decide(operation, call, key);
    }

    private static async Task Decide(Operation operation, Call call, Idempotency? key)
    {
        var kept = false;
        if (key is not null)
        {
            call.Caller = key.Keeping(call.Caller, answer =>
            {
                kept = true;
                return operation.Render(call, answer);
            });
        }

        var outcome = await operation.Handle(call);

        // Without a reply of its own this request may have met its own repetition, which came first.
        if (key is not null && (outcome.Refusal is not null || !kept) && await key.Replay(call))
        {
            return;
        }

        if (outcome.Refusal is { } refusal)
        {
            await Answers.Write(call.Context, refusal);
            return;
        }

        await Answers.Write(call.Context, operation.Render(call, outcome.Value!));
    }

    /// <summary>Refuses a query that has anything in it the operation doesn't take or can't read, all of it at once.</summary>
    private static void RequireReadable(Operation operation, Call call)
    {
        if (!call.Context.Request.QueryString.HasValue)
        {
            return;
        }

        Violation[] violations = [.. QueryValues.Check(operation.Query, call.Context.Request.Query)];
        if (violations.Length > 0)
        {
            throw new EdgeException(Problems.Unreadable, "Some of the request can't be read.", violations);
        }
    }

    /// <summary>The parts of the address, by the operation's own template: not every shell routes.</summary>
    private static RouteValueDictionary RouteOf(Operation operation, HttpContext context)
    {
        var values = new RouteValueDictionary();
        return operation.Matcher.TryMatch(context.Request.Path, values)
            ? values
            : throw new RefusedException(new Refusal.NotFound("What this address names"));
    }

    private static object? BodyOf(Operation operation, HttpRequest request, byte[] body)
    {
        if (operation.RequestBody is not { } type || (body.Length == 0 && operation.BodyIsOptional))
        {
            return null;
        }

        if (body.Length == 0)
        {
            throw new EdgeException(Problems.Unreadable, "The request has no body; send JSON.", [new Violation("json", "A body is expected.", "$")]);
        }

        Bodies.RequireJson(request);
        return RequestReader.Read(body, type);
    }

    private static int? RevisionOf(Operation operation, HttpRequest request)
    {
        var text = request.Headers.IfMatch.ToString();
        if (text.Length == 0 || text == "*")
        {
            return operation.RequiresIfMatch
                ? throw new EdgeException(Problems.IfMatchMissing, "Send the ETag you read with If-Match, so that nobody's changes are lost.")
                : null;
        }

        if (!EntityTagHeaderValue.TryParse(text, out var tag))
        {
            throw new EdgeException(Problems.Unreadable, "If-Match takes one ETag in quotes, as it was answered.");
        }

        // Any other tag is none this service has given out, and so matches no revision.
        return !tag.IsWeak && int.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;
    }
}
