using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CasePlanning.Api.Json;
using CasePlanning.Api.Pipeline;
using CasePlanning.Application;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CasePlanning.Api.OpenApi;

/// <summary>The OpenAPI 3.1 document, made from the operations themselves, so that it is the same in every shell.</summary>
public static partial class ApiDescription
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As answers are written; numbers are numbers, although stored ones would be read from texts too.</summary>
    private static readonly JsonSerializerOptions Answered = new(ApplicationJson.Options) { NumberHandling = JsonNumberHandling.Strict };

    private static readonly Lazy<string> Written = new(() => Build(Operations.All).ToJsonString(Indented) + "\n");

    /// <summary>The document as JSON.</summary>
    public static string Text => Written.Value;

    private static JsonObject Build(IReadOnlyList<Operation> operations)
    {
        var (requests, responses) = (new Schemas(RequestJson.Options, "Input"), new Schemas(Answered, ""));
        var paths = new JsonObject();
        foreach (var path in operations.GroupBy(operation => operation.Route, StringComparer.Ordinal))
        {
            paths[path.Key] = new JsonObject(path.Select(operation => KeyValuePair.Create(operation.Method.ToLowerInvariant(), (JsonNode?)Describe(operation, requests, responses))));
        }

        var problem = responses.For(typeof(Problem));
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Case planning",
                ["version"] = "v1",
                ["description"] = "Case plans for child welfare: their facts, deadlines, versions and approval. Dates are dates in the agency's time zone, instants are UTC. "
                    + "Every refusal is a problem (RFC 9457) with all its reasons at once.",
            },
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["tags"] = new JsonArray([.. operations.Select(operation => operation.Resource).Distinct(StringComparer.Ordinal).Select(resource => new JsonObject { ["name"] = resource })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["bearerFormat"] = "JWT",
                        ["description"] = "A token of the OpenID Connect authority; the agency's people table says what its holder may do.",
                    },
                },
                ["parameters"] = new JsonObject
                {
                    ["IdempotencyKey"] = Parameter("header", Idempotency.Header,
                        "1 to 200 visible ASCII characters. The same request under the same key within 24 hours is answered as the first was, and done once.",
                        required: false, typeof(string)),
                    ["IfMatch"] = Parameter("header", "If-Match", "The ETag of what was read.", required: true, typeof(string)),
                    ["IfNoneMatch"] = Parameter("header", "If-None-Match", "The ETag of what is known already.", required: false, typeof(string)),
                    ["IfMatchIfRead"] = Parameter("header", "If-Match",
                        "The ETag of what was read; without it the change is made whatever came in between.", required: false, typeof(string)),
                },
                ["headers"] = new JsonObject
                {
                    ["ETag"] = Header("The revision, for If-Match or If-None-Match."),
                    ["Location"] = Header("The address of what was recorded."),
                    ["ContentDisposition"] = Header("The name to save a CSV file under."),
                    ["IdempotencyReplayed"] = Header("true where the reply is the one kept under the Idempotency-Key."),
                },
                ["responses"] = new JsonObject(Problems.All.GroupBy(kind => kind.Status).OrderBy(kinds => kinds.Key).Select(kinds =>
                    KeyValuePair.Create(Named(kinds.Key), (JsonNode?)Refused(kinds, problem)))),
                ["schemas"] = new JsonObject(requests.Components.Concat(responses.Components)
                    .DistinctBy(schema => schema.Key, StringComparer.Ordinal).OrderBy(schema => schema.Key, StringComparer.Ordinal)
                    .Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value))),
            },
        };
    }

    private static JsonObject Describe(Operation operation, Schemas requests, Schemas responses)
    {
        var described = new JsonObject
        {
            ["operationId"] = operation.Name,
            ["tags"] = new JsonArray(operation.Resource),
            ["summary"] = operation.Summary,
            ["description"] = $"Policy: {operation.Policy.Name}. {operation.Policy.Sentence}".TrimEnd(),
            ["parameters"] = new JsonArray([.. Parameters(operation)]),
        };
        if (operation.RequestBody is { } body)
        {
            described["requestBody"] = new JsonObject { ["required"] = !operation.BodyIsOptional, ["content"] = Content("application/json", requests.For(body)) };
        }

        var answers = new JsonObject(operation.Successes.Order().Select(status => KeyValuePair.Create(Digits(status), (JsonNode?)Success(operation, status, responses))));
        foreach (var status in ProblemsOf(operation))
        {
            answers[Digits(status)] = Reference("responses", Named(status));
        }

        described["responses"] = answers;
        if (operation.Policy == Policy.Anonymous)
        {
            described["security"] = new JsonArray();
        }

        return described;
    }

    private static IEnumerable<JsonNode> Parameters(Operation operation)
    {
        foreach (Match name in RouteParameter().Matches(operation.Route))
        {
            var isNumber = name.Groups["name"].Value == "n";
            yield return Parameter("path", name.Groups["name"].Value, NameOf(operation.Route, name), required: true, isNumber ? typeof(int) : typeof(string));
        }

        foreach (var query in operation.Query)
        {
            yield return Parameter("query", query.Name, query.Summary, required: false, query.Type);
        }

        if (operation.RequiresIfMatch || (operation.HasETag && !operation.KeepsReply && operation.Method == HttpMethods.Put))
        {
            yield return Reference("parameters", operation.RequiresIfMatch ? "IfMatch" : "IfMatchIfRead");
        }

        if (operation.Successes.Contains(StatusCodes.Status304NotModified))
        {
            yield return Reference("parameters", "IfNoneMatch");
        }

        if (operation.KeepsReply)
        {
            yield return Reference("parameters", "IdempotencyKey");
        }
    }

    /// <summary>What a part of an address names, by the part before it.</summary>
    private static string NameOf(string route, Match part) => (route[..part.Index].TrimEnd('/').Split('/')[^1], part.Groups["name"].Value) switch
    {
        ("cases", _) => "Id of the case: agency and case number, e.g. sample-2005-0042.",
        ("plans", _) => "Id of the plan: the case's and its setting, e.g. sample-2005-0042.home.",
        ("versions", _) => "Number of the version.",
        ("progress", _) => "Id of the service objective.",
        ("mail", _) => "Message-ID.",
        ("calendars", _) => "The token of the feed's address.",
        (_, "source") => "Id the fact has in the system that owns it.",
        (var kind, _) => $"Id in {kind}.",
    };

    private static JsonObject Reference(string section, string name) => new() { ["$ref"] = $"#/components/{section}/{name}" };

    private static JsonObject Parameter(string place, string name, string summary, bool required, Type type) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = required,
        ["description"] = summary,
        ["schema"] = type == typeof(int) ? new JsonObject { ["type"] = "integer", ["minimum"] = 0 }
            : type == typeof(bool) ? new JsonObject { ["type"] = "boolean" }
            : type == typeof(DateOnly) ? new JsonObject { ["type"] = "string", ["format"] = "date" }
            : type.IsEnum ? new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. Leaves.NamesOf(type).Select(each => JsonValue.Create(each))]) }
            : new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Success(Operation operation, int status, Schemas responses)
    {
        var headers = new JsonObject();
        if (operation.HasETag)
        {
            headers["ETag"] = Reference("headers", "ETag");
        }

        if (operation.Successes.Contains(StatusCodes.Status201Created))
        {
            headers["Location"] = Reference("headers", "Location");
        }

        if (operation.KeepsReply)
        {
            headers[Idempotency.ReplayedHeader] = Reference("headers", "IdempotencyReplayed");
        }

        if (status == StatusCodes.Status304NotModified)
        {
            return new JsonObject { ["description"] = "It hasn't changed since the ETag named by If-None-Match.", ["headers"] = headers };
        }

        var success = new JsonObject
        {
            ["description"] = status == StatusCodes.Status201Created ? "It is on record now." : operation.Successes.Contains(StatusCodes.Status201Created) ? "It was on record already." : "Done.",
            ["content"] = Content(operation.MediaType, responses.For(operation.Response)),
        };
        if (operation.HasCsv)
        {
            success["content"]!.AsObject()[Csv.MediaType] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } };
            headers["Content-Disposition"] = Reference("headers", "ContentDisposition");
        }

        if (headers.Count > 0)
        {
            success["headers"] = headers;
        }

        return success;
    }

    /// <summary>The problems an operation can answer with, by what it is made of.</summary>
    private static IEnumerable<int> ProblemsOf(Operation operation)
    {
        var writes = operation.Method != HttpMethods.Get;
        (int Status, bool Can)[] all =
        [
            (400, true),
            (401, operation.Policy != Policy.Anonymous),
            (403, operation.Policy != Policy.Anonymous),
            (404, operation.Route.Contains('{', StringComparison.Ordinal)),
            (409, writes),
            (412, operation.RequiresIfMatch || !operation.KeepsReply && writes),
            (413, writes),
            (415, operation.RequestBody is not null),
            (422, writes || operation.Query.Any(query => query.IsChecked)),
            (428, operation.RequiresIfMatch),
            (500, true),
            (503, operation.Policy != Policy.Anonymous || operation.Name == "isReady"),
        ];
        return all.Where(each => each.Can).Select(each => each.Status);
    }

    private static JsonObject Refused(IEnumerable<ProblemKind> kinds, JsonNode problem) => new()
    {
        ["description"] = string.Join(" ", kinds.Select(kind => $"{kind.Title} (`{kind.Code}`).")),
        ["content"] = Content("application/problem+json", problem.DeepClone()),
    };

    private static JsonObject Content(string type, JsonNode schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Header(string description) => new() { ["description"] = description, ["schema"] = new JsonObject { ["type"] = "string" } };

    private static string Named(int status) => ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal);

    private static string Digits(int status) => status.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RouteParameter();
}
