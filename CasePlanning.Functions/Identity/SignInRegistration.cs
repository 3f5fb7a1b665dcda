using System.Security.Claims;
using CasePlanning.Api.Identity;
using CasePlanning.Functions.Settings;
using CasePlanning.Storage.Tables;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Functions.Identity;

internal static class SignInRegistration
{
    /// <summary>The product's sign-in by its authority, or else by the platform before a request comes here.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services, ShellSettings settings)
    {
        services.AddOptions<KeyManagementOptions>().Configure<TablesKeyRing>((keys, ring) => keys.XmlRepository = new SharedKeys(ring));
        var byAuthority = new SignInOptions { Authority = settings.Authority, PublicAddress = settings.Mail.LinkBase, Clock = TimeProvider.System };
        if (settings.Authority is not null)
        {
            services.AddSignIn(byAuthority);
            return services;
        }

        services.AddSignIn(byAuthority with { Pages = PlatformSignIn.Name, Api = _ => PlatformSignIn.Name })
            .AddScheme<AuthenticationSchemeOptions, PlatformSignIn>(PlatformSignIn.Name, null);
        return services;
    }

    /// <summary>Sets the request's user. No middleware runs before a function, so the function asks; whoever proved nothing is nobody.</summary>
    public static async Task Authenticate(HttpContext context) =>
        context.User = (await context.AuthenticateAsync()).Principal ?? new ClaimsPrincipal();
}
