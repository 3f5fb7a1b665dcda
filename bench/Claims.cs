using CasePlanning.Bench.World;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Bench;

/// <summary>What it costs to ask for the plans due, a batch of the dispatcher's, from a small store and from a large one, in turn.</summary>
internal static class Claims
{
    private const double MostTimes = 1.5;
    private const int Small = 10_000;
    private const int Batch = 256;
    private static readonly DateTimeOffset Now = new(2026, 6, 9, 12, 0, 0, TimeSpan.Zero);

    public static async IAsyncEnumerable<Line> Measure(Options options)
    {
        using var scratch = new Scratch();
        await using var small = await Filled(scratch.File("small.db"), Small);
        await using var large = await Filled(scratch.File("large.db"), options.Plans);
        var (few, many) = (new List<double>(), new List<double>());
        for (var round = -200; round < 2000; round++)
        {
            var (one, other) = (await Claim(small), await Claim(large));
            if (round >= 0)
            {
                few.Add(one);
                many.Add(other);
            }
        }

        yield return Line.AtMost($"claim of {Batch} due plans from {options.Plans:N0} plans against {Small:N0}", Median.Of(many) / Median.Of(few), MostTimes, " times",
            $"{Line.Text(Median.Of(many) * 1000)} ms against {Line.Text(Median.Of(few) * 1000)} ms");
    }

    private static async Task<double> Claim(SqliteStore stores)
    {
        var start = TimeProvider.System.GetTimestamp();
        var due = await stores.Wakes.Due(Now, Batch, default);
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        WrongAnswerException.Check("plans claimed", Batch, due.Count);
        return seconds;
    }

    private static async Task<SqliteStore> Filled(string path, int plans)
    {
        await Many.Fill(path, plans, due: Small / 2, Now);
        return SqliteStore.Open(path);
    }
}
