namespace CasePlanning.Api.Settings;

/// <summary>The OpenID Connect authority that signs people in.</summary>
/// <param name="Audience">What access tokens for this process carry as their audience.</param>
/// <param name="ClientId">Under which the authority knows this process when it signs people in to its pages.</param>
/// <param name="ClientSecret">Null for a public client.</param>
public sealed record AuthorityOptions(Uri Address, string Audience, string ClientId, string? ClientSecret)
{
    private const string Setting = "Identity:Authority";

    /// <summary>True where there is one, also when it can't be used.</summary>
    public static bool IsNamed(SettingsReader reader) => reader.Text(Setting) is not null;

    /// <summary>Null where none is named.</summary>
    /// <param name="isRequired">True to ask for everything that belongs to one, also where none is named.</param>
    public static AuthorityOptions? Read(SettingsReader reader, bool isRequired = false)
    {
        var (address, audience, clientId, secret) = (reader.SecureAddress(Setting), reader.Text("Identity:Audience"), reader.Text("Identity:ClientId"), reader.Text("Identity:ClientSecret"));
        var isAsked = isRequired || IsNamed(reader);
        reader.Require(!isAsked || audience is not null, "Identity:Audience is missing; set the audience that access tokens for this process carry.");
        reader.Require(!isAsked || clientId is not null, "Identity:ClientId is missing; set the client id under which the authority knows this process.");
        return address is null ? null : new(address, audience ?? "", clientId ?? "", secret);
    }
}
