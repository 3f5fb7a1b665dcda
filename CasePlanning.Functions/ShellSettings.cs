using CasePlanning.Application.Mail;
using Microsoft.Extensions.Configuration;

namespace CasePlanning.Functions;

/// <summary>Thrown before anything starts; its message has every setting that is wrong, each with what to set.</summary>
public sealed class SettingsException(IReadOnlyList<string> failures)
    : Exception($"The settings can't be used:{string.Concat(failures.Select(failure => $"{Environment.NewLine}- {failure}"))}")
{
    public IReadOnlyList<string> Failures { get; } = failures;
}

/// <summary>Every setting of this shell. As application settings their colons are written as two underscores.</summary>
public sealed record ShellSettings(MailSettings Mail)
{
    private const string Store = "CasePlanning:Store";
    private const string PublicAddress = "CasePlanning:PublicAddress";

    /// <summary>Reads the settings. Throws <see cref="SettingsException"/> with everything that is wrong.</summary>
    public static ShellSettings Read(IConfiguration configuration)
    {
        var failures = new List<string>();
        if (configuration[Store] != "memory")
        {
            failures.Add($"{Store} is '{configuration[Store]}'. There is no durable store in this shell yet; to try it out, set memory: everything is then lost when the process ends, and a second process sees nothing of it.");
        }

        if (!Uri.TryCreate(configuration[PublicAddress], UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            failures.Add($"{PublicAddress} is '{configuration[PublicAddress]}'; set the address that links in mail begin with, such as https://plans.example.org.");
        }

        return failures.Count == 0
            ? new(new MailSettings(address!.ToString().TrimEnd('/'), configuration["Mail:Domain"] ?? address.Host))
            : throw new SettingsException(failures);
    }
}
