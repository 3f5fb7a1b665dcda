namespace CasePlanning.Api.Settings;

/// <summary>The OpenID Connect authority that signs people in.</summary>
/// <param name="Authority">Null where none is named.</param>
/// <param name="Audience">What access tokens for this process carry as their audience.</param>
/// <param name="IsNamed">True where there is one, also when it can't be used.</param>
public sealed record AuthorityOptions(Uri? Authority, string? Audience, bool IsNamed)
{
    public static AuthorityOptions Read(SettingsReader reader)
    {
        var options = new AuthorityOptions(reader.SecureAddress("Identity:Authority"), reader.Text("Identity:Audience"), reader.Text("Identity:Authority") is not null);
        reader.Require(!options.IsNamed || options.Audience is not null, MissingAudience);
        return options;
    }

    public const string MissingAudience = "Identity:Audience is missing; set the audience that access tokens for this process carry.";
}
