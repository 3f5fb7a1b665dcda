using CasePlanning.Api.Pipeline;
using CasePlanning.Api.Resources;
using CasePlanning.Domain;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace CasePlanning.Api;

/// <summary>Every operation there is. A shell binds each; the OpenAPI document is made from the same list.</summary>
public static class Operations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        .. AgencyOperations.All,
        .. UnitOperations.All,
        .. PeopleOperations.All,
        .. CaseOperations.All,
        .. FactOperations.All,
        .. PlanOperations.All,
        .. VersionOperations.All,
        .. ApprovalOperations.All,
        .. ActOperations.All,
        .. DeskOperations.All,
        .. PreferenceOperations.All,
        .. HandOverOperations.All,
        .. CalendarOperations.All,
        .. MailOperations.All,
        .. HealthOperations.All,
        .. DocumentOperations.All,
    ];

    /// <summary>Answers a request that no operation takes: 405 where the address takes another method, else 404.</summary>
    public static Task Unknown(HttpContext context)
    {
        var methods = All.Where(operation => Matches(operation, context.Request.Path)).Select(operation => operation.Method).Distinct(StringComparer.Ordinal).ToArray();
        if (methods.Length == 0)
        {
            return Answers.Write(context, new Refusal.NotFound("What this address names"));
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return Answers.Write(context, Problems.NoSuchMethod, $"This address takes {string.Join(" and ", methods)}.");
    }

    private static bool Matches(Operation operation, PathString path) => new TemplateMatcher(TemplateParser.Parse(operation.Route), []).TryMatch(path, []);
}
