using System.CommandLine;
using CasePlanning.Domain.Clocks;
using CasePlanning.Host.Clock;

namespace CasePlanning.Host.Settings;

/// <summary>Options that several commands take, each with the setting that stands in for it.</summary>
internal static class SharedOptions
{
    public const string DataSetting = "CasePlanning:DataDirectory";
    public const string PacksSetting = "CasePlanning:RulePacks";

    public static Option<string?> Data { get; } = new("--data") { Description = "Directory with the database, mail and keys.", HelpName = "DIRECTORY" };

    public static Option<string?> Packs { get; } = new("--packs") { Description = "Folder with further rule packs, one JSON file each.", HelpName = "DIRECTORY" };

    /// <summary>The directory that the option, else the setting names, else <c>data</c>.</summary>
    public static string DataDirectory(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(Data) ?? Setting(DataSetting) ?? "data");

    /// <summary>Adds the packs of the folder that the option, else the setting names. Throws <see cref="InvalidDataException"/> with everything that is wrong.</summary>
    public static void LoadPacks(ParseResult parsed)
    {
        if ((parsed.GetValue(Packs) ?? Setting(PacksSetting)) is { } folder)
        {
            LoadPacks(Directory.Exists(folder) ? folder : throw new InvalidDataException($"There is no folder {folder}; name the one with your rule packs by --packs or {PacksSetting}."));
        }
    }

    /// <summary>Adds every pack of a folder.</summary>
    public static void LoadPacks(string folder) =>
        RulePacks.Add([.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(path => new RulePackFile(path, File.ReadAllText(path)))]);

    /// <summary>The now of the process whose data lie in a directory: of its simulated clock where the settings say so.</summary>
    public static DateTimeOffset NowIn(string dataDirectory) =>
        (string.Equals(Setting("Clock:Mode"), nameof(ClockMode.Simulated), StringComparison.OrdinalIgnoreCase) ? SimulatedClock.KeptIn(Path.Combine(dataDirectory, SimulatedClock.FileName)) : null)
        ?? TimeProvider.System.GetUtcNow();

    private static string? Setting(string key)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().Build();
        return string.IsNullOrWhiteSpace(settings[key]) ? null : settings[key]!.Trim();
    }
}
