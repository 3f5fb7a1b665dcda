using CasePlanning.Bench.World;
using CasePlanning.Host.Loop;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Bench.Http;

/// <summary>People write while the process catches up on what fell due while it was down; and how long it catches up beside them and alone.</summary>
internal static class Backlog
{
    private const double MostMilliseconds = 20;
    private const double MostTimesAlone = 2;
    private const int Writers = 8;

    public static async IAsyncEnumerable<Line> Measure(Options options)
    {
        using var scratch = new Scratch();
        var prepared = scratch.File("prepared.db");
        var county = new County(options.Backlog);
        var now = TimeProvider.System.GetUtcNow();
        await using (var stores = SqliteStore.Open(prepared))
        {
            // Every case slept through steps of its review that fell due in the last week.
            await county.SavePeople(stores);
            await county.SaveCases(stores, county.Rules.Calendar.DateAt(now).AddDays(-92), now.AddDays(-8));
        }

        var due = Scratch.Count(prepared, $"SELECT COUNT(DISTINCT case_id) FROM wakes WHERE due <= {now.UtcTicks}");
        WrongAnswerException.Check("cases due", options.Backlog, due);
        var alone = await CatchUp(prepared, options, writing: null);
        var beside = await CatchUp(prepared, options, alone.Seconds);
        yield return Line.AtMost($"p99 of {beside.Writes!.Answers:N0} HTTP writes beside the catching up on {options.Backlog:N0} plans", beside.Writes.P99, MostMilliseconds, " ms",
            $"median {Line.Text(beside.Writes.Median)} ms; {Line.Text(options.Backlog / beside.Seconds)} plans/s meanwhile");
        yield return Line.AtMost($"catching up on {options.Backlog:N0} plans beside writers against alone", beside.Seconds / alone.Seconds, MostTimesAlone, " times",
            $"{Line.Text(beside.Seconds)} s against {Line.Text(alone.Seconds)} s");
    }

    /// <param name="writing">Seconds for which people write, or null where nobody does. It is what catching up alone takes: later writes would flatter the figure.</param>
    private static async Task<(double Seconds, Seen? Writes)> CatchUp(string prepared, Options options, double? writing)
    {
        using var scratch = new Scratch();
        Copy(prepared, scratch.Database);
        double seconds;
        Seen? writes = null;
        var start = TimeProvider.System.GetTimestamp();
        await using (var served = await Served.Start(scratch.Folder))
        {
            var caughtUp = Finished(served, start);
            if (writing is { } most)
            {
                // A quarter as long again they write to warm up, and their process has to start.
                writes = await served.Ask("write", TimeSpan.FromSeconds(Math.Max(1, most * 0.6)), Writers);
            }

            seconds = await caughtUp;
        }

        WrongAnswerException.Check("cases told", options.Backlog, Scratch.Count(scratch.Database, "SELECT COUNT(DISTINCT case_id) FROM notices"));
        if (writes is not null)
        {
            WrongAnswerException.Check("facts recorded", 1, Scratch.Count(scratch.Database, $"SELECT COUNT(*) >= {writes.Answers} FROM history WHERE document LIKE '%contact load-%'"));
        }

        return (seconds, writes);
    }

    /// <summary>A database that was down is on disk; what is still being written out is what the first commits would wait for.</summary>
    private static void Copy(string prepared, string database)
    {
        File.Copy(prepared, database);
        using var copied = File.OpenWrite(database);
        copied.Flush(flushToDisk: true);
    }

    private static async Task<double> Finished(Served served, long start)
    {
        await served.Get<WakeDispatcher>().Quiet(default);
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }
}
