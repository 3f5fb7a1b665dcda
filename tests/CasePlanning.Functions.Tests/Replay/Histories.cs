using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Functions.Loops;

namespace CasePlanning.Functions.Tests.Replay;

/// <summary>
/// The histories on record, a folder per version of the orchestrations' code and a file per course that an instance took. What is on record
/// never changes; <c>UPDATE_DOCS=1</c> records the version that <c>host.json</c> names where it has no folder yet.
/// </summary>
internal static class Histories
{
    private static readonly string Folder = Functions.PathOf("tests/CasePlanning.Functions.Tests/Histories");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Current { get; } = Functions.Json("host.json").GetProperty("extensions").GetProperty("durableTask").GetProperty("defaultVersion").GetString()!;

    /// <summary>Version and course of each file.</summary>
    public static IEnumerable<(string Version, string Course)> OnRecord =>
        Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories).Select(file => (Path.GetFileName(Path.GetDirectoryName(file)!), Path.GetFileNameWithoutExtension(file)));

    public static IReadOnlyList<Turn> Read(string version, string course) => [.. JsonNode.Parse(File.ReadAllText(PathOf(version, course)))!.AsArray().Select(turn => Turn.Read(turn!))];

    public static bool IsToBeRecorded => Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1" && !Directory.Exists(Path.Combine(Folder, Current));

    public static async Task Record()
    {
        Directory.CreateDirectory(Path.Combine(Folder, Current));
        var later = TimeProvider.System.GetUtcNow();
        await Record("ends-at-once", "plan:county-1.home", _ => ScriptedTicks.Ended);
        await Record("woken-by-timer", "plan:county-1.home", number => number < 2 ? ScriptedTicks.WakingSoon : ScriptedTicks.Ended);
        await Record("woken-by-signal", "plan:county-1.home", number => number < 2 ? ScriptedTicks.Asleep : ScriptedTicks.Ended, signal: true);
        await Record("woken-from-a-long-sleep", "plan:county-1.home", number => number < 2 ? ScriptedTicks.Asleep with { NextWake = later.AddDays(400) } : ScriptedTicks.Ended, signal: true);
        await Record("woken-without-a-wake", "case:county-1", number => number < 2 ? ScriptedTicks.Asleep with { NextWake = null } : ScriptedTicks.Ended, signal: true);
        await Record("tried-again", "case:county-1", number => number < 3 ? throw new InvalidOperationException("The store is away.") : ScriptedTicks.Ended);
        await Record("mail-tried-again", DispatchMail.SubjectOf(Mail.Samples.MessageId), number => number < 3 ? new TickReport("waiting", null, TimeProvider.System.GetUtcNow().AddMilliseconds(100), Ended: false) : new TickReport("sent", null, null, Ended: true));
    }

    private static async Task Record(string course, string subject, Func<int, TickReport> answer, bool signal = false)
    {
        await using var engine = await Engine.Start(new ScriptedTicks(answer).Tick);
        await engine.Nearer(subject);
        if (signal)
        {
            await engine.Reports(subject);
            await engine.Nearer(subject);
        }

        await engine.Completion(subject);
        var turns = new JsonArray([.. engine.Work.Select(request => Turn.Taken(request).Write())]);
        await File.WriteAllTextAsync(PathOf(Current, course), turns.ToJsonString(Indented) + "\n");
    }

    private static string PathOf(string version, string course) => Path.Combine(Folder, version, course + ".json");
}
