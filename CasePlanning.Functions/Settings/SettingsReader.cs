using Microsoft.Extensions.Configuration;

namespace CasePlanning.Functions.Settings;

/// <summary>Thrown before anything starts; its message has every setting that is wrong, each with what to set.</summary>
public sealed class SettingsException(IReadOnlyList<string> failures)
    : Exception($"The settings can't be used:{string.Concat(failures.Select(failure => $"{Environment.NewLine}- {failure}"))}")
{
    public IReadOnlyList<string> Failures { get; } = failures;
}

/// <summary>Reads settings one by one and gathers what is wrong with them, so that everything is reported at once.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    public List<string> Failures { get; } = [];

    /// <summary>The setting's text, or null when it is missing or blank.</summary>
    public string? Text(string key) => string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key]!.Trim();

    public bool? Flag(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        Require(bool.TryParse(text, out var flag), $"{key} is '{text}'; set true or false.");
        return flag;
    }

    /// <summary>An address that begins with http or https.</summary>
    public Uri? Address(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        var isAddress = Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        Require(isAddress, $"{key} is '{text}'; set an address such as https://plans.example.org.");
        return isAddress ? address : null;
    }

    /// <summary>An address that begins with https, or with http on this machine.</summary>
    public Uri? SecureAddress(string key)
    {
        var address = Address(key);
        Require(address is null || address.Scheme == Uri.UriSchemeHttps || address.IsLoopback, $"{key} is {address}; use https, or http on localhost.");
        return address;
    }

    public void Require(bool holds, string failure)
    {
        if (!holds)
        {
            Failures.Add(failure);
        }
    }
}
