using System.Globalization;

namespace CasePlanning.Bench;

/// <summary>One figure that must be reached.</summary>
/// <param name="What">What was measured, sizes included.</param>
/// <param name="Figure">As people read it, with what it is compared with.</param>
/// <param name="Ratio">The figure against its target, so that 1 or more meets it.</param>
internal sealed record Line(string What, string Figure, string Target, double Ratio)
{
    public bool IsMet => Ratio >= 1;

    public string Row => $"| {What} | {Figure} | {Target.Replace(">=", "≥", StringComparison.Ordinal).Replace("<=", "≤", StringComparison.Ordinal)} | {(IsMet ? "yes" : "no")} |";

    public string Told => string.Create(CultureInfo.InvariantCulture, $"{(IsMet ? "met   " : "MISSED")} {What}\n       {Figure}, target {Target}, {Ratio:F2} of it");

    public static Line AtLeast(string what, double value, double target, string unit, string from) =>
        new(what, $"{Text(value)}{unit} ({from})", $">= {Text(target)}{unit}", value / target);

    public static Line AtMost(string what, double value, double target, string unit, string from) =>
        new(what, $"{Text(value)}{unit} ({from})", $"<= {Text(target)}{unit}", value <= 0 ? double.PositiveInfinity : target / value);

    public static string Text(double value) => value switch
    {
        >= 1000 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("F1", CultureInfo.InvariantCulture),
        _ => value.ToString("F2", CultureInfo.InvariantCulture),
    };
}

/// <summary>Runs every group and prints a line for each figure as it is known.</summary>
internal static class Reach
{
    public static IReadOnlyDictionary<string, Func<Options, IAsyncEnumerable<Line>>> Groups { get; } = new Dictionary<string, Func<Options, IAsyncEnumerable<Line>>>
    {
        ["agenda"] = Agendas.Measure,
        ["reminders"] = Reminders.Pipeline.Measure,
        ["latency"] = Http.Latency.Measure,
        ["http"] = Http.Reading.Measure,
        ["backlog"] = Http.Backlog.Measure,
        ["claim"] = Claims.Measure,
        ["asleep"] = Asleep.Measure,
    };

    public static async Task<int> Run(Options options)
    {
        var missed = 0;
        var machine = $"{Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}{(options.Quick ? ", quick" : "")}";
        Console.WriteLine(options.Markdown ? $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {machine}.\n\n| what | measured | target | met |\n|---|---|---|---|" : machine);
        foreach (var (name, measure) in Groups.Where(group => options.Only.Count == 0 || options.Only.Contains(group.Key)))
        {
            try
            {
                await foreach (var line in measure(options))
                {
                    missed += line.IsMet ? 0 : 1;
                    Console.WriteLine(options.Markdown ? line.Row : line.Told);
                }
            }
            catch (WrongAnswerException exception)
            {
                missed++;
                Console.WriteLine($"WRONG  {name}: {exception.Message}");
            }
        }

        Console.WriteLine(missed == 0 ? "\nEverything is met." : $"\n{missed} missed or wrong.");
        return missed == 0 ? 0 : 1;
    }
}

/// <summary>A fast answer that isn't the right one.</summary>
internal sealed class WrongAnswerException(string message) : Exception(message)
{
    /// <summary>Throws unless a count is what it must be.</summary>
    public static void Check(string what, long expected, long found)
    {
        if (found != expected)
        {
            throw new WrongAnswerException(string.Create(CultureInfo.InvariantCulture, $"{what}: {expected:N0} expected and {found:N0} found."));
        }
    }
}

internal static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
