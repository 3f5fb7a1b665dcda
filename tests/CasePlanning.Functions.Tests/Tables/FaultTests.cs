using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Functions.Loops;
using CasePlanning.Storage;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;
using CasePlanning.Storage.Tests.Tables;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Functions.Tests.Tables;

/// <summary>
/// Over Azurite, a tick or a dispatch fails after 0, 1, 2, 3 … calls of the store, before the call took place or after it; another process tries
/// it again; and plans, ledger, inboxes and mail are those of one that never failed.
/// </summary>
public sealed class FaultTests
{
    private static readonly MailSettings Links = new("https://plans.example.org", "plans.example.org");

    /// <summary>How many wakes of the story come before, and what is done then.</summary>
    private static readonly Dictionary<string, (int WakesBefore, Func<Process, Task> Do)> Steps = new()
    {
        ["a tick that reminds"] = (0, process => process.Tick()),
        ["a tick that finds a plan overdue and writes to two people"] = (4, process => process.Tick()),
        ["a tick at which nothing is due"] = (1, process => process.TickAgain()),
        ["a digest"] = (1, process => process.Digest()),
        ["a dispatch that sends"] = (5, process => process.Dispatch(new SendOutcome.Sent())),
        ["a dispatch that is put off"] = (5, process => process.Dispatch(new SendOutcome.Unavailable("Later."))),
        ["a dispatch that makes a dead letter, of which others are told"] = (5, process => process.Dispatch(new SendOutcome.Rejected("No such address."))),
    };

    public static TheoryData<string, bool> All
    {
        get
        {
            var all = new TheoryData<string, bool>();
            foreach (var step in Steps.Keys)
            {
                all.Add(step, false);
                all.Add(step, true);
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(All))]
    public async Task What_failed_and_was_tried_again_ends_as_if_it_had_not_failed(string step, bool afterTheCall)
    {
        var (expected, _) = await Play(step, int.MaxValue, afterTheCall);
        var calls = 0;
        for (var fails = true; fails; calls++)
        {
            (var found, fails) = await Play(step, calls, afterTheCall);
            Same.As(expected, found);
        }

        Assert.InRange(calls, 3, 60);
    }

    /// <param name="calls">How many of the step's calls succeed before one fails.</param>
    private static async Task<(Remains Remains, bool HasFailed)> Play(string step, int calls, bool afterTheCall)
    {
        var service = await Azurite.Tables();
        var story = new Story { Store = new TablesStore(service) };
        await story.Open(new LostSignal());
        for (var wake = 0; wake < Steps[step].WakesBefore; wake++)
        {
            story.MoveTo((await story.Store.Wakes.Earliest(default))!.Value);
            await story.Tick(Story.Subject);
        }

        var sent = new SortedSet<string>(StringComparer.Ordinal);
        var failing = new FailingTables(service);
        var next = (Wake: (await story.Store.Wakes.Earliest(default))!.Value, Digest: await story.Store.Inbox.Earliest(default));
        failing.FailAfter(calls, afterTheCall);
        try
        {
            await Steps[step].Do(new Process(new TablesStore(failing), story.GetUtcNow(), next, sent));
        }
        catch (IOException)
        {
            failing.Mend();
            await Steps[step].Do(new Process(new TablesStore(failing), story.GetUtcNow(), next, sent));
        }

        return (await Remains.Of(story.Store, sent), failing.HasFailed);
    }

    /// <param name="stores">As a new process opens them.</param>
    /// <param name="now">After the wakes before.</param>
    /// <param name="next">When the next wake is, and the next digest.</param>
    /// <param name="sent">Ids of what was handed over.</param>
    private sealed class Process(IStores stores, DateTimeOffset now, (DateTimeOffset Wake, DateTimeOffset? Digest) next, ISet<string> sent)
    {
        private readonly MailTexts _texts = new(Links);

        public Task<TickReport> Tick() => Tick(next.Wake);

        public Task<TickReport> TickAgain() => Tick(now);

        public Task Digest() =>
            new DigestJob(stores.Inbox, stores.Outbox, stores.Directory, stores.Cases, _texts).Serve("county", "worker", next.Digest!.Value, default);

        public async Task Dispatch(SendOutcome outcome)
        {
            var deadLetters = new DeadLetters(stores.Cases, stores.Directory, stores.Inbox, stores.Outbox, new UndeliveredTexts(Links));
            var dispatch = new MailDispatch(stores.Outbox, stores.Cases, stores.Directory, new Sender(outcome, sent), deadLetters, new DigestJob(stores.Inbox, stores.Outbox, stores.Directory, stores.Cases, _texts));
            var message = (await stores.Outbox.List("county", default)).Single(each => each.Kind == MessageKind.FirstDayOverdue && each.Person == "worker");
            await new Dispatch(dispatch, new MailOutage(), stores.Outbox, new TestClock(message.StoredAt), NullLogger<Dispatch>.Instance).Run(DispatchMail.SubjectOf(message.Id), default);
        }

        private Task<TickReport> Tick(DateTimeOffset at) =>
            new Tick(new Ticker(stores.Cases, stores.Directory, stores.Wakes, _texts), new LostSignal(), new DurableClients(), new TestClock(at)).Run(Story.Subject, client: null!, default);
    }

    private sealed class Sender(SendOutcome outcome, ISet<string> sent) : IMailSender
    {
        public Task<SendOutcome> Send(Message message, CancellationToken ct)
        {
            sent.Add(message.Id);
            return Task.FromResult(outcome);
        }
    }

    /// <summary>The case with its plans, its ledger, what waits for digests, all mail, and when what is next.</summary>
    private sealed record Remains(
        CaseRecord? Case, IReadOnlyList<Notice> Notices, IReadOnlyList<InboxItem> Inbox, IReadOnlyList<InboxItem> Waiting, IReadOnlyList<Message> Mail, IReadOnlyList<Message> Untried, IReadOnlyList<Wake> Wakes, IReadOnlyList<string> Sent)
    {
        public static async Task<Remains> Of(IStores stores, IEnumerable<string> sent) => new(
            await stores.Cases.Find(Story.Case, default),
            await stores.Cases.Notices(Story.Case, default),
            await stores.Inbox.OfCase(Story.Case, default),
            await stores.Inbox.Waiting("worker", default),
            await stores.Outbox.List("county", default),
            await stores.Outbox.Waiting(DateTimeOffset.MaxValue, 100, default),
            await stores.Wakes.Due(DateTimeOffset.MaxValue, 100, default),
            [.. sent]);
    }
}
