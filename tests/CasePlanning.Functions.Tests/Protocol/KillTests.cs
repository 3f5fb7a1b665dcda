using System.Globalization;
using CasePlanning.Functions.Loops;
using Xunit.Abstractions;

namespace CasePlanning.Functions.Tests.Protocol;

/// <summary>Worker processes killed with SIGKILL in the middle of their work over Azurite leave the same plans, ledger and mail as one that never was.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 8;
    private const int Cases = 3;

    private static readonly string[] Numbers = [.. Enumerable.Range(1, Cases).Select(number => FormattableString.Invariant($"K-{number}"))];

    private static string Today { get; } = Day(0);

    [Fact]
    public async Task Eight_kills_between_two_calls_of_the_store_leave_no_trace()
    {
        var (expected, requests) = await Play([]);
        var random = new Random(20261122);
        var kills = Enumerable.Range(0, requests.Count).OrderBy(_ => random.Next()).Take(Kills).ToDictionary(step => step, step => random.Next(requests[step]));

        var (found, _) = await Play(kills);

        output.WriteLine($"{expected.Count} lines; killed {string.Join(", ", kills.OrderBy(kill => kill.Key).Select(kill => $"in step {kill.Key} after {kill.Value} of {requests[kill.Key]} requests"))}.");
        Assert.Equal(expected, found);
        Assert.Contains(expected, line => line.Contains("Sent", StringComparison.Ordinal));
    }

    /// <param name="kills">Steps that are killed, and after how many requests to the tables.</param>
    private static async Task<(IReadOnlyList<string> Remains, IReadOnlyList<int> Requests)> Play(Dictionary<int, int> kills)
    {
        var installation = new Installation();
        await installation.InitializeAsync();
        var requests = new List<int>();
        var platform = await installation.Start();
        foreach (var (number, step) in Steps(installation).Index())
        {
            if (kills.TryGetValue(number, out var after))
            {
                var reached = installation.After(after);
                var working = step(platform);
                await Task.WhenAny(reached, working);
                await platform.Worker.Kill();
                await working.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                await platform.DisposeAsync();
                platform = await installation.Start();
            }

            var before = installation.Requests;
            await step(platform);
            requests.Add(installation.Requests - before);
        }

        var remains = await Remains(installation);
        await platform.DisposeAsync();
        await installation.DisposeAsync();
        return (remains, requests);
    }

    /// <summary>Cases that are three weeks old are opened, planned for, approved and ticked, and the mail is sent.</summary>
    private static IEnumerable<Func<Platform, Task>> Steps(Installation installation)
    {
        foreach (var number in Numbers)
        {
            var plan = $"/api/plans/county-{number.ToLowerInvariant()}.home";
            yield return Write(number, "openCase", HttpMethod.Post, "/api/cases", "worker", $$"""
                {"number":"{{number}}","openedOn":"{{Day(-21)}}","facts":[
                  {"fact":"participant","source":"c1","on":"{{Day(-21)}}","name":"Child","role":"focus-child","birthDate":"2020-01-01","personType":"voluntary"},
                  {"fact":"assignment","source":"a","on":"{{Day(-21)}}","person":"worker"}]}
                """);
            yield return Tick($"plan:county-{number.ToLowerInvariant()}.home");
            yield return Write(number, "createVersion", HttpMethod.Post, $"{plan}/versions", "worker", $$"""{"kind":"initial","planDate":"{{Today}}"}""");
            yield return Write(number, "saveDraft", HttpMethod.Put, $"{plan}/versions/1", "worker", $$"""
                {"planDate":"{{Today}}","focusChildren":["c1"],"content":{
                  "serviceObjectives":[{"id":"o1","participant":"c1","objective":"A calm home"}],
                  "cps":{"caseInformation":"x","persons":"x","reasons":"x","familyStrengths":"x","familyNeeds":"x","goals":"x","whatMustHappen":"x","otherNeeds":"none","reviewOn":"{{Day(80)}}","ifBehaviorDoesNotChange":"x"} } }
                """, ("If-Match", "\"1\""));
            yield return Write(number, "submitPlan", HttpMethod.Post, $"{plan}/submission", "worker", "{}");
            yield return Write(number, "decidePlan", HttpMethod.Post, $"{plan}/decision", "supervisor", """{"kind":"approve","comments":"Well done."}""");
            yield return Tick($"plan:county-{number.ToLowerInvariant()}.home");
            yield return platform => Send(installation, platform);
        }

        Func<Platform, Task> Write(string number, string function, HttpMethod method, string path, string person, string body, params (string, string)[] headers) => async platform =>
        {
            var (status, answer) = await platform.Send(function, method, path, installation.TokenOf(person), body, [("Idempotency-Key", $"{function}-{number}"), .. headers]);
            Assert.True(status is 200 or 201, $"{function} {path}: {status} {answer}\n{platform.Worker.Output}");
        };

        static Func<Platform, Task> Tick(string subject) => platform => platform.RunActivity(nameof(Loops.Tick), subject);
    }

    private static async Task Send(Installation installation, Platform platform)
    {
        foreach (var message in await installation.Stores.Outbox.Waiting(DateTimeOffset.MaxValue, 100, default))
        {
            await platform.RunActivity(nameof(Dispatch), DispatchMail.SubjectOf(message.Id));
        }
    }

    /// <summary>Everything but when it happened.</summary>
    private static async Task<IReadOnlyList<string>> Remains(Installation installation)
    {
        var stores = installation.Stores;
        var lines = new List<string>();
        foreach (var id in Numbers.Select(number => $"county-{number.ToLowerInvariant()}"))
        {
            var record = (await stores.Cases.Find(id, default))!;
            lines.AddRange(record.File.Facts.Select(fact => $"{id} has {fact.Key} of {fact.On:O}, revision {fact.Revision}"));
            lines.AddRange(record.Plans.SelectMany(plan => plan.Versions.Select(version => $"{plan.Id} has version {version.Number}, {version.Status}, with {version.Requests.Count} requests")));
            lines.AddRange((await stores.Cases.Notices(id, default)).Select(notice => $"{notice.Key} told {string.Join(", ", notice.People)}"));
            lines.AddRange((await stores.Cases.History(id, default)).Select(entry => $"{id}: {entry.By} {entry.Kind}: {entry.What}"));
            lines.AddRange((await stores.Inbox.OfCase(id, default)).Select(item => $"{item.Key} waits or went in {item.MailedIn}"));
        }

        lines.AddRange((await stores.Outbox.List("county", default)).Select(message => $"{message.Id}: {message.Kind} to {message.Person}, {message.State}: {message.Subject}"));
        lines.AddRange(installation.Sent.Distinct().Select(message => $"{message} was handed over"));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Day(int days) => TimeProvider.System.GetUtcNow().AddHours(-8).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
