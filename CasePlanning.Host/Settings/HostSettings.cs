using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CasePlanning.Host.Settings;

/// <summary>Where data lies and under which address people reach the pages.</summary>
/// <param name="PublicAddress">Without a slash at the end; links in mail begin with it.</param>
/// <param name="RulePacks">Folder with further rule packs, or null.</param>
public sealed record ServeOptions(string DataDirectory, string Urls, string PublicAddress, string? RulePacks);

public enum MailKind { Pickup, Smtp }

/// <summary>How mail leaves: into a folder, or to a server.</summary>
/// <param name="Domain">The part of a Message-ID after the @.</param>
public sealed record MailOptions(MailKind Kind, string Folder, string From, string Domain, SmtpOptions? Smtp);

/// <summary>The mail server, and how it is spoken to.</summary>
/// <param name="StartTls">True to send nothing before TLS has begun; a server that doesn't offer it gets no mail.</param>
/// <param name="CertificateAuthority">Trusted for this server beside those the machine trusts, or null.</param>
/// <param name="Patience">How long one handover may take.</param>
/// <param name="Connections">How many are open at most.</param>
public sealed record SmtpOptions(
    string Host, int Port, bool StartTls, X509Certificate2Collection? CertificateAuthority, string? User, string? Password, TimeSpan Patience, int Connections);

/// <summary>Who says who somebody is: an OpenID Connect authority, or, in Development and on this machine only, a click.</summary>
public sealed record IdentityOptions(AuthorityOptions? Authority, bool SampleSignIn);

public enum ClockMode { System, Simulated }

/// <summary>Which clock runs.</summary>
/// <param name="Speed">Simulated seconds per second, or null when only the driver moves it.</param>
public sealed record ClockOptions(ClockMode Mode, DateTimeOffset Start, double? Speed);

