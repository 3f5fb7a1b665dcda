using CasePlanning.Api.Identity;
using CasePlanning.Host.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;

namespace CasePlanning.Host.Identity;

internal static class SignInRegistration
{
    /// <summary>The product's sign-in with its keys in the data directory, and in Development sample people.</summary>
    public static void AddSignIn(this IServiceCollection services, HostSettings settings)
    {
        var (authority, samples) = settings.Identity;
        var authentication = services.AddSignIn(new SignInOptions
        {
            Authority = authority,
            PublicAddress = settings.Serve.PublicAddress,
            Clock = TimeProvider.System,
            Api = request => samples && (authority is null || SampleTokens.Names(request)) ? SampleTokens.Name : JwtBearerDefaults.AuthenticationScheme,
        });
        services.AddDataProtection().PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(settings.Serve.DataDirectory, "keys")));
        if (samples)
        {
            authentication.AddScheme<AuthenticationSchemeOptions, SampleTokens>(SampleTokens.Name, null);
            services.Configure<CookieAuthenticationOptions>(SignIn.Cookie, options => options.Events.OnRedirectToLogin = SamplePages.Choose);
        }
    }
}
