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
    private const double SecondsToWarmUp = 1;
    private const double SecondsOfARound = 0.4;
    private static readonly string[] Packs = ["default", "california", "michigan", "minnesota", "wisconsin"];
    private static readonly DateOnly Opened = new(2026, 3, 9);

    /// <summary>What a process of its own found for one pack.</summary>
    /// <param name="Bytes">Allocated for each case.</param>
    /// <param name="Best">Seconds of the processor for each case, in the fastest round.</param>
    /// <param name="Median">The same in the middle one.</param>
    private sealed record Found(string Pack, int Rules, int Occurrences, double Bytes, double Best, double Median);

    public static async IAsyncEnumerable<Line> Measure(Options options)
    {
        foreach (var found in await SecondProcess.Ask<Found[]>(workstation: true, "agenda", (options.Rounds * 3).ToString(CultureInfo.InvariantCulture)))
        {
            var what = $"Agenda.For, pack {found.Pack}, {found.Rules} rules, {found.Occurrences} occurrences";
            yield return Line.AtLeast(what, 1 / found.Best, LeastPerSecond, " cases/s", $"{found.Best * 1e6:F2} us of one core each; median {found.Median * 1e6:F2}");
            yield return Line.AtMost($"{what}, allocated", found.Bytes, MostBytes, " bytes", "per case");
        }
    }

    /// <summary>
    /// What the process started for it does: finds the figures of every pack, and writes them to the console as JSON. The packs take turns, and the
    /// fastest round of each counts: what others on the same host take away makes a round longer and never shorter. Each round collects garbage many times.
    /// </summary>
    public static int Run(string rounds)
    {
        Due[] dues = [.. Packs.Select(pack => new Due(pack))];
        foreach (var due in dues)
        {
            due.Spend(SecondsToWarmUp); // The runtime compiles again what turns out to be hot.
        }

        var spent = Enumerable.Range(0, int.Parse(rounds, CultureInfo.InvariantCulture)).Select(_ => Array.ConvertAll(dues, due => due.Spend(SecondsOfARound))).ToArray();
        Console.WriteLine(JsonSerializer.Serialize(dues.Select((due, index) =>
        {
            var seconds = spent.Select(round => round[index]).ToArray();
            return new Found(due.Pack, due.RuleCount, due.Occurrences, due.Bytes(), seconds.Min(), Median.Of(seconds));
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
            Pack = pack;
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

        public string Pack { get; }

        public int RuleCount => _rules.Editions[0].Rules.Count;

        public int Occurrences { get; }

        /// <summary>Bytes allocated for one case.</summary>
        public double Bytes()
        {
            const int Count = 1000;
            var before = GC.GetAllocatedBytesForCurrentThread();
            Spin(Count);
            return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Count;
        }

        /// <summary>The file is made anew from its facts each time, as a store does, so that nothing kept with it counts twice.</summary>
        private Agenda Read() => Agenda.For(_known.File with { Facts = _facts }, _known.Plans, _rules, _known.Marks, _now);

        /// <summary>Processor seconds of one case.</summary>
        public double Spend(double seconds)
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
