using System.Diagnostics;
using CasePlanning.Bench.World;

namespace CasePlanning.Bench;

/// <summary>What the self-hosted process takes while every plan sleeps; measured from outside, in a process of its own.</summary>
internal static class Asleep
{
    private const double MostOfACore = 1;
    private const double MostMegabytes = 250;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MostForSettling = TimeSpan.FromMinutes(5);

    public static async IAsyncEnumerable<Line> Measure(Options options)
    {
        using var scratch = new Scratch();
        await Many.Fill(scratch.Database, options.Plans, due: 0, TimeProvider.System.GetUtcNow());
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CasePlanning.Host.dll"), "--data", scratch.Folder, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        using var host = Process.Start(start)!;
        try
        {
            _ = host.StandardOutput.ReadToEndAsync();
            await Settle(host);
            var (before, since) = (host.TotalProcessorTime, TimeProvider.System.GetTimestamp());
            await Task.Delay(options.Watching, TimeProvider.System);
            host.Refresh();
            WrongAnswerException.Check("processes that ended while they slept", 0, host.HasExited ? 1 : 0);
            var core = (host.TotalProcessorTime - before) / TimeProvider.System.GetElapsedTime(since) * 100;
            yield return Line.AtMost($"{options.Plans:N0} plans asleep, processor", core, MostOfACore, " % of a core", $"over {options.Watching.TotalSeconds:F0} s; {Line.Text(before.TotalSeconds)} s of processor to start and to read every case for the week's summaries");
            yield return Line.AtMost($"{options.Plans:N0} plans asleep, memory", host.WorkingSet64 / 1e6, MostMegabytes, " MB", "resident");
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync();
        }

        WrongAnswerException.Check("cases raised for", 0, Scratch.Count(scratch.Database, "SELECT COUNT(*) FROM notices"));
        WrongAnswerException.Check("wakes still asleep", options.Plans, Scratch.Count(scratch.Database, $"SELECT COUNT(DISTINCT case_id) FROM wakes WHERE due > {TimeProvider.System.GetUtcNow().UtcTicks}"));
    }

    /// <summary>Waits until the process does nothing any more: it starts, and goes through its cases once a week for those who lead units.</summary>
    private static async Task Settle(Process host)
    {
        var begun = TimeProvider.System.GetTimestamp();
        TimeSpan before;
        do
        {
            host.Refresh();
            before = host.TotalProcessorTime;
            await Task.Delay(Look, TimeProvider.System);
            host.Refresh();
        }
        while ((host.TotalProcessorTime - before) / Look > 0.02 && TimeProvider.System.GetElapsedTime(begun) < MostForSettling);
    }
}
