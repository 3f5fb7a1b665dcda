using System.Globalization;
using System.Text;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Functions.Http;
using CasePlanning.Functions.Loops;
using CasePlanning.Functions.Tables;
using CasePlanning.Host.Simulation;
using CasePlanning.Host.Tests.Processes;
using CasePlanning.Storage;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Player = CasePlanning.Host.Simulation.Simulation;

namespace CasePlanning.Functions.Tests.Tables;

/// <summary>What the shell asks of the Table service, counted on the wire before Azurite; docs/azure-operations.md shows it. UPDATE_DOCS=1 writes it anew.</summary>
public sealed class OperationsTests
{
    private const string Opening = "<!-- counted -->\n";
    private const string Closing = "<!-- /counted -->";

    private readonly StringBuilder _rows = new("| work | gets | pages of queries | transactions | operations |\n|---|--:|--:|--:|--:|\n");

    [Fact]
    public async Task The_document_shows_what_was_counted()
    {
        await Requests();
        await Wakes();
        await Year();

        var path = Functions.PathOf("docs/azure-operations.md");
        var text = await File.ReadAllTextAsync(path);
        var (start, end) = (text.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length, text.IndexOf(Closing, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(path, string.Concat(text.AsSpan(0, start), _rows.ToString(), text.AsSpan(end)));
            return;
        }

        Assert.Equal(_rows.ToString(), text[start..end]);
    }

    /// <summary>Operations in the process as it is built for the platform. Their first request of all reads more, and isn't counted.</summary>
    private async Task Requests()
    {
        await using var wire = await Wire.Start();
        await using var authority = await TestAuthority.Start();
        await using var engine = await Engine.Start(new ScriptedTicks(_ => ScriptedTicks.Ended).Tick);
        using var host = Shell.Build([.. ShellTests.TryingOut, $"--Identity:Authority={authority.Issuer}", "--CasePlanning:Store=tables", $"--Tables:ConnectionString={wire.Account}"]);
        await ActivatorUtilities.CreateInstance<TablesAtStart>(host.Services).StartingAsync(default);
        var story = new Story { Store = host.Services.GetRequiredService<IStores>() };
        story.MoveTo(TimeProvider.System.GetUtcNow());
        await story.Open(new LostSignal(), DateOnly.FromDateTime(story.GetUtcNow().UtcDateTime.AddDays(-1)));
        var bound = host.Services.GetRequiredService<Bound>();

        await Count(wire, "HTTP: a plan is read", () => Send("getPlan", "GET", $"/api/plans/{Story.Plan}"));
        await Count(wire, "HTTP: a case is opened", () => Send("openCase", "POST", "/api/cases", $$"""
            {"number":"2","openedOn":"{{Today}}","facts":[
                {"fact":"participant","source":"child","on":"{{Today}}","name":"Child","role":"focus-child"},
                {"fact":"assignment","source":"first","on":"{{Today}}","person":"worker"}]}
            """));
        await Count(wire, "HTTP: a fact is recorded", () => Send("recordContact", "POST", $"/api/cases/{Story.Case}/contacts", $$"""{"source":"c1","on":"{{Today}}","what":"family-met"}"""));
        await Count(wire, "HTTP: a fact is recorded, with an Idempotency-Key", () => Send("recordContact", "POST", $"/api/cases/{Story.Case}/contacts", $$"""{"source":"c2","on":"{{Today}}","what":"family-met"}""", "k"));

        async Task Send(string function, string method, string path, string body = "", string? key = null)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
            (context.Request.Method, context.Request.Path, context.Request.ContentType) = (method, path, "application/json");
            context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
            context.Response.Body = new MemoryStream();
            context.Request.Headers.Authorization = $"Bearer {authority.AccessToken("subject-of-the-worker", "worker@example.org")}";
            if (key is not null)
            {
                context.Request.Headers["Idempotency-Key"] = key;
            }

            await bound.Run(context.Request, Mock.Of<FunctionContext>(each => each.FunctionDefinition == Mock.Of<FunctionDefinition>(definition => definition.Name == function)), engine.Client);
            Assert.True(context.Response.StatusCode is 200 or 201, $"{function}: {context.Response.StatusCode} {Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray())}");
        }
    }

