using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CasePlanning.Host.Tests.Processes;

/// <summary>A small OpenID Connect authority on loopback: discovery, keys, code flow with PKCE, tokens signed with RSA.</summary>
internal sealed class TestAuthority : IAsyncDisposable
{
    public const string Audience = "case-planning-api";
    public const string ClientId = "case-planning";
    public const string ClientSecret = "not-a-secret";

    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "k1" };
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge, string RedirectUri)> _codes = new();

    private TestAuthority(WebApplication app) => _app = app;

    public string Issuer { get; private set; } = "";

    /// <summary>Who signs in next.</summary>
    public string Subject { get; set; } = "";

    public string Email { get; set; } = "";

    /// <summary>Put into the next id token instead of the nonce it was asked with.</summary>
    public string? OtherNonce { get; set; }

    /// <summary>While true, every request is answered 503.</summary>
    public bool IsDown { get; set; }

    public static async Task<TestAuthority> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var authority = new TestAuthority(app);
        app.Use((context, next) =>
        {
            context.Response.StatusCode = authority.IsDown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return authority.IsDown ? Task.CompletedTask : next(context);
        });
        app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
        {
            ["issuer"] = authority.Issuer,
            ["authorization_endpoint"] = $"{authority.Issuer}/authorize",
            ["token_endpoint"] = $"{authority.Issuer}/token",
            ["jwks_uri"] = $"{authority.Issuer}/keys",
        });
        app.MapGet("/keys", () => authority.Keys());
        app.MapGet("/authorize", authority.Authorize);
        app.MapPost("/token", authority.Redeem);
        await app.StartAsync();
        authority.Issuer = app.Urls.First();
        return authority;
    }

    public string AccessToken(string subject, string? email = null, string? issuer = null, string audience = Audience, int minutes = 5, SecurityKey? key = null) =>
        Token(issuer ?? Issuer, audience, minutes, key ?? _key, new() { ["sub"] = subject, ["email"] = email ?? "" });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Token(string issuer, string audience, int minutes, SecurityKey key, Dictionary<string, object> claims)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = now.AddHours(-1),
            IssuedAt = now.AddHours(-1),
            Expires = now.AddMinutes(minutes),
            Claims = claims,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        });
    }

    private object Keys()
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(_key);
        return new { keys = new[] { new { kty = key.Kty, use = "sig", kid = key.KeyId, alg = "RS256", n = key.N, e = key.E } } };
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["response_type"] != "code" || query["client_id"] != ClientId || query["code_challenge_method"] != "S256" || !query["scope"].ToString().Contains("openid", StringComparison.Ordinal))
        {
            return Results.BadRequest();
        }

        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (query["nonce"].ToString(), query["code_challenge"].ToString(), query["redirect_uri"].ToString());
        return Results.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"].ToString())}");
    }

    private async Task<IResult> Redeem(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (!_codes.TryRemove(form["code"].ToString(), out var code) || code.Challenge != challenge || code.RedirectUri != form["redirect_uri"]
            || form["client_id"] != ClientId || form["client_secret"] != ClientSecret)
        {
            return Results.BadRequest(new { error = "invalid_grant" });
        }

        var claims = new Dictionary<string, object> { ["sub"] = Subject, ["email"] = Email, ["email_verified"] = true, ["nonce"] = OtherNonce ?? code.Nonce };
        return Results.Json(new { token_type = "Bearer", access_token = AccessToken(Subject, Email), id_token = Token(Issuer, ClientId, 5, _key, claims) });
    }
}
