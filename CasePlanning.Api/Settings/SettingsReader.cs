using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CasePlanning.Api.Settings;

/// <summary>Thrown before anything starts; its message has every setting that is wrong, each with what to set.</summary>
public sealed class SettingsException(IReadOnlyList<string> failures)
    : Exception($"The settings can't be used:{string.Concat(failures.Select(failure => $"{Environment.NewLine}- {failure}"))}")
{
    public IReadOnlyList<string> Failures { get; } = failures;
}

/// <summary>Reads settings one by one and gathers what is wrong with them, so that everything is reported at once.</summary>
public sealed class SettingsReader(IConfiguration configuration)
{
    /// <summary>What Azure App Service leaves in place of a secret of Key Vault that it couldn't read: learn.microsoft.com/azure/app-service/app-service-key-vault-references.</summary>
    private const string Reference = "@Microsoft.KeyVault(";

    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public IList<string> Failures { get; } = [];

    /// <summary>Every setting that was asked for, with colons.</summary>
    public IReadOnlyCollection<string> Asked => _known;

    /// <summary>The setting's text, or null when it is missing or blank.</summary>
    public string? Text(string key)
    {
        _known.Add(key);
        var text = string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key]!.Trim();
        if (text?.StartsWith(Reference, StringComparison.OrdinalIgnoreCase) == true)
        {
            Failures.Add($"{key} is a reference to a secret that the platform couldn't read: put the secret into the vault, let the app's identity read it, and have references refreshed.");
        }

        return text;
    }

    public bool? Flag(string key) => Parsed<bool>(key, "true or false", text => bool.TryParse(text, out var flag) ? flag : null);

    public int? Number(string key, int least, int most) => Parsed<int>(
        key,
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
        text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null);

    public double? Factor(string key) => Parsed<double>(
        key, "a number above 0", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1e9 ? number : null);

    public DateTimeOffset? Instant(string key) => Parsed<DateTimeOffset>(
        key,
        "an instant such as 2027-01-04T15:00:00Z",
        text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null);

    /// <summary>One of a few words.</summary>
    public T Choice<T>(string key, T otherwise) where T : struct, Enum => Parsed<T>(
        key,
        string.Join(" or ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant())),
        text => Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice) && !char.IsDigit(text[0]) ? choice : null) ?? otherwise;

    /// <summary>An address that begins with http or https; http only on this machine.</summary>
    public Uri? SecureAddress(string key) => Address(key) is not { } address ? null
        : address.Scheme == Uri.UriSchemeHttps || address.IsLoopback ? address
        : Fail<Uri>($"{key} is {address}; use https, or http on localhost.");

    public Uri? Address(string key) => Text(key) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : Fail<Uri>($"{key} is '{text}'; set an address such as https://plans.example.org.");

    /// <summary>What a setting with semicolons between its parts names.</summary>
    public IReadOnlyList<string> Parts(string key) => Text(key)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Throws <see cref="SettingsException"/> where anything is wrong.</summary>
    public T Checked<T>(T settings) => Failures.Count == 0 ? settings : throw new SettingsException([.. Failures]);

    public void Require(bool holds, string failure)
    {
        if (!holds)
        {
            Failures.Add(failure);
        }
    }

    /// <summary>Reports settings of these sections that nobody asked for: most are slips of the pen.</summary>
    public void RefuseUnknown(params string[] sections)
    {
        foreach (var key in sections.SelectMany(Leaves).Where(key => !_known.Contains(key)))
        {
            var section = key[..key.IndexOf(':', StringComparison.Ordinal)];
            Failures.Add($"{key} is not a setting. Settings of {section}: {string.Join(", ", _known.Where(each => each.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))}.");
        }
    }

    private IEnumerable<string> Leaves(string section) =>
        configuration.GetSection(section).AsEnumerable().Where(pair => pair.Value is not null && pair.Key.Contains(':', StringComparison.Ordinal)).Select(pair => pair.Key);

    private T? Parsed<T>(string key, string expected, Func<string, T?> parse) where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        var parsed = parse(text);
        Require(parsed is not null, $"{key} is '{text}'; set {expected}.");
        return parsed;
    }

    private T? Fail<T>(string failure) where T : class
    {
        Failures.Add(failure);
        return null;
    }
}
