using CasePlanning.Api.Settings;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CasePlanning.Api.Identity;

/// <summary>Thrown where the authority can't be reached, or answers nothing that can be read; nobody can be asked who somebody is.</summary>
public sealed class AuthorityUnreachableException(Exception inner) : Exception("The authority that signs people in can't be reached.", inner);

/// <summary>Where the authority's documents come from; kept, and read again when its keys change.</summary>
public sealed class Authority
{
    public Authority(AuthorityOptions options, IHttpClientFactory clients) => Documents = new ConfigurationManager<OpenIdConnectConfiguration>(
        $"{options.Address.ToString().TrimEnd('/')}/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(clients.CreateClient(nameof(Authority))) { RequireHttps = options.Address.Scheme == Uri.UriSchemeHttps });

    public ConfigurationManager<OpenIdConnectConfiguration> Documents { get; }

    /// <summary>What is kept, else what the authority says. Throws <see cref="AuthorityUnreachableException"/>.</summary>
    public async Task<OpenIdConnectConfiguration> Read(CancellationToken ct)
    {
        try
        {
            return await Documents.GetConfigurationAsync(ct);
        }
        catch (InvalidOperationException exception)
        {
            throw new AuthorityUnreachableException(exception);
        }
    }
}
