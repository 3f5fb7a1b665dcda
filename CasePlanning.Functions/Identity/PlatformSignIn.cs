using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CasePlanning.Api.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CasePlanning.Functions.Identity;

/// <summary>
/// Believes what the platform's own authentication says of a caller, and sends visitors to it to sign in and out. It says so in a header that
/// anybody could send to an app where that authentication is off, so this is registered only where it is on.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities</remarks>
internal sealed class PlatformSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : SignOutAuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Platform";

    /// <summary>The platform's word for Microsoft Entra ID. Another provider's subjects and addresses could be anybody's.</summary>
    private const string Entra = "aad";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Read());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Redirect($"/.auth/login/{Entra}?post_login_redirect_uri={Uri.EscapeDataString(properties.RedirectUri ?? "/")}");
        return Task.CompletedTask;
    }

    /// <summary>The platform goes on to the provider, where a browser that keeps to the page's form-action lets no form be redirected; so the next page is asked for anew.</summary>
    protected override Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        Response.Headers["Refresh"] = $"0; url=/.auth/logout?post_logout_redirect_uri={Uri.EscapeDataString(properties?.RedirectUri ?? "/")}";
        return Task.CompletedTask;
    }

    /// <summary>The platform takes a cookie too, which is good for pages; a cookie never opens the API, so no other site's page can act through it.</summary>
    private AuthenticateResult Read()
    {
        var header = Request.Headers["X-MS-CLIENT-PRINCIPAL"].ToString();
        var isTrusted = !SignIn.IsApi(Request) || Request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);
        if (header.Length == 0 || !isTrusted)
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            return JsonSerializer.Deserialize<ClientPrincipal>(Convert.FromBase64String(header)) is { Provider: Entra, Claims: { } claims }
                ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value)), Name)), Name))
                : AuthenticateResult.Fail("The platform signed somebody in by another provider than Microsoft Entra ID.");
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return AuthenticateResult.Fail(exception);
        }
    }

    private sealed record ClientPrincipal(
        [property: JsonPropertyName("auth_typ")] string? Provider,
        [property: JsonPropertyName("claims")] IReadOnlyList<PrincipalClaim>? Claims);

    private sealed record PrincipalClaim(
        [property: JsonPropertyName("typ"), JsonRequired] string Type,
        [property: JsonPropertyName("val"), JsonRequired] string Value);
}
