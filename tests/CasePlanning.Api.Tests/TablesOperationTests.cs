using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using CasePlanning.Api.Tests.World;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Tables;

namespace CasePlanning.Api.Tests;

/// <summary>What the product asks of Azure Tables, piece of work by piece of work; docs/azure.md shows it. UPDATE_DOCS=1 writes it anew.</summary>
public sealed class TablesOperationTests : ApiWorld
{
    private readonly CountingTables _tables = new(new InMemoryTableService(TimeProvider.System));
    private readonly StringBuilder _rows = new("| work | gets | pages of queries | transactions | operations |\n|---|--:|--:|--:|--:|\n");

    public TablesOperationTests() => Stores = new TablesStore(_tables);

    [Fact]
    public async Task The_document_shows_what_each_piece_of_work_asks_for()
    {
        await OverHttp();
        await Loops();

        var path = Path.Combine(Root(), "docs", "azure.md");
        var text = await File.ReadAllTextAsync(path);
        const string Opening = "<!-- operations -->\n", Closing = "<!-- /operations -->";
        var (start, end) = (text.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length, text.IndexOf(Closing, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, string.Concat(text.AsSpan(0, start), _rows.ToString(), text.AsSpan(end)));
            return;
        }

        Assert.Equal(_rows.ToString(), text[start..end]);
    }

    private async Task OverHttp()
    {
        var plan = await this.ReadyPlan("1");
        await this.OpenCase("2");
        await this.OpenCase("3");
        await Count("a plan is read over HTTP", async () => (await As("will").Get(plan)).Expect(HttpStatusCode.OK));
        await Count("the worker's 3 cases are listed", async () => Assert.Equal(3, (await As("will").Get("/api/cases")).Json.AsArray().Count));
        await Count("a fact is recorded", async () => (await As("will").Post("/api/cases/sample-1/contacts", Contact("c1"))).Expect(HttpStatusCode.Created));
        await Count("… with an Idempotency-Key", async () => (await As("will").Post("/api/cases/sample-1/contacts", Contact("c2"), key: "k")).Expect(HttpStatusCode.Created));
        await Count("… and again with the same", async () => (await As("will").Post("/api/cases/sample-1/contacts", Contact("c2"), key: "k")).Expect(HttpStatusCode.Created));
        await Count("a draft is saved", async () => (await As("will").Put($"{plan}/versions/1", Samples.Draft(), ifMatch: "\"2\"")).Expect(HttpStatusCode.OK));
        await Count("a plan is submitted, with a mail to the supervisor", async () => (await As("will").Post($"{plan}/submission")).Expect(HttpStatusCode.OK));
        await Count("it is approved, with a mail to the worker", async () => (await As("sue").Post($"{plan}/decision", new { kind = "approve" })).Expect(HttpStatusCode.OK));
    }

    private async Task Loops()
    {
        var message = (await Stores.Outbox.Waiting(Clock.Now, 1, default)).Single();
        await Count("a message of a case is handed over", () => MailDispatch.Dispatch(message.Id, Clock.Now, default));
        await Count("a wake at which nothing is due", () => Ticker.Tick("case:sample-1", Clock.Now, default));
        await RaiseTwo();
        Clock.Now = (await Stores.Inbox.Earliest(default))!.Value;
        var waiting = await Stores.Inbox.PeopleWaiting(Clock.Now, 100, default);
        var items = await Stores.Inbox.Waiting(waiting[0].Person, default);
        await Count($"a digest of {items.Count} items from {items.Select(item => item.Case).Distinct().Count()} cases is written", () => DigestJob.Serve(waiting[0].Agency, waiting[0].Person, Clock.Now, default));
        var digest = (await Stores.Outbox.Waiting(Clock.Now, 100, default)).First(each => each.Kind == MessageKind.Digest);
        await Count("a digest is handed over", () => MailDispatch.Dispatch(digest.Id, Clock.Now, default));
        await Digests();
        await Dispatch();
        await Count("nobody has a digest due", () => DigestJob.Run(Clock.Now, 100, default));
        await Count("no message is due", () => Stores.Outbox.Waiting(Clock.Now, 100, default));
        await Count("a round of the watchdog over 2 agencies with nothing overdue", () => new Watchdog(Stores.Wakes, Stores.Outbox, new Silent()).Run(Clock.Now, default));
    }

    /// <summary>Ticks whatever comes next until a tick has raised two notices for two people.</summary>
    private async Task RaiseTwo()
    {
        var counted = new SortedDictionary<(int Notices, int People), TableCalls>();
        while (!counted.ContainsKey((2, 2)) && await Stores.Wakes.Earliest(default) is { } at)
        {
            Clock.Now = at > Clock.Now ? at : Clock.Now;
            foreach (var wake in await Stores.Wakes.Due(Clock.Now, 100, default))
            {
                var (notices, people) = ((await Stores.Cases.Notices(wake.Case, default)).Count, await Waiting(wake.Case));
                var operations = await _tables.Of(() => Ticker.Tick(wake.Subject, Clock.Now, default));
                notices = (await Stores.Cases.Notices(wake.Case, default)).Count - notices;
                counted.TryAdd((notices, (await Waiting(wake.Case)).Except(people).Select(item => item.Person).Distinct().Count()), operations);
            }
        }

        foreach (var ((notices, people), operations) in counted)
        {
            Row($"a wake that raises {notices} {(notices == 1 ? "notice" : "notices")}, for {people} {(people == 1 ? "person" : "people")}", operations);
        }

        async Task<IReadOnlyList<InboxItem>> Waiting(string caseId) => await Stores.Inbox.OfCase(caseId, default);
    }

    private async Task Count(string work, Func<Task> act) => Row(work, await _tables.Of(act));

    private void Row(string work, TableCalls operations) =>
        _rows.Append($"| {work} | {operations.Gets} | {operations.Pages} | {operations.Transactions} | {operations.All} |\n");

    private static object Contact(string source) => new { source, on = "2026-03-01", what = "family-met" };

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    private sealed class Silent : ISignal
    {
        public Task Nearer(string subject, DateTimeOffset due, CancellationToken ct) => Task.CompletedTask;
    }
}
