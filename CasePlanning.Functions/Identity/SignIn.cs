using System.Security.Claims;
using CasePlanning.Functions.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Functions.Identity;

/// <summary>How callers prove who they are: by a bearer token, checked here against its authority, or by the platform before the request comes here.</summary>
internal static class SignIn
{
    public static IServiceCollection AddSignIn(this IServiceCollection services, IdentitySettings identity)
    {
        if (identity.Authority is not { } authority)
        {
            services.AddAuthentication(PlatformSignIn.Name).AddScheme<AuthenticationSchemeOptions, PlatformSignIn>(PlatformSignIn.Name, null);
            return services;
        }

        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
        {
            options.Authority = authority.ToString();
            options.Audience = identity.Audience;
            options.RequireHttpsMetadata = authority.Scheme == Uri.UriSchemeHttps;
            options.MapInboundClaims = false;
            options.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
            options.TokenValidationParameters.NameClaimType = "sub";
        });
        return services;
    }

    /// <summary>Sets the request's user. No middleware runs before a function, so the function asks; whoever proved nothing is nobody.</summary>
    public static async Task Authenticate(HttpContext context) =>
        context.User = (await context.AuthenticateAsync()).Principal ?? new ClaimsPrincipal();
}
