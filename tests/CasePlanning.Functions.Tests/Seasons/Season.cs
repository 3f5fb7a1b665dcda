using System.Globalization;
using System.Threading.Channels;
using CasePlanning.Api;
using CasePlanning.Application;
using CasePlanning.Application.Cases;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;
using CasePlanning.Functions.Loops;
using CasePlanning.Functions.Mail;
using CasePlanning.Functions.Tests.Mail;
using CasePlanning.Storage;
using CasePlanning.Storage.Memory;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Functions.Tests.Seasons;

/// <summary>
/// A case in Los Angeles from March to July 2026, with everything the shell runs: the loops on the engine, the timer functions, the sender and
/// the mail service. Its clock stands where the season is; the engine's own timers are an hour away, and what they would do goes by the post.
/// </summary>
internal sealed class Season : IAsyncDisposable
{
    private const string Case = "county-1";
    private const string Plan = "county-1.home";
    private const string Subject = "plan:" + Plan;

    private readonly Delivery _delivery;
    private readonly TestClock _clock = new(At("2026-03-02"));
    private readonly Channel<bool> _steps = Channel.CreateUnbounded<bool>();
    private readonly InMemoryStore _store = new();
    private readonly HttpClient _http = new();
    private readonly Engine _engine;
    private readonly MailService _service;
    private readonly Post _post;
    private readonly ServiceProvider _use;

    private Season(Delivery delivery, Engine engine, MailService service)
    {
        (_delivery, _engine, _service) = (delivery, engine, service);
        _post = new Post(engine.Signal, delivery);
        _use = new ServiceCollection().AddLogging()
            .AddCasePlanningApi(new ApiOptions { Mail = new MailSettings("https://plans.example.org", "plans.example.org") })
            .AddSingleton(_store.Cases).AddSingleton(_store.Directory).AddSingleton(_store.Wakes).AddSingleton(_store.Inbox).AddSingleton(_store.Outbox).AddSingleton<IStores>(_store)
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton<ISignal>(_post)
            .AddSingleton<IMailSender>(new SendGridSender(_http, Samples.Settings(service.Address)))
            .AddSingleton(engine.Signal).AddSingleton(engine.Clients)
            .AddSingleton<Tick>().AddSingleton<Dispatch>().AddSingleton<MailSweep>().AddSingleton<MailTimers>().AddSingleton<WatchdogTimer>()
            .BuildServiceProvider();
    }

    /// <summary>Plays the season, and says what was raised and what was mailed.</summary>
    public static async Task<(IReadOnlyList<string> Notices, IReadOnlyList<string> Mails)> Play(Delivery delivery)
    {
        Season season = null!;
        var engine = await Engine.Start(
            subject => season.Step(subject, (each, ct) => season.Use<Tick>().Run(each, season._engine.Client, ct)),
            subject => season.Step(subject, season.Use<Dispatch>().Run));
        await using var played = season = new Season(delivery, engine, await MailService.Start());
        await season.Play();
        return (await season.Notices(), await season.Mails());
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _use.DisposeAsync();
        await _store.DisposeAsync();
        _http.Dispose();
        await _service.DisposeAsync();
    }

