using CasePlanning.Api.Settings;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Identity;

/// <summary>What a shell sets for signing in.</summary>
public sealed record SignInOptions
{
    /// <summary>Null where none of this process's own is asked; then the shell names its schemes below.</summary>
    public required AuthorityOptions? Authority { get; init; }

    /// <summary>Where people reach the pages, without a slash at the end.</summary>
    public required string PublicAddress { get; init; }

    /// <summary>Real time, whatever clock the cases run on.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The scheme by which pages know their visitor, and sign them in and out.</summary>
    public string Pages { get; init; } = SignIn.Cookie;

    /// <summary>The scheme by which the API knows its caller.</summary>
    public Func<HttpRequest, string> Api { get; init; } = _ => JwtBearerDefaults.AuthenticationScheme;

    /// <summary>True where people, and so cookies and forms, see https, also when a proxy takes TLS off.</summary>
    internal bool IsHttps => PublicAddress.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}
