using CasePlanning.Api.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace CasePlanning.Api;

/// <summary>What a query or header parameter takes.</summary>
/// <param name="Type">The CLR type its text is read as: string, int, bool, DateOnly or an enum.</param>
/// <param name="IsChecked">True where a value that can be read may still be refused as invalid.</param>
public sealed record QueryParameter(string Name, Type Type, string Summary, bool IsChecked = false);

/// <summary>
/// One HTTP operation as a value: its address, who may call it, what it takes and answers, and what it does. Any shell that can hand over
/// an <see cref="HttpContext"/> whose <c>User</c> it has authenticated runs it by <see cref="Invoke"/>; no middleware is needed.
/// </summary>
public sealed record Operation
{
    /// <summary>Unique, in camel case; the OpenAPI operation id and the function's name in Azure.</summary>
    public required string Name { get; init; }

    /// <summary>The group it is shown in, e.g. <c>Plans</c>.</summary>
    public required string Resource { get; init; }

    public required string Method { get; init; }

    /// <summary>Absolute template, e.g. <c>/api/plans/{id}</c>.</summary>
    public required string Route { get; init; }

    /// <summary>The parts of an address by the template, read once.</summary>
    internal TemplateMatcher Matcher => field ??= new TemplateMatcher(TemplateParser.Parse(Route), []);

    public required Policy Policy { get; init; }

    public required string Summary { get; init; }

    /// <summary>The type its request body is read as, or null where it takes none.</summary>
    public Type? RequestBody { get; init; }

    /// <summary>True where the body may be left out.</summary>
    public bool BodyIsOptional { get; init; }

    public required Type Response { get; init; }

    /// <summary>The statuses a successful answer may have.</summary>
    public IReadOnlyList<int> Successes { get; init; } = [StatusCodes.Status200OK];

    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>True where the request must name the revision it was made from.</summary>
    public bool RequiresIfMatch { get; init; }

    /// <summary>True where the answer carries an ETag.</summary>
    public bool HasETag { get; init; }

    /// <summary>True where a repeated Idempotency-Key is answered with the kept reply; the others may be repeated without one.</summary>
    public bool KeepsReply { get; init; }

    /// <summary>What the answer is, unless it is JSON.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>True where the answer is also given as CSV.</summary>
    public bool HasCsv { get; init; }

    internal Func<Call, Task<Outcome>> Handle { get; init; } = null!;

    /// <summary>Renders what <see cref="Handle"/> answered.</summary>
    internal Func<Call, object, Reply> Render { get; init; } = null!;

    /// <summary>Runs the operation: authentication result, caller, policy, body, validation, use case, answer or problem details.</summary>
    public Task Invoke(HttpContext context) => Invocation.Run(this, context);
}