    private static DateTimeOffset At(string day) =>
        new(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), new TimeOnly(18, 0), TimeSpan.Zero);

    private async Task Play()
    {
        _engine.Clients.Lend(_engine.Client);
        await People();
        await Open();
        await Until("2026-03-20");
        await Submit();
        await Until("2026-03-24");
        Assert.Null((await Use<Submissions>().Decide(await As("supervisor"), Plan, new Decision { Kind = DecisionKind.Approve }, default)).Refusal);
        await Until("2026-06-25");
        await Close();
        await Until("2026-07-10");

        await _post.Arrive();
        if (_delivery == Delivery.Lost)
        {
            // Where nobody could tell it that its plan has closed, a loop ends at the wake it went to sleep with.
            await _engine.Nearer(Subject);
        }

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await _engine.Completion(Subject)).RuntimeStatus);
    }

    private T Use<T>() where T : notnull => _use.GetRequiredService<T>();

    private async Task<TickReport> Step(string subject, Func<string, CancellationToken, Task<TickReport>> step)
    {
        var report = await step(subject, default);
        _steps.Writer.TryWrite(true);
        return report with { NextWake = report.NextWake is null ? null : TimeProvider.System.GetUtcNow().AddHours(report.NextWake > _clock.Now ? 1 : 0) };
    }

    /// <summary>Lets everything happen that falls due until a day.</summary>
    private async Task Until(string day)
    {
        while (await Next() is { } next && next <= At(day))
        {
            _clock.Now = next > _clock.Now ? next : _clock.Now;
            await Happen();
        }

        _clock.Now = At(day) > _clock.Now ? At(day) : _clock.Now;
    }

    private async Task<DateTimeOffset?> Next() => new[] { await _store.Wakes.Earliest(default), await _store.Inbox.Earliest(default), await _store.Outbox.Earliest(default) }.Min();

    private async Task Happen()
    {
        foreach (var wake in await _store.Wakes.Due(_clock.Now, 100, default))
        {
            await _post.Nearer(wake.Subject, default, default);
        }

        _clock.Now += TimeSpan.FromMinutes(_delivery switch { Delivery.Late => 10, Delivery.Lost => 16, _ => 0 });
        await _post.Arrive();
        await Use<WatchdogTimer>().Run(null!, _engine.Client, Engine.Soon());
        await Settled(async () => (await _store.Wakes.Due(_clock.Now, 1, default)).Count == 0);
        await Use<MailTimers>().Digests(null!, _engine.Client, Engine.Soon());
        await Use<MailTimers>().Sweep(null!, _engine.Client, Engine.Soon());
        await Settled(async () => (await _store.Outbox.Waiting(_clock.Now, 1, default)).Count == 0);
    }

    /// <summary>Looks again after each step of a loop.</summary>
    private async Task Settled(Func<Task<bool>> isDone)
    {
        while (!await isDone())
        {
            await _steps.Reader.ReadAsync(Engine.Soon());
        }
    }

    private async Task<Caller> As(string person) =>
        await _store.Directory.Find("county", default) is { } directory ? new Caller(directory.Person(person)!, directory, _clock.Now) : throw new InvalidOperationException();

    private async Task People()
    {
        await _store.Directory.Save(new Agency { Id = "county", Name = "County", Zone = "America/Los_Angeles" }, default);
        await _store.Directory.Save(new Unit { Id = "unit", Agency = "county", Name = "Unit", Supervisor = "supervisor" }, default);
        foreach (var (id, role) in new[] { ("worker", Role.Worker), ("supervisor", Role.Supervisor) })
        {
            var person = new Person { Id = id, Agency = "county", Name = id, Email = $"{id}@example.org", Unit = "unit", Roles = [role] };
            await _store.Directory.Save(person with { Mail = person.Mail with { WeeklySummary = false } }, default);
        }
    }

    private async Task Open()
    {
        var worker = await As("worker");
        Fact[] facts =
        [
            new Participant { Source = "child", On = worker.Today, Name = "Child", Role = ParticipantRole.FocusChild, BirthDate = new(2015, 5, 1), PersonType = PersonType.Voluntary },
            new Participant { Source = "parent", On = worker.Today, Name = "Parent", Role = ParticipantRole.Parent },
            new Assignment { Source = "first", On = worker.Today, Person = "worker" },
        ];
        Assert.Null((await Use<CaseFiles>().Open(worker, new NewCase { Number = "1", OpenedOn = worker.Today, Facts = facts }, default)).Refusal);
    }

    private async Task Submit()
    {
        var worker = await As("worker");
        var created = await Use<Drafting>().Create(worker, Plan, new VersionRequest { Version = new NewVersion { Kind = CreateKind.Initial, PlanDate = worker.Today } }, default);
        Assert.Null(created.Refusal);
        var (version, content) = (created.Value.Version, created.Value.Content);
        var head = new DraftHead(version.PlanDate, null, version.FocusChildren, version.Participants);
        Assert.Null((await Use<Drafting>().Save(worker, Plan, version.Number, new DraftSave(head, Complete(content, version), content.Revision), default)).Refusal);
        Assert.Null((await Use<Submissions>().Submit(worker, Plan, null, default)).Refusal);
    }

    private static PlanContent Complete(PlanContent content, PlanVersion version) => content with
    {
        Signatures = [.. version.FocusChildren.Concat(version.Participants).Select(each => new Signature { Participant = each, Signed = version.CreatedOn })],
        ServiceObjectives = [new ServiceObjective { Id = "1", Participant = "parent", Objective = "Rides to school", ProjectedCompletion = version.PlanDate.AddDays(60) }],
        Cps = new CpsSection
        {
            CaseInformation = "A family of two", Persons = "Child, parent", Reasons = "Supervision", FamilyStrengths = "Relatives", FamilyNeeds = "Transport", Goals = "School",
            WhatMustHappen = "Rides", OtherNeeds = "None", ReviewOn = version.PlanDate.AddDays(80), IfBehaviorDoesNotChange = "The team meets",
        },
    };

    private async Task Close()
    {
        var supervisor = await As("supervisor");
        Fact[] before =
        [
            new Assessment { Source = "risk", On = supervisor.Today, What = AssessmentKind.RiskReassessment },
            new Meeting { Source = "review", On = supervisor.Today, What = MeetingKind.SupervisorReview },
            new Meeting { Source = "closing", On = supervisor.Today, What = MeetingKind.ClosingMeeting },
        ];
        foreach (var fact in before)
        {
            Assert.Null((await Use<CaseFiles>().Record(supervisor, Case, fact, default)).Refusal);
        }

        var closing = new PlanClosing { Source = "end", On = supervisor.Today, Plan = Plan, Reason = "Safe.", GoalsMet = true, FamilyView = "Agrees.", ProviderInput = "Agrees.", RemainingNeeds = "None." };
        Assert.Null((await Use<PlanActs>().Close(await As("worker"), closing, default)).Refusal);
    }

    private async Task<IReadOnlyList<string>> Notices() =>
        [.. (await _store.Cases.Notices(Case, default)).Select(notice => $"{Day(notice.RaisedAt)} {notice.Rule} {notice.Step} to {notice.Role}").Order(StringComparer.Ordinal)];

    /// <summary>Every message with the day it was stored, how it stands, and by how many requests the mail service got it.</summary>
    private async Task<IReadOnlyList<string>> Mails()
    {
        var taken = _service.Taken.Select(each => each.Body.GetProperty("custom_args").GetProperty(SendGridSender.MessageArgument).GetString()).ToArray();
        return
        [
            .. (await _store.Outbox.List("county", default))
                .Select(message => $"{Day(message.StoredAt)} {message.Kind} to {message.Person}, {message.State} by {taken.Count(id => id == message.Id)}: {message.Subject}")
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Day(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles")).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
