using System.Diagnostics;
using System.Text.Json;

namespace CasePlanning.Bench;

/// <summary>This program started again with a verb of its own.</summary>
internal static class SecondProcess
{
    /// <summary>What it writes to the console, which is JSON and nothing else.</summary>
    /// <param name="workstation">Whether it collects garbage as a process with a single core does.</param>
    /// <param name="arguments">Its verb, and what the verb takes.</param>
    public static async Task<T> Ask<T>(bool workstation, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SecondProcess).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        if (workstation)
        {
            start.Environment["DOTNET_gcServer"] = "0";
        }

        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? JsonSerializer.Deserialize<T>(text)! : throw new WrongAnswerException($"The second process ended with {process.ExitCode}: {text}");
    }
}