    private static string Today { get; } = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task Wakes()
    {
        await using var wire = await Wire.Start();
        var tables = Azurite.Over(wire.Account);
        await tables.Create(TablesStore.Names, default);
        var story = new Story { Store = new TablesStore(tables) };
        var stores = story.Store;
        await story.Open(new LostSignal());
        var settings = new MailSettings("https://plans.example.org", "plans.example.org");

        await Count(wire, "a wake at which nothing is due", () => story.Tick(Story.Subject));
        await Wake("a wake that raises a notice for one person");
        story.MoveTo((await stores.Inbox.Earliest(default))!.Value);
        var digests = new DigestJob(stores.Inbox, stores.Outbox, stores.Directory, stores.Cases, new MailTexts(settings));
        await Count(wire, "a digest of one item is written", () => digests.Serve("county", "worker", story.GetUtcNow(), default));
        var message = Assert.Single(await stores.Outbox.Waiting(story.GetUtcNow(), 10, default));
        var dispatch = new MailDispatch(stores.Outbox, stores.Cases, stores.Directory, Mock.Of<IMailSender>(sender => sender.Send(It.IsAny<Message>(), It.IsAny<CancellationToken>()) == Task.FromResult<SendOutcome>(new SendOutcome.Sent())), new DeadLetters(stores.Cases, stores.Directory, stores.Inbox, stores.Outbox, new UndeliveredTexts(settings)), digests);
        await Count(wire, "a digest is handed over", () => new Dispatch(dispatch, new MailOutage(), stores.Outbox, story, NullLogger<Dispatch>.Instance).Run(DispatchMail.SubjectOf(message.Id), default));
        for (var between = 0; between < 3; between++)
        {
            story.MoveTo((await stores.Wakes.Earliest(default))!.Value);
            await story.Tick(Story.Subject);
        }

        await Wake("a wake that finds a plan overdue and writes to two people");
        await using var engine = await Engine.Start(story.Tick);
        var watchdog = new WatchdogTimer(stores, engine.Signal, engine.Clients, new TestClock(story.GetUtcNow()), NullLogger<WatchdogTimer>.Instance);
        await Count(wire, "a round of the watchdog over one agency", () => watchdog.Run(null!, engine.Client, Engine.Soon()));
        var mend = new MendTimer(stores, new TestClock(story.GetUtcNow()), NullLogger<MendTimer>.Instance);
        await Count(wire, "a round of the repair over one case", () => mend.Run(null!, Engine.Soon()));

        async Task Wake(string work)
        {
            story.MoveTo((await stores.Wakes.Earliest(default))!.Value);
            await Count(wire, work, () => story.Tick(Story.Subject));
        }
    }

    /// <summary>The Martinez family's plan, with everything the product does for it in its year; what the player looks at isn't counted.</summary>
    private async Task Year()
    {
        await using var wire = await Wire.Start();
        var tables = Azurite.Over(wire.Account);
        await tables.Create(TablesStore.Names, default);
        var counting = new CountingTables(tables);
        var looking = new CountingTables(tables);
        var events = new List<SimulationEvent>();
        var scenario = ScenarioFile.Read(await File.ReadAllTextAsync(Functions.PathOf("samples/martinez.json"))).Scenario!;

        await Player.Play(scenario, null, events.Add, default, new UseCases(new TablesStore(counting), new TablesStore(looking)));

        Assert.Equal(wire.Counted, counting.Counted + looking.Counted);
        var years = (events[^1].At - events[0].At).TotalDays / 365.25;
        Row(string.Create(CultureInfo.InvariantCulture, $"a plan for a year: the Martinez family's ({years:F1} years, {events.Count(each => each.Kind == EventKind.Mail)} mails)"), counting.Counted);
    }

    private async Task Count(Wire wire, string work, Func<Task> act) => Row(work, await wire.Of(act));

    private void Row(string work, TableCalls calls) =>
        _rows.Append(CultureInfo.InvariantCulture, $"| {work} | {calls.Gets:N0} | {calls.Pages:N0} | {calls.Transactions:N0} | {calls.All:N0} |\n");
}
