namespace CasePlanning.Bench;

/// <summary>What to measure, and how much of it.</summary>
/// <param name="Quick">Small stores and short runs. Figures that only a large store shows are printed with the size they were measured at.</param>
/// <param name="Only">Names of the groups to run; empty for all.</param>
/// <param name="Markdown">Prints a table for docs/performance.md.</param>
internal sealed record Options(bool Quick, bool Markdown, IReadOnlyList<string> Only)
{
    /// <summary>Cases due at once, for reminders a second.</summary>
    public int Reminders => Quick ? 5_000 : 10_000;

    /// <summary>One-shot triggers of Quartz.</summary>
    public int Triggers => Quick ? 500 : 10_000;

    /// <summary>Cases due at once while people write.</summary>
    public int Backlog => Quick ? 20_000 : 100_000;

    /// <summary>Plans in the larger of the two stores that are claimed from, and plans asleep.</summary>
    public int Plans => Quick ? 100_000 : 1_000_000;

    /// <summary>Rounds of which the median counts.</summary>
    public int Rounds => Quick ? 3 : 5;

    /// <summary>How often HTTP is asked for one thing and then another, a second each, so that what else the machine does meets both.</summary>
    public int Slices => Quick ? 5 : 15;

    /// <summary>How long a process with plans asleep is watched; longer than its loops' longest wait.</summary>
    public TimeSpan Watching => TimeSpan.FromSeconds(Quick ? 20 : 130);

    public static Options? Read(IReadOnlyList<string> words)
    {
        var names = words.Where(word => word is not ("--quick" or "--markdown")).ToArray();
        return names.All(Reach.Groups.ContainsKey) ? new Options(words.Contains("--quick"), words.Contains("--markdown"), names) : null;
    }

    public static int Usage()
    {
        Console.WriteLine($"""
            dotnet run -c Release --project bench -- reach [--quick] [--markdown] [{string.Join("] [", Reach.Groups.Keys)}]

            Measures what the software must reach, each figure as a ratio within the run, and ends with 1 where something is missed or an answer is wrong.
            --quick     small stores and short runs; the lines say their sizes
            --markdown  prints the table that docs/performance.md shows

            dotnet run -c Release --project bench -- micro [BENCHMARKDOTNET OPTIONS]

            Measures single functions with BenchmarkDotNet: Agenda.For, readiness and the layout of a mail. Without options it asks which.
            """);
        return 2;
    }
}
