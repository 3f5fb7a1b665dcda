using System.CommandLine;
using System.Runtime.CompilerServices;
using CasePlanning.Host.Simulation;
using Player = CasePlanning.Host.Simulation.Simulation;

namespace CasePlanning.Host.Tests.Simulation;

/// <summary>How the command ended and what it wrote.</summary>
public sealed record Ran(int Code, string Output, string Error);

/// <summary>Runs the command as a terminal would, or plays a scenario and keeps its events.</summary>
internal static class Playing
{
    public static readonly string[] Samples = ["martinez", "minnesota-siblings", "forgotten", "california-siblings", "michigan-tribe", "minnesota-in-home", "wisconsin-permanency", "five-packs"];

    public static string Sample(string name) => InRepository($"samples/{name}.json");

    public static string InRepository(string path, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", path));

    public static async Task<Ran> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var root = new RootCommand { SimulateCommand.Create() };
        var code = await root.Parse(["simulate", .. args]).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return new Ran(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs the command on a text, in a file that is gone afterwards.</summary>
    public static async Task<Ran> RunText(string json, params string[] options)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, json);
            var ran = await Run([path, .. options]);
            return ran with { Error = ran.Error.Replace(path, "FILE") };
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static Scenario Read(string name) => ScenarioFile.Read(File.ReadAllText(Sample(name))).Scenario!;

    public static async Task<IReadOnlyList<SimulationEvent>> Play(Scenario scenario, DateOnly? until = null)
    {
        var events = new List<SimulationEvent>();
        var played = await Player.Play(scenario, until, events.Add, CancellationToken.None);
        Assert.Empty(played.Unexpected);
        return events;
    }

    public static Task<IReadOnlyList<SimulationEvent>> Play(string name) => Play(Read(name));

    /// <summary>A digest or a mail on the first day overdue; not what tells of an assignment or sums up a week.</summary>
    public static bool IsReminder(this SimulationEvent told) => told.Kind == EventKind.Mail
        && !told.Message.Contains(" is yours", StringComparison.Ordinal) && !told.Message.StartsWith("Your week", StringComparison.Ordinal);

    /// <summary>The events at a local time, e.g. <c>2006-01-06T09:05</c>.</summary>
    public static IReadOnlyList<SimulationEvent> At(this IEnumerable<SimulationEvent> events, string local, EventKind kind) =>
        [.. events.Where(each => each.Kind == kind && each.At.ToString("yyyy-MM-dd'T'HH:mm") == local)];
}
