using System.Net.Mail;
using CasePlanning.Application.Mail;
using CasePlanning.Functions.Mail;
using Microsoft.Extensions.Configuration;

namespace CasePlanning.Functions.Settings;

/// <summary>How mail leaves by SendGrid, and what it signs its reports with.</summary>
/// <param name="Address">Of its API.</param>
/// <param name="From">A sender that SendGrid has verified.</param>
/// <param name="Sandbox">True to have messages checked and not delivered.</param>
/// <param name="EventKey">The verification key of its event webhook, or null where reports aren't taken.</param>
public sealed record SendGridSettings(string ApiKey, Uri Address, MailAddress From, bool Sandbox, string? EventKey);

/// <summary>Every setting of this shell. As application settings their colons are written as two underscores.</summary>
/// <param name="Authority">Such as a tenant of Microsoft Entra ID; null where the platform signs people in.</param>
public sealed record ShellSettings(StoreSettings Store, MailSettings Mail, SendGridSettings SendGrid, AuthorityOptions? Authority, SetupOptions Setup, ReadinessOptions Readiness)
{
    /// <summary>The platform sets it to true while its authentication stands before the app and takes its headers from everybody else.</summary>
    public const string PlatformSignsIn = "WEBSITE_AUTH_ENABLED";

    /// <summary>With its prefix and the Message-ID's 33 letters before it, an instance's id stays below the engine's hundred.</summary>
    private const int LongestDomain = 60;

    /// <summary>Reads the settings. Throws <see cref="SettingsException"/> with everything that is wrong.</summary>
    public static ShellSettings Read(IConfiguration configuration) => Read(new SettingsReader(configuration));

    /// <inheritdoc cref="Read(IConfiguration)"/>
    public static ShellSettings Read(SettingsReader reader)
    {
        var settings = new ShellSettings(StoreSettings.Read(reader), ReadMail(reader), ReadSendGrid(reader), ReadAuthority(reader), SetupOptions.Read(reader), ReadinessOptions.Read(reader));
        reader.RefuseUnknown("CasePlanning", "Tables", "Mail", "SendGrid", "Identity", "Setup", "Readiness");
        return reader.Checked(settings);
    }

    private static MailSettings ReadMail(SettingsReader reader)
    {
        reader.Require(reader.Text("CasePlanning:PublicAddress") is not null, "CasePlanning:PublicAddress is missing; set the address that links in mail begin with, such as https://plans.example.org.");
        var address = reader.Address("CasePlanning:PublicAddress");
        var domain = reader.Text("Mail:Domain") ?? address?.Host ?? "";
        reader.Require(
            address is null || (Uri.CheckHostName(domain) == UriHostNameType.Dns && domain.Length <= LongestDomain),
            $"Mail:Domain is '{domain}'; set the domain that Message-IDs end with, such as plans.example.org, in at most {LongestDomain} letters.");
        return new(address?.ToString().TrimEnd('/') ?? "", domain);
    }

    private static SendGridSettings ReadSendGrid(SettingsReader reader)
    {
        var (key, from, eventKey) = (reader.Text("SendGrid:ApiKey"), reader.Text("Mail:From"), reader.Text("SendGrid:EventKey"));
        reader.Require(key is not null, "SendGrid:ApiKey is missing; set a key of your SendGrid account that may send mail.");
        reader.Require(MailAddress.TryCreate(from, out var sender), $"Mail:From is '{from}'; set a sender that SendGrid has verified, such as Case planning <plans@example.org>.");
        reader.Require(eventKey is null || EventSignature.IsKey(eventKey), "SendGrid:EventKey can't be read; set the verification key that SendGrid shows with the signed event webhook.");
        return new(key ?? "", reader.SecureAddress("SendGrid:Address") ?? new Uri("https://api.sendgrid.com"), sender!, reader.Flag("SendGrid:Sandbox") ?? false, eventKey);
    }

    private static AuthorityOptions? ReadAuthority(SettingsReader reader)
    {
        reader.Require(
            AuthorityOptions.IsNamed(reader) || reader.Flag(PlatformSignsIn) == true,
            "Identity:Authority is missing; set the authority that signs your people in, such as https://login.microsoftonline.com/<tenant id>/v2.0, or turn the platform's authentication on.");
        return AuthorityOptions.Read(reader);
    }
}
