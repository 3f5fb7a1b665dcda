using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Bench.World;
using CasePlanning.Host.Loop;
using CasePlanning.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Bench.Reminders;

/// <summary>What doing all that is due once took: wall seconds, and processor seconds.</summary>
internal sealed record Spent(int Count, double Seconds, double Processor)
{
    public double PerSecond => Count / Seconds;

    public string Text => $"{Line.Text(PerSecond)}/s, {Line.Text(Processor * 1e6 / Count)} us of processor each";
}

/// <summary>
/// Reminders a second through the dispatcher of the self-hosted process and its SQLite store, on the first day overdue: per plan a tick with two
/// notices, two inbox items, two mails stored, marks and the next wakes. Beside it, in turn, Quartz.NET's store and the bare pattern.
/// </summary>
internal static class Pipeline
{
    private const double TimesQuartz = 50;
    private const double OfBare = 0.4;

    /// <summary>The runtime compiles again what turns out to be hot, for some seven rounds; a process that runs for months has done so.</summary>
    private const int RoundsToWarmUp = 8;

    private static readonly DateOnly Effective = new(2026, 3, 10);

    /// <summary>The review is due 90 days after the plan took effect; the day after, a Tuesday, is the first overdue.</summary>
    private static readonly DateOnly FirstDayOverdue = Effective.AddDays(91);

    public static async IAsyncEnumerable<Line> Measure(Options options)
    {
        using var store = await Prepared.Store(options.Reminders);
        var (ours, bare) = (new List<Spent>(), new List<Spent>());
        for (var round = 0; round < RoundsToWarmUp; round++)
        {
            await Run(store, options.Reminders);
            Bare.Run(options.Reminders);
        }

        for (var round = 0; round < options.Rounds; round++)
        {
            ours.Add(await Run(store, options.Reminders));
            bare.Add(Bare.Run(options.Reminders));
        }

        // Once each: they take minutes, and the first is far from the target either way.
        await QuartzStore.Run(options.Triggers / 10, new(RowsApart: true));
        var quartz = await QuartzStore.Run(options.Triggers, new());
        var tuned = await QuartzStore.Run(options.Triggers, new(Tuned: true));
        var apart = await QuartzStore.Run(options.Triggers, new(RowsApart: true));
        var both = await QuartzStore.Run(options.Triggers, new(Tuned: true, RowsApart: true));
        var (us, floor) = (Middle(ours), Middle(bare));
        yield return Line.AtLeast($"reminders, {options.Reminders:N0} due, against Quartz.NET on SQLite as shipped, {options.Triggers:N0} triggers", us.PerSecond / quartz.PerSecond, TimesQuartz, " times",
            $"{us.Text}; Quartz {quartz.Text}; claiming {Bare.Batch} on {Bare.Batch} threads {tuned.Text}; its jobs' rows in a file apart {apart.Text}; both {both.Text}");
        yield return Line.AtLeast($"reminders, {options.Reminders:N0} due, against the bare pattern in batches of {Bare.Batch}", us.PerSecond / floor.PerSecond, OfBare, " of it", $"{us.Text}; bare {floor.Text}");
    }

    private static Spent Middle(List<Spent> rounds) => rounds.OrderBy(each => each.PerSecond).ElementAt(rounds.Count / 2);

    private static async Task<Spent> Run(Prepared store, int count)
    {
        using var scratch = new Scratch();
        File.Copy(store.Path, scratch.Database);
        var clock = new StandingClock(new County(count).Rules.Calendar.MorningOf(FirstDayOverdue));
        Spent spent;
        await using (var stores = SqliteStore.Open(scratch.Database))
        {
            var ticker = new Ticker(stores.Cases, stores.Directory, stores.Wakes, new MailTexts(new MailSettings("http://localhost", "county.example")));
            using var dispatcher = new WakeDispatcher(ticker, stores.Wakes, new Pulses(), clock, NullLogger<WakeDispatcher>.Instance);
            spent = await Stopwatch.Around(count, async () =>
            {
                await dispatcher.StartAsync(default);
                await dispatcher.Quiet(default);
            });
            await dispatcher.StopAsync(default);
        }

        WrongAnswerException.Check("notices raised", 2L * count, Scratch.Count(scratch.Database, "SELECT COUNT(*) FROM notices"));
        WrongAnswerException.Check("messages stored", 2L * count, Scratch.Count(scratch.Database, "SELECT COUNT(*) FROM messages WHERE state = 'waiting'"));
        WrongAnswerException.Check("inbox items", 2L * count, Scratch.Count(scratch.Database, "SELECT (SELECT COUNT(*) FROM inbox) + (SELECT SUM(json_array_length(told)) FROM notices)"));
        WrongAnswerException.Check("cases told", count, Scratch.Count(scratch.Database, "SELECT COUNT(DISTINCT case_id) FROM notices"));
        WrongAnswerException.Check("plans with a next wake ahead", count, Scratch.Count(scratch.Database, $"SELECT COUNT(*) FROM wakes WHERE subject LIKE 'plan:%' AND due > {clock.GetUtcNow().UtcTicks}"));
        return spent;
    }

    /// <summary>A store with every case as it was the day before.</summary>
    private sealed class Prepared : IDisposable
    {
        private readonly Scratch _scratch = new();

        public string Path => _scratch.File("prepared.db");

        public static async Task<Prepared> Store(int count)
        {
            var prepared = new Prepared();
            var county = new County(count);
            await using var stores = SqliteStore.Open(prepared.Path);
            await county.SavePeople(stores);
            await county.SaveCases(stores, Effective, county.Rules.Calendar.MorningOf(FirstDayOverdue.AddDays(-1)));
            return prepared;
        }

        public void Dispose() => _scratch.Dispose();
    }
}

/// <summary>A clock that stands still.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}

internal static class Stopwatch
{
    public static async Task<Spent> Around(int count, Func<Task> work)
    {
        GC.Collect();
        var (processor, start) = (Environment.CpuUsage.TotalTime, TimeProvider.System.GetTimestamp());
        await work();
        return new Spent(count, TimeProvider.System.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }
}
