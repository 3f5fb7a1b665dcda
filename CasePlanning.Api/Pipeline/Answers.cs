using System.Diagnostics;
using System.Text.Json;
using CasePlanning.Application;
using CasePlanning.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CasePlanning.Api.Pipeline;

/// <summary>Writes replies and problems. Nothing an operation answers may be kept by a cache, unless the reply says so, or be guessed at by a browser.</summary>
internal static class Answers
{
    public static string TraceIdOf(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    public static async Task Write(HttpContext context, Reply reply)
    {
        var response = context.Response;
        Begin(response, reply.Status, reply.ContentType);
        response.Headers.CacheControl = reply.CacheControl;
        if (reply.ETag is { } tag)
        {
            response.Headers.ETag = tag;
        }

        if (reply.Location is { } location)
        {
            response.Headers.Location = location;
        }

        if (reply.FileName is { } name)
        {
            response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        }

        if (reply.VariesByAccept)
        {
            response.Headers.Vary = HeaderNames.Accept;
        }

        if (reply.Status != StatusCodes.Status304NotModified)
        {
            await Body(context, reply.Body);
        }
    }

    public static Task Write(HttpContext context, Refusal refusal) => Write(context, Problems.Of(refusal), refusal.Title, refusal.Reasons);

    public static async Task Write(HttpContext context, ProblemKind kind, string detail, IReadOnlyList<Violation>? violations = null)
    {
        var problem = new Problem
        {
            Type = kind.Type,
            Title = kind.Title,
            Status = kind.Status,
            Detail = detail,
            Code = kind.Code,
            Violations = violations ?? [],
            TraceId = TraceIdOf(context),
        };
        Begin(context.Response, kind.Status, "application/problem+json; charset=utf-8");
        if (kind.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        await Body(context, JsonSerializer.SerializeToUtf8Bytes(problem, ApplicationJson.Options));
    }

    private static void Begin(HttpResponse response, int status, string contentType)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
    }

    private static Task Body(HttpContext context, byte[] body)
    {
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
