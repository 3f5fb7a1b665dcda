using System.Security.Claims;
using CasePlanning.Host.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;

namespace CasePlanning.Host.Identity;

/// <summary>How people prove who they are: a cookie for pages, a bearer token for the API. Lifetimes are real time, whatever clock the cases run on.</summary>
internal static class SignIn
{
    /// <summary>The cookie that pages go by.</summary>
    public const string Cookie = CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>Tokens of sample people.</summary>
    public const string Sample = "Sample";

    /// <summary>Claim with the subject of the people table.</summary>
    public const string Subject = "sub";

    private const string Either = "Either";
    private static readonly TimeSpan SignedInFor = TimeSpan.FromHours(8);

    public static void AddSignIn(this IServiceCollection services, HostSettings settings)
    {
        services.AddDataProtection().SetApplicationName("CasePlanning")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(settings.Serve.DataDirectory, "keys")));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "case-planning-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.HttpOnly = true;
            options.Cookie.SecurePolicy = Secure(settings);
        });
        var authentication = services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = context => SchemeFor(context, settings.Identity))
            .AddCookie(Cookie, options =>
            {
                options.TimeProvider = TimeProvider.System;
                options.Cookie.Name = "case-planning";
                options.Cookie.HttpOnly = true;
                options.Cookie.SecurePolicy = Secure(settings);
                // Lax, so that the link in a mail opens signed in.
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.ExpireTimeSpan = SignedInFor;
                options.SlidingExpiration = true;
            });
        if (settings.Identity.SampleSignIn)
        {
            authentication.AddScheme<AuthenticationSchemeOptions, SampleTokens>(Sample, null);
        }

        if (settings.Identity.Authority is { } authority)
        {
            services.AddSingleton<Authority>().AddHttpClient<CodeFlow>();
            authentication.AddJwtBearer(options =>
            {
                options.TimeProvider = TimeProvider.System;
                options.Authority = authority.ToString();
                options.Audience = settings.Identity.Audience;
                options.RequireHttpsMetadata = authority.Scheme == Uri.UriSchemeHttps;
                options.MapInboundClaims = false;
                options.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
                options.TokenValidationParameters.NameClaimType = Subject;
            });
        }
    }

    /// <summary>Somebody who proved to be this subject.</summary>
    public static ClaimsPrincipal Principal(string subject, string scheme, params Claim[] more) =>
        new(new ClaimsIdentity([new Claim(Subject, subject), .. more], scheme, Subject, null));

    public static CookieSecurePolicy Secure(HostSettings settings) =>
        settings.Serve.PublicAddress.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>A cookie never opens the API, so no other site's page can act through it.</summary>
    private static string SchemeFor(HttpContext context, IdentityOptions identity) =>
        !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? Cookie
        : identity.SampleSignIn && (identity.Authority is null || SampleTokens.Names(context.Request)) ? Sample
        : JwtBearerDefaults.AuthenticationScheme;
}
