using CasePlanning.Bench.World;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Bench.Http;

/// <summary>A plan read over HTTP, against a document of the same size that the same server holds in memory.</summary>
internal static class Reading
{
    private const double OfStatic = 0.4;
    private const int Connections = 16;

    /// <summary>The runtime compiles again what turns out to be hot.</summary>
    private const int SlicesToWarmUp = 5;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    private const string Plan = "/api/plans/sample-0000007.home";

    public static async IAsyncEnumerable<Line> Measure(Options options)
    {
        using var scratch = new Scratch();
        var now = TimeProvider.System.GetUtcNow();
        var county = new County(100);
        await using (var stores = SqliteStore.Open(scratch.Database))
        {
            await county.SavePeople(stores);
            await county.SaveCases(stores, county.Rules.Calendar.DateAt(now).AddDays(-30), now);
        }

        var document = await Document(scratch.Folder);
        await using var served = await Served.Start(scratch.Folder, document);
        var (plans, pages) = (new List<double>(), new List<double>());
        for (var slice = -SlicesToWarmUp; slice < options.Slices; slice++)
        {
            var page = await served.Ask("read:/static", Slice, Connections);
            var plan = await served.Ask($"read:{Plan}", Slice, Connections);
            if (slice >= 0)
            {
                pages.Add(page.Answers / page.Seconds);
                plans.Add(plan.Answers / plan.Seconds);
            }
        }

        yield return Line.AtLeast($"a plan of {document.Length:N0} bytes read over HTTP against a static document", Median.Of(plans) / Median.Of(pages), OfStatic, " of it",
            $"{Line.Text(Median.Of(plans))}/s against {Line.Text(Median.Of(pages))}/s");
    }

    /// <summary>What the server answers, which must be the plan.</summary>
    private static async Task<byte[]> Document(string data)
    {
        await using var served = await Served.Start(data);
        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{served.Address.Port}") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", "sample-worker-0");
        var document = await client.GetByteArrayAsync(Plan);
        return System.Text.Encoding.UTF8.GetString(document).Contains("\"stage\":\"in-effect\"", StringComparison.Ordinal) ? document : throw new WrongAnswerException("The plan read isn't in effect.");
    }
}
