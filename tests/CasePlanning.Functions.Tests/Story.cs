using System.Threading.Channels;
using CasePlanning.Application;
using CasePlanning.Application.Cases;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Functions.Loops;
using CasePlanning.Storage;
using CasePlanning.Storage.Memory;

namespace CasePlanning.Functions.Tests;

/// <summary>
/// One family's case on the real use cases, ticks and store, with the days of the story and not those of the engine: a tick that wakes from its
/// sleep finds the clock at the wake it slept until. Where the story needs a loop asleep, the engine's timer is an hour away.
/// </summary>
internal sealed class Story : TimeProvider
{
    public const string Case = "county-1";
    public const string Plan = "county-1.home";
    public const string Subject = "plan:" + Plan;

    private static readonly MailTexts Mail = new(new MailSettings("https://plans.example.org", "plans.example.org"));

    private readonly Channel<TickReport> _reports = Channel.CreateUnbounded<TickReport>();
    private DateTimeOffset _now = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);
    private (DateTimeOffset Story, DateTimeOffset Engine)? _sleep;

    public IStores Store { get; init; } = new InMemoryStore();

    /// <summary>Sleeps up to this wake last a moment only.</summary>
    public DateTimeOffset HurryTo { get; init; }

    public TimeSpan Moment { get; init; } = TimeSpan.FromMilliseconds(100);

    public override DateTimeOffset GetUtcNow() => _now;

    public void MoveTo(DateTimeOffset instant) => _now = instant > _now ? instant : _now;

    public Ticker Ticker => new(Store.Cases, Store.Directory, Store.Wakes, Mail);

    /// <summary>The tick of the engine's loops.</summary>
    public async Task<TickReport> Tick(string subject)
    {
        if (_sleep is { } slept && System.GetUtcNow() >= slept.Engine)
        {
            MoveTo(slept.Story);
        }

        var report = await new Tick(Ticker, new LostSignal(), new DurableClients(), this).Run(subject, client: null!, CancellationToken.None);
        if (report.NextWake is { } wake)
        {
            _sleep = (wake, System.GetUtcNow() + (wake <= HurryTo ? Moment : TimeSpan.FromHours(1)));
        }

        _reports.Writer.TryWrite(report);
        return report with { NextWake = report.NextWake is null ? null : _sleep!.Value.Engine };
    }

    /// <summary>Waits for what the next tick reports, in the story's time.</summary>
    public ValueTask<TickReport> Next() => _reports.Reader.ReadAsync(Engine.Soon());

    /// <summary>An agency, and a case opened on a day, that of the story's beginning where none is given, with a child at home; nobody will have written a plan.</summary>
    public async Task Open(ISignal signal, DateOnly? day = null)
    {
        var on = day ?? new(2026, 3, 2);
        await Store.Directory.Save(new Agency { Id = "county", Name = "County", Zone = "America/Los_Angeles" }, default);
        await Store.Directory.Save(new Unit { Id = "unit", Agency = "county", Name = "Unit", Supervisor = "supervisor" }, default);
        await Store.Directory.Save(Somebody("worker", Role.Worker), default);
        await Store.Directory.Save(Somebody("supervisor", Role.Supervisor), default);
        var opened = await new CaseFiles(Units(signal), Store.Cases, Mail).Open(
            await Worker(),
            new NewCase
            {
                Number = "1",
                OpenedOn = on,
                Facts =
                [
                    new Participant { Source = "child", On = on, Name = "Child", Role = ParticipantRole.FocusChild },
                    new Assignment { Source = "first", On = on, Person = "worker" },
                ],
            },
            default);
        Assert.Null(opened.Refusal);
    }

    /// <summary>Says that the case was opened, with its child, earlier than was recorded; the second of the two corrections is told.</summary>
    public async Task CorrectBeginning(ISignal signal, DateOnly on)
    {
        var file = (await Store.Cases.Find(Case, default))!.File;
        Fact[] corrected = [file.Of<Opening>().Single() with { On = on }, file.Of<Participant>().Single() with { On = on }];
        for (var number = 0; number < corrected.Length; number++)
        {
            var files = new CaseFiles(Units(number == 0 ? new LostSignal() : signal), Store.Cases, Mail);
            Assert.Null((await files.Correct(await Worker(), Case, corrected[number], "Typed wrong.", default)).Refusal);
        }
    }

    /// <summary>Says that the child was never this case's.</summary>
    public async Task WithdrawChild(ISignal signal) =>
        Assert.Null((await new CaseFiles(Units(signal), Store.Cases, Mail).Withdraw(await Worker(), Case, "participant", "child", "Another family's.", default)).Refusal);

    /// <summary>Closes the plan with everything that takes.</summary>
    public async Task Close(ISignal signal)
    {
        var worker = await Worker();
        var files = new CaseFiles(Units(signal), Store.Cases, Mail);
        Fact[] before =
        [
            new Assessment { Source = "risk", On = worker.Today, What = AssessmentKind.RiskReassessment },
            new Meeting { Source = "review", On = worker.Today, What = MeetingKind.SupervisorReview },
            new Meeting { Source = "closing", On = worker.Today, What = MeetingKind.ClosingMeeting },
        ];
        var supervisor = worker with { Person = worker.Directory.Person("supervisor")! };
        foreach (var fact in before)
        {
            Assert.Null((await files.Record(supervisor, Case, fact, default)).Refusal);
        }

        var closed = await new PlanActs(Units(signal)).Close(
            worker,
            new PlanClosing { Source = "end", On = worker.Today, Plan = Plan, Reason = "Safe.", GoalsMet = true, FamilyView = "Agrees.", ProviderInput = "Agrees.", RemainingNeeds = "None." },
            default);
        Assert.Null(closed.Refusal);
    }

    /// <summary>What was raised, in the order of its keys: day of the tick, step and role.</summary>
    public async Task<string[]> Notices() =>
        [.. (await Store.Cases.Notices(Case, default)).Select(notice => $"{notice.Rule} {notice.Step} {notice.Role} on {notice.RaisedAt:yyyy-MM-dd}").Order(StringComparer.Ordinal)];

    private UnitOfWork Units(ISignal signal) => new(Store.Cases, signal, Mail);

    private async Task<Caller> Worker() =>
        await Store.Directory.Find("county", default) is { } directory ? new Caller(directory.Person("worker")!, directory, _now) : throw new InvalidOperationException();

    private static Person Somebody(string id, Role role) =>
        new() { Id = id, Agency = "county", Name = id, Email = $"{id}@example.org", Unit = "unit", Roles = [role] };
}

/// <summary>A signal that never arrives.</summary>
internal sealed class LostSignal : ISignal
{
    public Task Nearer(string subject, DateTimeOffset due, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>A signal that arrives more often than it was sent.</summary>
internal sealed class DoubledSignal(ISignal signal) : ISignal
{
    public async Task Nearer(string subject, DateTimeOffset due, CancellationToken ct)
    {
        await signal.Nearer(subject, due, ct);
        await signal.Nearer(subject, due, ct);
    }
}
