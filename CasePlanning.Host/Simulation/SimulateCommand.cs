using System.CommandLine;
using System.Globalization;
using CasePlanning.Host.Settings;

namespace CasePlanning.Host.Simulation;

/// <summary><c>simulate SCENARIO [--until DATE] [--json] [--packs DIRECTORY]</c>: plays a case through years in a second and prints what would have been sent, when, to whom and why.</summary>
public static class SimulateCommand
{
    private const int AsExpected = 0;
    private const int NotAsExpected = 1;
    private const int BadFile = 2;

    public static Command Create()
    {
        var file = new Argument<string>("SCENARIO") { Description = "The scenario file; docs/scenario.schema.json describes it." };
        var until = new Option<string?>("--until") { Description = "Last day to play, e.g. 2007-01-31." };
        var json = new Option<bool>("--json") { Description = "One JSON object per line instead of a story." };
        var command = new Command("simulate", "Plays a scenario on a simulated clock and prints every stage change, notice, mail, refusal and deadline.") { file, until, json, SharedOptions.Packs };
        command.SetAction((parsed, ct) => WithPacks(parsed, () => Run(
            parsed.GetRequiredValue(file), parsed.GetValue(until), parsed.GetValue(json), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, ct)));
        return command;
    }

    private static Task<int> WithPacks(ParseResult parsed, Func<Task<int>> run)
    {
        try
        {
            SharedOptions.LoadPacks(parsed);
        }
        catch (InvalidDataException exception)
        {
            return Task.FromResult(Refuse(parsed.InvocationConfiguration.Error, exception.Message));
        }

        return run();
    }

    private static async Task<int> Run(string path, string? until, bool json, TextWriter output, TextWriter error, CancellationToken ct)
    {
        DateOnly? last = null;
        if (until is not null)
        {
            if (!DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return Refuse(error, $"--until takes a date such as 2007-01-31, and '{until}' is none.");
            }

            last = date;
        }

        if (!File.Exists(path))
        {
            return Refuse(error, $"There is no file {path}.");
        }

        var file = ScenarioFile.Read(await File.ReadAllTextAsync(path, ct));
        return file.Scenario is { } scenario
            ? await Play(scenario, last, json ? new JsonLines(output) : new Story(output), error, ct)
            : Refuse(error, [$"{path} can't be played:", .. file.Violations.Select(violation => $"  {violation}")]);
    }

    private static async Task<int> Play(Scenario scenario, DateOnly? until, IEventWriter writer, TextWriter error, CancellationToken ct)
    {
        writer.Begin(scenario);
        var played = await Simulation.Play(scenario, until, writer.Write, ct);
        writer.End(played);
        Write(error, played.Unexpected);
        return played.Unexpected.Count == 0 ? AsExpected : NotAsExpected;
    }

    private static int Refuse(TextWriter error, params IReadOnlyList<string> lines)
    {
        Write(error, lines);
        return BadFile;
    }

    private static void Write(TextWriter writer, IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            writer.Write(line);
            writer.Write('\n');
        }
    }
}
