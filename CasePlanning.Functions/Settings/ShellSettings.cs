using CasePlanning.Application.Mail;
using Microsoft.Extensions.Configuration;

namespace CasePlanning.Functions.Settings;

/// <summary>Where cases are kept.</summary>
public enum StoreKind
{
    /// <summary>In this process alone, for trying out: everything is lost when it ends.</summary>
    Memory,
}

/// <summary>Who says who somebody is: an OpenID Connect authority, such as a tenant of Microsoft Entra ID, or else the platform's own authentication.</summary>
/// <param name="Authority">Null where the platform signs people in.</param>
/// <param name="Audience">What access tokens for this process carry as their audience.</param>
public sealed record IdentitySettings(Uri? Authority, string? Audience);

/// <summary>Every setting of this shell. As application settings their colons are written as two underscores.</summary>
/// <param name="InstallationAdministrators">Token subjects or e-mail addresses of those who found agencies.</param>
public sealed record ShellSettings(StoreKind Store, MailSettings Mail, IdentitySettings Identity, IReadOnlyList<string> InstallationAdministrators)
{
    /// <summary>The platform sets it to true while its authentication stands before the app and takes its headers from everybody else.</summary>
    public const string PlatformSignsIn = "WEBSITE_AUTH_ENABLED";

    private const string Memory = "memory";

    /// <summary>Reads the settings. Throws <see cref="SettingsException"/> with everything that is wrong.</summary>
    public static ShellSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var store = reader.Text("CasePlanning:Store");
        reader.Require(store == Memory, $"CasePlanning:Store is '{store}'. There is no durable store in this shell yet; to try it out, set memory: everything is then lost when the process ends, and a second process sees nothing of it.");
        var settings = new ShellSettings(StoreKind.Memory, ReadMail(reader), ReadIdentity(reader), ReadAdministrators(reader));
        return reader.Failures.Count == 0 ? settings : throw new SettingsException(reader.Failures);
    }

    private static MailSettings ReadMail(SettingsReader reader)
    {
        reader.Require(reader.Text("CasePlanning:PublicAddress") is not null, "CasePlanning:PublicAddress is missing; set the address that links in mail begin with, such as https://plans.example.org.");
        var address = reader.Address("CasePlanning:PublicAddress");
        return new(address?.ToString().TrimEnd('/') ?? "", reader.Text("Mail:Domain") ?? address?.Host ?? "");
    }

    private static IdentitySettings ReadIdentity(SettingsReader reader)
    {
        var identity = new IdentitySettings(reader.SecureAddress("Identity:Authority"), reader.Text("Identity:Audience"));
        var isNamed = reader.Text("Identity:Authority") is not null;
        reader.Require(
            isNamed || reader.Flag(PlatformSignsIn) == true,
            "Identity:Authority is missing; set the authority that signs your people in, such as https://login.microsoftonline.com/<tenant id>/v2.0, or turn the platform's authentication on.");
        reader.Require(!isNamed || identity.Audience is not null, "Identity:Audience is missing; set the audience that access tokens for this process carry.");
        return identity;
    }

    private static string[] ReadAdministrators(SettingsReader reader) =>
        reader.Text("Setup:InstallationAdministrators")?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
