using System.Net.Http.Json;
using CasePlanning.Bench.World;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Bench.Http;

/// <summary>
/// How long people wait: from the instant a step falls due to its mail handed over, and from a fact recorded over HTTP to the mail it causes.
/// Mail is handed over when its file stands in the pickup folder.
/// </summary>
internal static class Latency
{
    private const int Cases = 20;
    private const double MostSeconds = 1;

    public static async IAsyncEnumerable<Line> Measure(Options options)
    {
        using var scratch = new Scratch();
        var clock = TimeProvider.System;

        // The agency's morning is a few seconds away, and its cases are a day overdue with it; every day is a working day.
        var due = clock.GetUtcNow().AddSeconds(8);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");
        var local = TimeZoneInfo.ConvertTime(due, zone);
        var today = DateOnly.FromDateTime(local.DateTime);
        var county = new County(Cases, TimeOnly.FromDateTime(local.DateTime));
        await using (var stores = SqliteStore.Open(scratch.Database))
        {
            await county.SavePeople(stores);
            await county.SaveCases(stores, today.AddDays(-91), due.AddHours(-1));
        }

        await using var served = await Served.Start(scratch.Folder);
        var mail = Path.Combine(scratch.Folder, "mail");
        WrongAnswerException.Check("mails before the morning", 0, Mails(mail));
        if (clock.GetUtcNow() >= due)
        {
            throw new WrongAnswerException("The plans fell due before the process had started.");
        }

        await Until(() => Mails(mail) > 0);
        var first = (clock.GetUtcNow() - due).TotalMilliseconds;
        await Until(() => Mails(mail) >= 2 * Cases);
        var wake = (clock.GetUtcNow() - due).TotalMilliseconds;
        yield return Line.AtMost($"from the instant {Cases} plans fall due to their {2 * Cases} mails handed over", wake, MostSeconds * 1000, " ms", $"the last of them; the first {Line.Text(first)} ms");

        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{served.Address.Port}") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "sample-administrator");
        var times = new List<double>();
        for (var number = 0; number < Cases; number++)
        {
            var before = Mails(mail);
            var start = clock.GetTimestamp();
            var assignment = new { source = $"again-{number}", on = today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), person = "supervisor-0" };
            var answer = await client.PostAsJsonAsync($"/api/cases/sample-{number:D7}/assignments", assignment);
            WrongAnswerException.Check("status of an assignment recorded", 201, (int)answer.StatusCode);
            await Until(() => Mails(mail) > before);
            times.Add(clock.GetElapsedTime(start).TotalMilliseconds);
        }

        yield return Line.AtMost("from a fact recorded over HTTP to its mail handed over", Median.Of(times.Skip(Cases / 4)), MostSeconds * 1000, " ms", "median");
    }

    private static int Mails(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml").Length : 0;

    private static async Task Until(Func<bool> holds)
    {
        for (var tries = 0; !holds(); tries++)
        {
            if (tries > 30_000)
            {
                throw new WrongAnswerException("A mail that was due isn't handed over.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }
}
