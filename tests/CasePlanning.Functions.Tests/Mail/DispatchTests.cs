using System.Text.Json;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Functions.Loops;
using CasePlanning.Functions.Mail;
using CasePlanning.Storage.Memory;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Functions.Tests.Mail;

/// <summary>A stored message from the sweep through its loop on the engine to the mail service. Sleeps last a moment, and end at the instant they were to last until.</summary>
public sealed class DispatchTests : IAsyncLifetime
{
    private static readonly string Subject = DispatchMail.SubjectOf(Samples.MessageId);

    private readonly HttpClient _http = new();
    private readonly TestClock _clock = new(Samples.Stored);
    private readonly MailOutage _outage = new();
    private MailService _service = null!;
    private InMemoryStore _store = null!;
    private Engine _engine = null!;

    /// <summary>How long the engine sleeps where the message waits for another attempt.</summary>
    private TimeSpan Sleep { get; set; } = TimeSpan.FromMilliseconds(50);

    public async Task InitializeAsync()
    {
        _service = await MailService.Start();
        _store = await Samples.Store();
        _engine = await Engine.Start(_ => throw new InvalidOperationException("No tick is due."), Step);
    }

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _store.DisposeAsync();
        _http.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_stored_message_is_sent_once_however_often_the_sweep_comes_by()
    {
        await Sweep();
        await Sweep();

        Assert.Equal("sent", await Outcome());
        await Sweep();
        Assert.Single(_service.Taken);
        Assert.Equal((MessageState.Sent, 1), await Message());
    }

    [Fact]
    public async Task A_message_the_service_puts_off_is_tried_again_by_its_own_loop()
    {
        _service.Answer(503);
        _service.Answer(429);

        await Sweep();

        Assert.Equal("sent", await Outcome());
        Assert.Equal((MessageState.Sent, 3), await Message());
        Assert.Equal(Samples.Stored.AddMinutes(1 + 2), _clock.Now);
    }

    [Fact]
    public async Task An_outage_uses_up_no_tries()
    {
        _service.Answer(401);
        _service.Answer(401);

        await Sweep();

        Assert.Equal("sent", await Outcome());
        Assert.Equal((MessageState.Sent, 1), await Message());
    }

    [Fact]
    public async Task While_the_service_cannot_be_reached_one_message_tries_for_all()
    {
        const string Other = "fedcba9876543210fedcba9876543210@plans.example.org";
        await _store.Outbox.Add(Samples.Message with { Id = Other }, default);
        Sleep = TimeSpan.FromHours(1);
        _service.Answer(401);
        await Step(Subject);
        _clock.Now = Samples.Stored;

        var held = await Report(DispatchMail.SubjectOf(Other));
        await Sweep();

        Assert.Equal(("waiting", Samples.Stored + MailDispatch.PauseOfAnOutage), (held.Stage, held.NextWake));
        Assert.Single(_service.Taken);
        Assert.Null(await _engine.Client.GetInstanceAsync(Subject));

        _clock.Now = held.NextWake!.Value;
        Assert.Equal("sent", (await Report(DispatchMail.SubjectOf(Other))).Stage);
        Assert.Equal("sent", (await Report(Subject)).Stage);
    }

    [Fact]
    public async Task A_message_that_is_refused_ends_its_loop_and_a_release_begins_another()
    {
        _service.Answer(400, "no such address");
        await Sweep();
        Assert.Equal("dead", await Outcome());

        var dead = (await _store.Outbox.Find(Samples.MessageId, default))!;
        Assert.True(await _store.Outbox.Update(MailDispatch.Released(dead, _clock.Now), default));
        await Sweep();

        Assert.Equal("sent", await Outcome());
    }

    [Fact]
    public async Task What_follows_from_a_dead_letter_is_sent_by_the_next_sweep()
    {
        _service.Answer(400, "no such address");
        await Sweep();
        await Outcome();

        await Sweep();

        var told = Assert.Single(await _store.Outbox.List("county", default), message => message.Kind == MessageKind.Undelivered);
        await _engine.Completion(DispatchMail.SubjectOf(told.Id));
        Assert.Equal(2, _service.Taken.Count);
    }

    [Fact]
    public async Task A_loop_that_sleeps_past_its_time_is_resumed_by_the_sweep()
    {
        Sleep = TimeSpan.FromHours(1);
        _service.Answer(503);
        await Sweep();
        await _engine.Reports(Subject);
        await _engine.Client.SuspendInstanceAsync(Subject, cancellation: Engine.Soon());
        await _engine.Reaches(Subject, OrchestrationRuntimeStatus.Suspended);

        _clock.Now += TimeSpan.FromMinutes(20);
        await Sweep();

        Assert.Equal("sent", await Outcome());
    }

    [Fact]
    public async Task A_message_that_waits_for_its_next_attempt_is_left_alone()
    {
        Sleep = TimeSpan.FromHours(1);
        _service.Answer(503);
        await Sweep();
        await _engine.Reports(Subject);
        _clock.Now = Samples.Stored;

        await Sweep();

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await _engine.Client.GetInstanceAsync(Subject))!.RuntimeStatus);
        Assert.Single(_service.Taken);
    }

    private async Task<TickReport> Step(string subject)
    {
        var report = await Report(subject);
        if (report.NextWake is not { } wake)
        {
            return report;
        }

        _clock.Now = wake;
        return report with { NextWake = TimeProvider.System.GetUtcNow() + Sleep };
    }

    private Task<TickReport> Report(string subject)
    {
        var settings = new MailSettings("https://plans.example.org", "plans.example.org");
        var texts = new UndeliveredTexts(settings);
        var digests = new DigestJob(_store.Inbox, _store.Outbox, _store.Directory, _store.Cases, new MailTexts(settings));
        var deadLetters = new DeadLetters(_store.Cases, _store.Directory, _store.Inbox, _store.Outbox, texts);
        var mail = new MailDispatch(_store.Outbox, _store.Cases, _store.Directory, new SendGridSender(_http, Samples.Settings(_service.Address)), deadLetters, digests);
        return new Dispatch(mail, _outage, _store.Outbox, _clock, NullLogger<Dispatch>.Instance).Run(subject, default);
    }

    private Task Sweep()
    {
        _engine.Clients.Lend(_engine.Client);
        return new MailSweep(_store.Outbox, _outage, _engine.Signal, _clock, NullLogger<MailSweep>.Instance).Run(Engine.Soon());
    }

    private async Task<string?> Outcome() =>
        JsonSerializer.Deserialize<LoopStatus>((await _engine.Completion(Subject)).SerializedCustomStatus!, JsonSerializerOptions.Web)!.Stage;

    private async Task<(MessageState State, int Attempts)> Message() =>
        await _store.Outbox.Find(Samples.MessageId, default) is { } message ? (message.State, message.Attempts) : default;
}
