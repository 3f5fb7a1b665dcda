using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CasePlanning.Api.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CasePlanning.Api.Identity;

/// <summary>What a sign-in that was begun has to come back with.</summary>
public sealed record PendingSignIn(string State, string Nonce, string Verifier, string ReturnTo);

/// <summary>How a sign-in ended: with somebody, or with a sentence why not.</summary>
public sealed record SignInResult(ClaimsPrincipal? Principal, string ReturnTo, string? Failure);

/// <summary>The OpenID Connect authorization code flow with PKCE, state and nonce.</summary>
public sealed class CodeFlow(HttpClient client, SignInOptions options, AuthorityOptions known, Authority authority, IDataProtectionProvider protection)
{
    /// <summary>Where the authority sends people back to.</summary>
    public const string CallbackPath = "/signin/callback";

    private const string CookieName = "case-planning-signin";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("CasePlanning.SignIn").ToTimeLimitedDataProtector();

    private string RedirectUri => options.PublicAddress + CallbackPath;

    /// <summary>Sends the browser to the authority. Throws <see cref="AuthorityUnreachableException"/>.</summary>
    public async Task Begin(HttpContext context, string returnTo)
    {
        var configuration = await authority.Read(context.RequestAborted);
        var pending = new PendingSignIn(Secret(), Secret(), Secret(), returnTo);
        context.Response.Cookies.Append(CookieName, _protector.Protect(JsonSerializer.Serialize(pending), Patience), Cookie(context));
        context.Response.Redirect(QueryHelpers.AddQueryString(configuration.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = known.ClientId,
            ["redirect_uri"] = RedirectUri,
            ["scope"] = "openid profile email",
            ["state"] = pending.State,
            ["nonce"] = pending.Nonce,
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(pending.Verifier))),
            ["code_challenge_method"] = "S256",
        }));
    }

    /// <summary>Takes the authority's answer, once; the pending sign-in is gone afterwards, however it ended. Throws <see cref="AuthorityUnreachableException"/>; then it may be taken again.</summary>
    public async Task<SignInResult> Finish(HttpContext context)
    {
        var pending = Pending(context);
        context.Response.Cookies.Delete(CookieName, Cookie(context));
        var query = context.Request.Query;
        if (pending is null || !Same(query["state"], pending.State))
        {
            return new(null, "/", "This sign-in wasn't begun here, or took too long.");
        }

        if (query["code"].ToString() is not { Length: > 0 } code)
        {
            return new(null, pending.ReturnTo, "The sign-in was refused.");
        }

        var configuration = await authority.Read(context.RequestAborted);
        return await Redeem(configuration, code, pending, context.RequestAborted) is not { } token
            ? new(null, pending.ReturnTo, "The authority didn't accept the sign-in.")
            : await Validate(token, pending, configuration) is { } principal
                ? new(principal, pending.ReturnTo, null)
                : new(null, pending.ReturnTo, "The authority's answer can't be trusted.");
    }

    private async Task<string?> Redeem(OpenIdConnectConfiguration configuration, string code, PendingSignIn pending, CancellationToken ct)
    {
        var form = new Dictionary<string, string?>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = RedirectUri,
            ["client_id"] = known.ClientId,
            ["code_verifier"] = pending.Verifier,
        };
        if (known.ClientSecret is { } secret)
        {
            form["client_secret"] = secret;
        }

        try
        {
            using var answer = await client.PostAsync(configuration.TokenEndpoint, new FormUrlEncodedContent(form), ct);
            if (answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
            {
                return null;
            }

            using var json = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(ct));
            return json.RootElement.TryGetProperty("id_token", out var token) ? token.GetString() : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new AuthorityUnreachableException(exception);
        }
    }

    private async Task<ClaimsPrincipal?> Validate(string token, PendingSignIn pending, OpenIdConnectConfiguration configuration)
    {
        var handler = new JsonWebTokenHandler { MapInboundClaims = false };
        var result = await handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = configuration.Issuer,
            ValidAudience = known.ClientId,
            IssuerSigningKeys = configuration.SigningKeys,
            ClockSkew = SignIn.ClockSkew,
        });
        if (!result.IsValid)
        {
            // A key may have been changed since; the next attempt reads the keys again.
            authority.Documents.RequestRefresh();
            return null;
        }

        var identity = result.ClaimsIdentity;
        if (!Same(identity.FindFirst("nonce")?.Value, pending.Nonce) || identity.FindFirst(SignIn.Subject)?.Value is not { } subject)
        {
            return null;
        }

        var kept = identity.Claims.Where(claim => claim.Type is "email" or "email_verified" or "name").Select(claim => new Claim(claim.Type, claim.Value, claim.ValueType));
        return SignIn.Principal(subject, SignIn.Cookie, [.. kept]);
    }

    private PendingSignIn? Pending(HttpContext context)
    {
        try
        {
            return context.Request.Cookies[CookieName] is { } kept ? JsonSerializer.Deserialize<PendingSignIn>(_protector.Unprotect(kept)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Cookie(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/signin",
        MaxAge = Patience,
    };

    private static string Secret() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    private static bool Same(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
