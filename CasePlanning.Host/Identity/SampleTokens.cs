using System.Net;
using System.Text.Encodings.Web;
using CasePlanning.Api.Identity;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.People;
using CasePlanning.Host.Settings;
using CasePlanning.Host.Start;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CasePlanning.Host.Identity;

/// <summary>Signs sample people in by the token <c>sample-</c> and their id: in Development, and only on connections that stay on this machine.</summary>
internal sealed class SampleTokens(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IDirectoryStore directories)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Sample";

    private const string Prefix = "Bearer sample-";

    public static bool Names(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the request came from this machine and was addressed to it, so that no other site's page can be behind it.</summary>
    public static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote) && HostSettings.IsLoopback($"http://{context.Request.Host.Host}");

    /// <summary>The active sample person of this id, or null.</summary>
    public static async Task<Person?> Find(IDirectoryStore directories, string id, CancellationToken ct) =>
        await directories.Find(SampleAgency.Id, ct) is { } agency && agency.Person(id) is { Active: true } person ? person : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Names(Request))
        {
            return AuthenticateResult.NoResult();
        }

        if (!IsLocal(Context))
        {
            return AuthenticateResult.Fail("Sample people sign in on this machine only.");
        }

        var id = Request.Headers.Authorization.ToString()[Prefix.Length..].Trim();
        return await Find(directories, id, Context.RequestAborted) is { } person
            ? AuthenticateResult.Success(new AuthenticationTicket(SignIn.Principal(person.Subject ?? person.Email, Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail("There is no such sample person.");
    }
}
