using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Functions.Loops;
using CasePlanning.Functions.Mail;
using CasePlanning.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Functions.Tests.Mail;

/// <summary>The timer functions over a case whose first reminder has come, on the morning of 18 March 2026 in Los Angeles.</summary>
public sealed class MailTimersTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 18, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_digest_is_written_once_and_handed_to_its_loop()
    {
        var (story, engine) = await Reminded();
        await using var _ = engine;

        await Timers(story, engine).Digests(null!, engine.Client, default);
        await Timers(story, engine).Digests(null!, engine.Client, default);

        var digest = Assert.Single(await story.Store.Outbox.List("county", default));
        Assert.Equal((MessageKind.Digest, "worker"), (digest.Kind, digest.Person));
        Assert.Equal(nameof(DispatchMail), (await engine.Completion(DispatchMail.SubjectOf(digest.Id))).Name);
    }

    [Fact]
    public async Task A_digest_waits_for_the_ticks_of_its_morning_but_not_for_long()
    {
        var (story, engine) = await Reminded();
        await using var _ = engine;
        await Overdue(story.Store, Morning);

        await Timers(story, engine).Digests(null!, engine.Client, default);
        Assert.Empty(await story.Store.Outbox.List("county", default));

        story.MoveTo(Morning.AddMinutes(16));
        await Timers(story, engine).Digests(null!, engine.Client, default);
        Assert.Single(await story.Store.Outbox.List("county", default));
    }

    [Fact]
    public async Task Summaries_are_written_in_the_first_working_morning_of_the_week()
    {
        var (story, engine) = await Reminded();
        await using var _ = engine;

        await Timers(story, engine).Summaries(null!, engine.Client, default);

        var summary = Assert.Single(await story.Store.Outbox.List("county", default));
        Assert.Equal((MessageKind.WeeklySummary, "supervisor"), (summary.Kind, summary.Person));
    }

    [Fact]
    public async Task The_sweep_finds_what_was_stored_and_not_dispatched()
    {
        var story = new Story();
        await using var engine = await Engine.Start(story.Tick, _ => Task.FromResult(ScriptedTicks.Ended));
        await story.Store.Outbox.Add(Samples.Message with { NextAttempt = story.GetUtcNow() }, default);

        await Timers(story, engine).Sweep(null!, engine.Client, default);

        Assert.Equal(nameof(DispatchMail), (await engine.Completion(DispatchMail.SubjectOf(Samples.MessageId))).Name);
    }

    /// <summary>A reminder of the plan nobody has written waits for the worker's digest.</summary>
    private static async Task<(Story Story, Engine Engine)> Reminded()
    {
        var story = new Story();
        var engine = await Engine.Start(story.Tick, _ => Task.FromResult(ScriptedTicks.Ended));
        await story.Open(new LostSignal());
        story.MoveTo(Morning);
        await story.Ticker.Tick(Story.Subject, Morning, default);
        return (story, engine);
    }

    private static async Task Overdue(IStores store, DateTimeOffset due) => await store.Cases.Save(
        new CaseChange
        {
            Case = "county-2",
            ExpectedVersion = 0,
            File = new CaseFile { Id = "county-2", Agency = "county", Number = "2" },
            Wakes = [new Wake("case:county-2", "county-2", due)],
        },
        default);

    private static MailTexts Texts => new(new MailSettings("https://plans.example.org", "plans.example.org"));

    private static MailTimers Timers(Story story, Engine engine)
    {
        var store = story.Store;
        return new MailTimers(
            new DigestJob(store.Inbox, store.Outbox, store.Directory, store.Cases, Texts),
            new SummaryJob(store.Cases, store.Directory, store.Outbox, Texts),
            store.Inbox,
            store.Wakes,
            new MailSweep(store.Outbox, new MailOutage(), engine.Signal, story, NullLogger<MailSweep>.Instance),
            engine.Clients,
            story,
            NullLogger<MailTimers>.Instance);
    }
}
