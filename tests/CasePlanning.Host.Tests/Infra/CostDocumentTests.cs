using System.Globalization;
using System.Text.RegularExpressions;
using CasePlanning.Host.Tests.Simulation;

namespace CasePlanning.Host.Tests.Infra;

/// <summary>What docs/deploy.md reckons with is what docs/azure-operations.md says was counted.</summary>
public sealed partial class CostDocumentTests
{
    private static readonly string Deploying = File.ReadAllText(Playing.InRepository("docs/deploy.md"));

    private static readonly (string Work, long Operations)[] Counted =
        [.. Row().Matches(File.ReadAllText(Playing.InRepository("docs/azure-operations.md"))).Select(match => (match.Groups[1].Value, Number(match.Groups[2].Value)))];

    [Fact]
    public void The_counts_are_those_of_the_wire()
    {
        var (wakes, writes) = (Of("a wake "), Of("HTTP: a ").Where(count => count != Of("HTTP: a plan is read").Single()).ToArray());
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{Year:N0} a plan and year, {wakes.Min()} to {wakes.Max()} a wake, {writes.Min()} to {writes.Max()} an HTTP write."), Deploying, StringComparison.Ordinal);
        Assert.Contains($"{wakes.Min()} to {wakes.Max()} requests a wake", Deploying, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{Year:N0} a plan and year in the Martinez family's case, {Round} a round of the watchdog"), Deploying, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_operations_cost_what_their_formula_says()
    {
        const int FiveMinutesOfAYear = 12 * 24 * 365, QuartersOfAYear = 4 * 24 * 365, MinutesOfAYear = 60 * 24 * 365;
        const int Repair = 2 * 2000;
        var dollars = ((Year * 1000) + (Round * FiveMinutesOfAYear) + (Repair * QuartersOfAYear) + MinutesOfAYear) * 0.00036 / 10_000;
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"({Year:N0} *P* + {Round} · {FiveMinutesOfAYear:N0} + {Repair:N0} · {QuartersOfAYear:N0} + {MinutesOfAYear:N0}) · $0.00036 / 10,000 (`storage/tables`) | ${dollars:F2} |"),
            Deploying,
            StringComparison.Ordinal);
    }

    private static long Year => Of("a plan for a year").Single();

    private static long Round => Of("a round of the watchdog").Single();

    private static long[] Of(string beginning) => [.. Counted.Where(row => row.Work.StartsWith(beginning, StringComparison.Ordinal)).Select(row => row.Operations)];

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| ([^|]+) \|(?: [\d,]+ \|){3} ([\d,]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
