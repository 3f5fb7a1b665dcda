using System.Security.Claims;
using CasePlanning.Api.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Api.Identity;

/// <summary>How people prove who they are: a cookie for pages, a bearer token for the API.</summary>
public static class SignIn
{
    /// <summary>The cookie that pages go by.</summary>
    public const string Cookie = CookieAuthenticationDefaults.AuthenticationScheme;

    /// <summary>Claim with the subject of the people table.</summary>
    public const string Subject = "sub";

    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private const string Either = "Either";
    private static readonly TimeSpan SignedInFor = TimeSpan.FromHours(8);

    /// <summary>How long the authority has for one answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Registers both. The shell says where the keys are kept that protect cookies and forms.</summary>
    public static AuthenticationBuilder AddSignIn(this IServiceCollection services, SignInOptions options)
    {
        var secure = options.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        services.AddSingleton(options).AddDataProtection().SetApplicationName("CasePlanning");
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "case-planning-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SecurePolicy = secure;
        });
        var authentication = services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, scheme => scheme.ForwardDefaultSelector = context => IsApi(context.Request) ? options.Api(context.Request) : options.Pages)
            .AddCookie(Cookie, scheme =>
            {
                scheme.TimeProvider = options.Clock;
                scheme.Cookie.Name = "case-planning";
                scheme.Cookie.HttpOnly = true;
                scheme.Cookie.SecurePolicy = secure;
                // Lax, so that the link in a mail opens signed in.
                scheme.Cookie.SameSite = SameSiteMode.Lax;
                scheme.ExpireTimeSpan = SignedInFor;
                scheme.SlidingExpiration = true;
                scheme.Events.OnRedirectToLogin = context =>
                    context.HttpContext.RequestServices.GetRequiredService<CodeFlow>().Begin(context.HttpContext, context.Properties.RedirectUri!);
            });
        return options.Authority is { } authority ? authentication.AddAuthority(authority, options.Clock) : authentication;
    }

    /// <summary>True for an address of the API, which no cookie opens, so that no other site's page can act through one.</summary>
    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>Somebody who proved to be this subject.</summary>
    public static ClaimsPrincipal Principal(string subject, string scheme, params Claim[] more) =>
        new(new ClaimsIdentity([new Claim(Subject, subject), .. more], scheme, Subject, null));

    /// <summary>An address of this site to go to once somebody is signed in, or its start.</summary>
    public static string Local(string? address) =>
        address is ['/', ..] && (address.Length == 1 || address[1] is not ('/' or '\\')) && !address.Any(char.IsControl) ? address : "/";

    private static AuthenticationBuilder AddAuthority(this AuthenticationBuilder authentication, AuthorityOptions authority, TimeProvider clock)
    {
        var services = authentication.Services;
        services.AddSingleton(authority).AddSingleton<Authority>();
        services.AddHttpClient(nameof(Authority), client => client.Timeout = Patience);
        services.AddHttpClient<CodeFlow>(client => client.Timeout = Patience);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<Authority>((scheme, asked) =>
        {
            scheme.TimeProvider = clock;
            scheme.ConfigurationManager = asked.Documents;
            scheme.Audience = authority.Audience;
            scheme.MapInboundClaims = false;
            scheme.TokenValidationParameters.ClockSkew = ClockSkew;
            scheme.TokenValidationParameters.NameClaimType = Subject;
            scheme.Events = new JwtBearerEvents { OnMessageReceived = context => RequireAuthority(context, asked) };
        });
        return authentication.AddJwtBearer();
    }

    /// <summary>A token that nobody can check is neither good nor bad, and its caller is told so.</summary>
    private static async Task RequireAuthority(MessageReceivedContext context, Authority authority)
    {
        if (context.Request.Headers.Authorization.Count == 0)
        {
            return;
        }

        try
        {
            await authority.Read(context.HttpContext.RequestAborted);
        }
        catch (AuthorityUnreachableException exception)
        {
            context.HttpContext.Features.Set(exception);
            context.Fail(exception);
        }
    }
}
