using System.Globalization;
using System.Text.Json;
using CasePlanning.Bench.World;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Bench;

/// <summary>
/// Cases a second on one core through the entry point that the tick calls, at the instant at which the case's next step falls due. Processor
/// time is counted, not the clock on the wall, so that whoever shares the machine doesn't count; collecting garbage does. That is done as in a
/// process with a single core: the collector of a server has a heap and a thread for every core, and while only one of them allocates, the others'
/// threads spend processor time on waiting for one another.
/// </summary>
internal static class Agendas
{
    private const double LeastPerSecond = 500_000;
    private const double MostBytes = 4096;
    private static readonly string[] Packs = ["default", "california", "michigan", "minnesota", "wisconsin"];
    private static readonly DateOnly Opened = new(2026, 3, 9);

    /// <summary>What a process of its own found for one pack.</summary>
    /// <param name="Bytes">Allocated for each case.</param>
    /// <param name="Seconds">Of the processor, for each case.</param>
    private sealed record Found(string Pack, int Rules, int Occurrences, double Bytes, double Seconds);

    public static async IAsyncEnumerable<Line> Measure(Options options)
    {
        var seconds = options.Quick ? 0.5 : 2;
        foreach (var found in await SecondProcess.Ask<Found[]>(workstation: true, "agenda", seconds.ToString(CultureInfo.InvariantCulture), options.Rounds.ToString(CultureInfo.InvariantCulture)))
        {
            var what = $"Agenda.For, pack {found.Pack}, {found.Rules} rules, {found.Occurrences} occurrences";
            yield return Line.AtLeast(what, 1 / found.Seconds, LeastPerSecond, " cases/s", $"{found.Seconds * 1e6:F2} us of one core each");
            yield return Line.AtMost($"{what}, allocated", found.Bytes, MostBytes, " bytes", "per case");
        }
    }

    /// <summary>What the process started for it does: finds the figures of every pack, and writes them to the console as JSON.</summary>
    public static int Run(string seconds, string rounds)
    {
        var (each, count) = (double.Parse(seconds, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture));
        foreach (var pack in Packs)
        {
            new Due(pack).Measure(1, 1); // The runtime compiles again what turns out to be hot.
        }

        Console.WriteLine(JsonSerializer.Serialize(Packs.Select(pack =>
        {
            var due = new Due(pack);
            var (bytes, cpu) = due.Measure(each, count);
            return new Found(pack, due.RuleCount, due.Occurrences, bytes, cpu);
        })));
        return 0;
    }

    /// <summary>A case of a pack at the instant its next step falls due.</summary>
    private sealed class Due
    {
        private readonly RuleBook _rules;
        private readonly KnownCase _known;
        private readonly Fact[] _facts;
        private readonly DateTimeOffset _now;

        public Due(string pack)
        {
            _rules = RuleBook.For(new Agency { Id = "county", Name = "County", Zone = "America/Chicago", Packs = [pack] });
            var lookedAt = _rules.Calendar.MorningOf(Opened.AddDays(215));
            var (file, plans) = Cases.Placed("county", 1, "worker", Opened, Opened.AddDays(215));
            _known = KnownCase.At(file, plans, _rules, lookedAt);
            _facts = [.. file.Facts];
            _now = lookedAt;
            Agenda agenda;
            do
            {
                // Some wakes are for a cycle that closes; the figure is for a step.
                _now = Read().NextWakes.Min(wake => wake.At) ?? throw new WrongAnswerException($"No step of pack {pack} falls due.");
                agenda = Read();
            }
            while (agenda.Changes.All(change => change.Step is null));

            Occurrences = agenda.Deadlines.Count;
        }

        public int RuleCount => _rules.Editions[0].Rules.Count;

        public int Occurrences { get; }

        public (double Bytes, double Seconds) Measure(double seconds, int rounds)
        {
            Spend(seconds / rounds);
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            Spin(1000);
            bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
            return (bytes / 1000.0, Median.Of(Enumerable.Range(0, rounds).Select(_ => Spend(seconds / rounds))));
        }

        /// <summary>The file is made anew from its facts each time, as a store does, so that nothing kept with it counts twice.</summary>
        private Agenda Read() => Agenda.For(_known.File with { Facts = _facts }, _known.Plans, _rules, _known.Marks, _now);

        /// <summary>Processor seconds of one case.</summary>
        private double Spend(double seconds)
        {
            var before = Environment.CpuUsage.TotalTime;
            var count = 0;
            while ((Environment.CpuUsage.TotalTime - before).TotalSeconds < seconds)
            {
                Spin(500);
                count += 500;
            }

            return (Environment.CpuUsage.TotalTime - before).TotalSeconds / count;
        }

        private void Spin(int count)
        {
            for (var index = 0; index < count; index++)
            {
                var agenda = Read();
                if (agenda.Changes.Count == 0 || agenda.NextWakes.Count == 0)
                {
                    throw new WrongAnswerException("An agenda is empty.");
                }
            }
        }
    }
}