/// <summary>Every setting of the process, read and checked at once.</summary>
/// <param name="Collector">Where traces and metrics go by OTLP over HTTP, or null.</param>
public sealed record HostSettings(
    ServeOptions Serve, MailOptions Mail, IdentityOptions Identity, ClockOptions Clock, SetupOptions Setup, ReadinessOptions Readiness, Uri? Collector)
{
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>Reads the settings. Throws <see cref="SettingsException"/> with everything that is wrong.</summary>
    public static HostSettings Read(IConfiguration configuration, bool isDevelopment)
    {
        var reader = new SettingsReader(configuration);
        var serve = ReadServe(reader, configuration);
        var settings = new HostSettings(serve, ReadMail(reader, serve), ReadIdentity(reader, isDevelopment), ReadClock(reader), SetupOptions.Read(reader), ReadinessOptions.Read(reader), reader.SecureAddress("Telemetry:Otlp"));
        if (settings.Identity.SampleSignIn)
        {
            var open = serve.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(url => !IsLoopback(url)).ToArray();
            reader.Require(open.Length == 0, $"The process would listen on {string.Join(" and ", open)} while anybody can sign in with a click. Set ASPNETCORE_URLS to an address of localhost, or Identity:Authority to your OpenID Connect authority.");
        }

        reader.RefuseUnknown("CasePlanning", "Mail", "Identity", "Clock", "Setup", "Readiness", "Telemetry");
        return reader.Checked(settings);
    }

    /// <summary>True for an address that only this machine reaches.</summary>
    public static bool IsLoopback(string url)
    {
        var host = Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Host.Length > 0 ? parsed.Host : url;
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    private static ServeOptions ReadServe(SettingsReader reader, IConfiguration configuration)
    {
        var urls = configuration["urls"] is { Length: > 0 } set ? set : DefaultUrls;
        var first = urls.Split(';')[0].Trim().TrimEnd('/');
        var address = reader.Address("CasePlanning:PublicAddress")?.ToString().TrimEnd('/');
        var packs = reader.Text(SharedOptions.PacksSetting);
        reader.Require(packs is null || Directory.Exists(packs), $"{SharedOptions.PacksSetting} is '{packs}', and there is no such folder; set the one with your rule packs, or leave it out.");
        return new(Path.GetFullPath(reader.Text(SharedOptions.DataSetting) ?? "data"), urls, address ?? first, packs);
    }

    private static MailOptions ReadMail(SettingsReader reader, ServeOptions serve)
    {
        var kind = reader.Choice("Mail:Kind", MailKind.Pickup);
        var from = reader.Text("Mail:From") ?? "Case planning <case-planning@localhost>";
        reader.Require(System.Net.Mail.MailAddress.TryCreate(from, out _), $"Mail:From is '{from}'; set an address such as Case planning <plans@example.org>.");
        var domain = reader.Text("Mail:Domain") ?? "case-planning.localhost";
        reader.Require(Uri.CheckHostName(domain) == UriHostNameType.Dns, $"Mail:Domain is '{domain}'; set the domain that Message-IDs end with, such as plans.example.org.");
        var host = reader.Text("Mail:Smtp:Host");
        var smtp = new SmtpOptions(
            host ?? "",
            reader.Number("Mail:Smtp:Port", 1, 65535) ?? 587,
            reader.Flag("Mail:Smtp:StartTls") ?? true,
            ReadAuthority(reader),
            reader.Text("Mail:Smtp:User"),
            reader.Text("Mail:Smtp:Password"),
            TimeSpan.FromSeconds(reader.Number("Mail:Smtp:PatienceSeconds", 1, 600) ?? 60),
            reader.Number("Mail:Smtp:Connections", 1, 16) ?? 4);
        if (kind == MailKind.Smtp)
        {
            reader.Require(host is not null, "Mail:Kind is smtp and Mail:Smtp:Host is missing; set the name of your mail server.");
            reader.Require(smtp.Port != 465, "Mail:Smtp:Port is 465, where a server expects TLS from the first byte; here TLS begins with STARTTLS. Set the port your server takes submissions on, usually 587.");
            reader.Require(smtp.StartTls || smtp.CertificateAuthority is null, "Mail:Smtp:CertificateAuthority is set and Mail:Smtp:StartTls is false, so no certificate would be asked for; set Mail:Smtp:StartTls to true.");
            reader.Require(smtp.User is null == smtp.Password is null, "Of Mail:Smtp:User and Mail:Smtp:Password only one is set; set both or none.");
            reader.Require(smtp.User is null || smtp.StartTls || IsLoopback(smtp.Host), "Mail:Smtp:StartTls is false and a password would travel in the clear; set Mail:Smtp:StartTls to true.");
        }

        return new(kind, Path.GetFullPath(reader.Text("Mail:Folder") ?? Path.Combine(serve.DataDirectory, "mail")), from, domain, kind == MailKind.Smtp ? smtp : null);
    }

    private static X509Certificate2Collection? ReadAuthority(SettingsReader reader)
    {
        if (reader.Text("Mail:Smtp:CertificateAuthority") is not { } path)
        {
            return null;
        }

        var authority = new X509Certificate2Collection();
        try
        {
            authority.ImportFromPemFile(path);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            reader.Require(false, $"Mail:Smtp:CertificateAuthority is '{path}', which can't be read: {exception.Message}");
            return null;
        }

        reader.Require(authority.Count > 0, $"Mail:Smtp:CertificateAuthority is '{path}', which holds no certificate; set a PEM file with that of your mail server's authority.");
        return authority;
    }

    private static IdentityOptions ReadIdentity(SettingsReader reader, bool isDevelopment)
    {
        var isNamed = AuthorityOptions.IsNamed(reader);
        var identity = new IdentityOptions(AuthorityOptions.Read(reader, isRequired: !isDevelopment), reader.Flag("Identity:SampleSignIn") ?? (isDevelopment && !isNamed));
        reader.Require(!identity.SampleSignIn || isDevelopment, "Identity:SampleSignIn is for Development only; leave it out, and set Identity:Authority.");
        reader.Require(isNamed || isDevelopment, "Identity:Authority is missing; set the address of the OpenID Connect authority that signs your people in, such as https://login.example.org. (On a developer's machine, set DOTNET_ENVIRONMENT to Development instead.)");
        reader.Require(isNamed || identity.SampleSignIn || !isDevelopment, "Identity:SampleSignIn is false and Identity:Authority is missing, so nobody could sign in; set one of them.");
        return identity;
    }

    private static ClockOptions ReadClock(SettingsReader reader)
    {
        var mode = reader.Choice("Clock:Mode", ClockMode.System);
        var start = reader.Instant("Clock:Start");
        var speed = reader.Factor("Clock:Speed");
        reader.Require(mode == ClockMode.Simulated || (reader.Text("Clock:Start") is null && reader.Text("Clock:Speed") is null), "Clock:Start and Clock:Speed need Clock:Mode set to simulated.");
        reader.Require(mode == ClockMode.System || reader.Text("Clock:Start") is not null, "Clock:Mode is simulated and Clock:Start is missing; set the instant it begins at, such as 2027-01-04T15:00:00Z.");
        return new(mode, start ?? default, speed);
    }
}
