using System.Collections.Concurrent;
using CasePlanning.Application.Cases;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Application.People;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Storage;

namespace CasePlanning.Host.Simulation;

/// <summary>The product as a simulation runs it: its own use cases and jobs over one store, and a sender that keeps what it is given.</summary>
public sealed class UseCases
{
    /// <param name="stores">What the product works with.</param>
    /// <param name="seen">Where whoever runs it looks on, if not there: the same content.</param>
    /// <param name="signal">Where loops of their own are told of saves; the stored wakes are read before every step, so that nobody needs to be.</param>
    public UseCases(IStores stores, IStores? seen = null, ISignal? signal = null)
    {
        var settings = new MailSettings("http://localhost:5080", "case-planning.example");
        var mail = new MailTexts(settings);
        var units = new UnitOfWork(stores.Cases, signal ?? new NoSignal(), mail);
        Stores = seen ?? stores;
        Files = new CaseFiles(units, stores.Cases, mail);
        Drafting = new Drafting(units, stores.Cases);
        Submissions = new Submissions(units, stores.Cases, mail);
        Acts = new PlanActs(units);
        Administration = new Administration(stores.Directory);
        Reading = new CaseReading(stores.Cases, stores.Inbox, stores.Outbox);
        HandOver = new HandOver(stores.Cases);
        Ticker = new Ticker(stores.Cases, stores.Directory, stores.Wakes, mail);
        Digests = new DigestJob(stores.Inbox, stores.Outbox, stores.Directory, stores.Cases, mail);
        Summaries = new SummaryJob(stores.Cases, stores.Directory, stores.Outbox, mail);
        Mail = new MailDispatch(stores.Outbox, stores.Cases, stores.Directory, Sent, new DeadLetters(stores.Cases, stores.Directory, stores.Inbox, stores.Outbox, new UndeliveredTexts(settings)));
    }

    public IStores Stores { get; }

    public CaseFiles Files { get; }

    public Drafting Drafting { get; }

    public Submissions Submissions { get; }

    public PlanActs Acts { get; }

    public Administration Administration { get; }

    public CaseReading Reading { get; }

    public HandOver HandOver { get; }

    public Ticker Ticker { get; }

    public DigestJob Digests { get; }

    public SummaryJob Summaries { get; }

    public MailDispatch Mail { get; }

    public RecordingSender Sent { get; } = new();

    private sealed class NoSignal : ISignal
    {
        public Task Nearer(string subject, DateTimeOffset due, CancellationToken ct) => Task.CompletedTask;
    }
}

/// <summary>Keeps what would have been sent.</summary>
public sealed class RecordingSender : IMailSender
{
    private readonly ConcurrentQueue<Message> _messages = [];

    public Task<SendOutcome> Send(Message message, CancellationToken ct)
    {
        _messages.Enqueue(message);
        return Task.FromResult<SendOutcome>(new SendOutcome.Sent());
    }

    /// <summary>The messages handed over since this was last asked.</summary>
    public IEnumerable<Message> Take()
    {
        while (_messages.TryDequeue(out var message))
        {
            yield return message;
        }
    }
}
