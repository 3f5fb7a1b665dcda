using System.Globalization;
using CasePlanning.Api.Json;
using CasePlanning.Application;
using CasePlanning.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Api.Pipeline;

/// <summary>One invocation, as its handler sees it: who calls, when, with what.</summary>
internal sealed class Call(HttpContext context, RouteValueDictionary route, DateTimeOffset now)
{
    private const int LongestRouteValue = 200;

    public HttpContext Context { get; } = context;

    public DateTimeOffset Now { get; } = now;

    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>The caller; only anonymous operations and the founding of an agency have none.</summary>
    public Caller Caller { get; set; } = null!;

    /// <summary>What the request body was read as, or null where none was sent.</summary>
    public object? Body { get; set; }

    /// <summary>The revision named by If-Match, or null.</summary>
    public int? ReadRevision { get; set; }

    public T Get<T>() where T : notnull => Context.RequestServices.GetRequiredService<T>();

    /// <summary>A part of the address.</summary>
    public string Route(string name) => route[name] is string { Length: > 0 and <= LongestRouteValue } text && !text.Any(char.IsControl)
        ? text
        : throw new RefusedException(new Refusal.NotFound("What this address names"));

    /// <summary>A number in the address; what isn't one names nothing.</summary>
    public int RouteNumber(string name) => int.TryParse(Route(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new RefusedException(new Refusal.NotFound($"Number {Route(name)}"));

    /// <summary>A query parameter as text, or null where it isn't given.</summary>
    public string? Query(string name) => Context.Request.Query[name] is [{ Length: > 0 } text, ..] ? text : null;

    /// <summary>A query parameter of the operation, which has been found readable; null where it isn't given.</summary>
    public T? Query<T>(string name) where T : struct => Query(name) is { } text ? (T?)QueryValues.Read(typeof(T), text) : null;
}

/// <summary>Carries a refusal out of a place that can't return one.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Title)
{
    public Refusal Refusal { get; } = refusal;
}
