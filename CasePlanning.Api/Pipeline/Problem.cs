using CasePlanning.Domain;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Pipeline;

/// <summary>One kind of "no" as HTTP says it.</summary>
/// <param name="Code">Stable word that programs test for.</param>
/// <param name="Title">The same for every occurrence.</param>
public sealed record ProblemKind(string Code, int Status, string Title)
{
    /// <summary>Names the kind (RFC 9457 <c>type</c>).</summary>
    public string Type => $"urn:case-planning:problem:{Code}";
}

/// <summary>An RFC 9457 problem: what went wrong, in a sentence, with every reason at once.</summary>
public sealed record Problem
{
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    /// <summary>What it is this time, in a sentence.</summary>
    public required string Detail { get; init; }

    public required string Code { get; init; }

    public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>Finds this request in the log.</summary>
    public required string TraceId { get; init; }
}

/// <summary>The one table from refusals and errors to status codes and problem types.</summary>
public static class Problems
{
    public static readonly ProblemKind Unreadable = new("unreadable", StatusCodes.Status400BadRequest, "The request can't be read");
    public static readonly ProblemKind NotSignedIn = new("not-signed-in", StatusCodes.Status401Unauthorized, "Sign in first");
    public static readonly ProblemKind NoSuchMethod = new("no-such-method", StatusCodes.Status405MethodNotAllowed, "This address doesn't take that method");
    public static readonly ProblemKind TooLarge = new("too-large", StatusCodes.Status413PayloadTooLarge, "The request is too large");
    public static readonly ProblemKind NotJson = new("not-json", StatusCodes.Status415UnsupportedMediaType, "The request isn't JSON");
    public static readonly ProblemKind IfMatchMissing = new("if-match-missing", StatusCodes.Status428PreconditionRequired, "Say which revision you read");
    public static readonly ProblemKind Defect = new("defect", StatusCodes.Status500InternalServerError, "Something went wrong here");
    public static readonly ProblemKind Behind = new("behind", StatusCodes.Status503ServiceUnavailable, "The service is behind");
    public static readonly ProblemKind Unavailable = new("unavailable", StatusCodes.Status503ServiceUnavailable, "Nobody can be asked who is calling");

    private static readonly Dictionary<Type, ProblemKind> ByRefusal = new()
    {
        [typeof(Refusal.NotFound)] = new("not-found", StatusCodes.Status404NotFound, "Not found"),
        [typeof(Refusal.Forbidden)] = new("forbidden", StatusCodes.Status403Forbidden, "Not allowed"),
        [typeof(Refusal.Invalid)] = new("invalid", StatusCodes.Status422UnprocessableEntity, "Some of it can't be accepted"),
        [typeof(Refusal.WrongStage)] = new("wrong-stage", StatusCodes.Status409Conflict, "Not possible in this stage"),
        [typeof(Refusal.NotReady)] = new("not-ready", StatusCodes.Status409Conflict, "Something has to be done first"),
        [typeof(Refusal.AlreadyRecorded)] = new("already-recorded", StatusCodes.Status409Conflict, "On record with other content"),
        [typeof(Refusal.Stale)] = new("stale", StatusCodes.Status412PreconditionFailed, "It has changed since"),
        [typeof(Refusal.KeyReused)] = new("key-reused", StatusCodes.Status422UnprocessableEntity, "The Idempotency-Key was used before"),
        [typeof(Refusal.OverLimit)] = new("over-limit", StatusCodes.Status422UnprocessableEntity, "It is more than one save can hold"),
    };

    /// <summary>Every kind of problem an operation can answer with.</summary>
    public static IEnumerable<ProblemKind> All =>
        [Unreadable, NotSignedIn, NoSuchMethod, TooLarge, NotJson, IfMatchMissing, Defect, Behind, Unavailable, .. ByRefusal.Values];

    public static ProblemKind Of(Refusal refusal) => ByRefusal[refusal.GetType()];

    /// <summary>Throws when a kind of refusal has no row, so that the process fails at its start and not at the first such refusal.</summary>
    public static void CheckComplete()
    {
        var missing = typeof(Refusal).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Refusal)) && !ByRefusal.ContainsKey(type)).Select(type => type.Name).ToArray();
        if (missing.Length > 0)
        {
            throw new InvalidOperationException($"These refusals have no row in the table of problems: {string.Join(", ", missing)}.");
        }
    }
}
