using CasePlanning.Api.Pipeline;
using CasePlanning.Application;
using CasePlanning.Application.Ports;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Site;

/// <summary>Who looks at a page.</summary>
internal sealed class Visitor(IDirectoryStore directories, TimeProvider clock)
{
    /// <summary>The active person behind the sign-in with their agency, or null.</summary>
    public async Task<Caller?> Of(HttpContext context) =>
        await Callers.Find(context.User, directories, context.RequestAborted) is { Active: true } person
        && await directories.Find(person.Agency, context.RequestAborted) is { } directory
            ? new Caller(person, directory, clock.GetUtcNow())
            : null;

    public static bool IsSignedIn(HttpContext context) => context.User.Identity?.IsAuthenticated == true;

    /// <summary>
    /// The number of a case as its mail names it. It is read from the link itself, not looked up, so that without sign-in nobody can find out which cases exist.
    /// </summary>
    public async Task<string?> NumberIn(string caseId, CancellationToken ct)
    {
        var agencies = await directories.Agencies(ct);
        var agency = agencies.Where(each => caseId.StartsWith($"{each.Id}-", StringComparison.Ordinal)).MaxBy(each => each.Id.Length);
        return agency is null || caseId.Length > 100 ? null : caseId[(agency.Id.Length + 1)..].ToUpperInvariant();
    }

    /// <summary>People's names by their ids, as the agency knows them.</summary>
    public static string NameOf(Caller caller, string? person) => caller.Directory.Person(person)?.Name ?? person ?? "nobody";
}
