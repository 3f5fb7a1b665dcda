using System.Security.Claims;
using CasePlanning.Api.Identity;
using CasePlanning.Application;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.People;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Pipeline;

/// <summary>Finds out who calls: the token says who somebody is, the people table what they may do.</summary>
public static class Callers
{
    internal static void RequireSignIn(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated != true)
        {
            throw context.Features.Get<AuthorityUnreachableException>() is { } unreachable
                ? new EdgeException(Problems.Unavailable, $"{unreachable.Message} Nothing was done; try again in a few minutes.")
                : new EdgeException(Problems.NotSignedIn, "Send a bearer token of somebody in the agency's people table.");
        }
    }

    /// <summary>The caller with their agency's directory, checked against the operation's policy.</summary>
    internal static async Task<Caller> Resolve(Call call, Policy policy)
    {
        var directories = call.Get<IDirectoryStore>();
        var person = await Find(call.Context.User, directories, call.Aborted);
        if (person is not { Active: true } || await directories.Find(person.Agency, call.Aborted) is not { } directory)
        {
            throw Forbidden("You are signed in, but nobody active in an agency's people table has this sign-in. Ask an administrator.");
        }

        return policy.Roles.Any(person.Is) ? new Caller(person, directory, call.Now) : throw Forbidden(policy.Sentence);
    }

    internal static void RequireInstallationAdministrator(Call call)
    {
        var named = call.Get<ApiOptions>().InstallationAdministrators;
        var user = call.Context.User;
        if (!named.Contains(SubjectOf(user)) && !AddressesOf(user).Any(address => named.Contains(address, StringComparer.OrdinalIgnoreCase)))
        {
            throw Forbidden(Policy.FoundAgencies.Sentence);
        }
    }

    /// <summary>By the token's subject, else by its address; somebody whose entry names a subject is known by that alone.</summary>
    public static async Task<Person?> Find(ClaimsPrincipal user, IDirectoryStore directories, CancellationToken ct)
    {
        if (SubjectOf(user) is { } subject && await directories.FindPerson(subject, ct) is { } known)
        {
            return known.Subject is null || known.Subject == subject ? known : null;
        }

        foreach (var address in AddressesOf(user))
        {
            if (await directories.FindPerson(address, ct) is { Subject: null } addressed)
            {
                return addressed;
            }
        }

        return null;
    }

    private static string? SubjectOf(ClaimsPrincipal user) => user.FindFirstValue("sub") ?? user.FindFirstValue(ClaimTypes.NameIdentifier);

    /// <summary>An address the authority says it has not verified proves nothing, nor does a name its owner may change.</summary>
    private static IEnumerable<string> AddressesOf(ClaimsPrincipal user) =>
        string.Equals(user.FindFirstValue("email_verified"), "false", StringComparison.OrdinalIgnoreCase)
            ? []
            : new[] { user.FindFirstValue("email") ?? user.FindFirstValue(ClaimTypes.Email) }.OfType<string>();

    private static RefusedException Forbidden(string why) => new(new Refusal.Forbidden(why));
}
