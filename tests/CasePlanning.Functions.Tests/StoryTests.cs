using CasePlanning.Functions.Loops;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace CasePlanning.Functions.Tests;

/// <summary>The real tick over the store in memory, driven by the engine.</summary>
public sealed class StoryTests
{
    private static readonly DateTimeOffset FirstReminder = new(2026, 3, 18, 14, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset SecondReminder = new(2026, 3, 25, 14, 0, 0, TimeSpan.Zero);
    private static readonly string[] Reminded = ["default.initial -14 Worker on 2026-03-18"];

    [Fact]
    public async Task A_case_ticks_sleeps_reminds_is_signalled_and_ends()
    {
        var story = new Story { HurryTo = FirstReminder };
        await using var engine = await Engine.Start(story.Tick);
        engine.Clients.Lend(engine.Client);

        await story.Open(engine.Signal);

        var opened = await story.Next();
        Assert.Equal(("awaiting-plan", FirstReminder), (opened.Stage, opened.NextWake));
        var woken = await story.Next();
        Assert.Equal(SecondReminder, woken.NextWake);
        Assert.Equal(Reminded, await story.Notices());

        await story.Close(engine.Signal);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Story.Subject)).RuntimeStatus);
        Assert.Equal(Reminded, await story.Notices());
        Assert.Empty(engine.Log.Warnings);
    }

    [Fact]
    public async Task Signals_that_come_twice_change_nothing()
    {
        var story = new Story { HurryTo = FirstReminder };
        await using var engine = await Engine.Start(story.Tick);
        engine.Clients.Lend(engine.Client);
        var signal = new DoubledSignal(engine.Signal);

        await story.Open(signal);
        while ((await story.Next()).NextWake != SecondReminder)
        {
            // A needless tick changes nothing; the wake tells when the reminder has been raised.
        }

        await story.Close(signal);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Story.Subject)).RuntimeStatus);
        Assert.Equal(Reminded, await story.Notices());
    }

    [Fact]
    public async Task Signals_that_are_lost_are_made_up_for_by_the_timer()
    {
        var story = new Story { HurryTo = FirstReminder };
        var closed = new TaskCompletionSource();
        var ticks = 0;
        await using var engine = await Engine.Start(async subject =>
        {
            if (++ticks == 2)
            {
                await closed.Task;
            }

            return await story.Tick(subject);
        });
        await story.Open(new LostSignal());
        await engine.Nearer(Story.Subject);
        await story.Next();

        await story.Close(new LostSignal());
        closed.SetResult();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Story.Subject)).RuntimeStatus);
        Assert.Equal("closed", (await story.Next()).Stage);
        Assert.Empty(await story.Notices());
    }

    [Fact]
    public async Task A_case_nobody_signals_is_found_by_the_watchdog()
    {
        var story = new Story();
        await using var engine = await Engine.Start(story.Tick);
        await story.Open(new LostSignal());

        story.MoveTo(FirstReminder.AddMinutes(14));
        await Watch(engine, story);
        Assert.Null(await engine.Client.GetInstanceAsync(Story.Subject));

        story.MoveTo(FirstReminder.AddMinutes(16));
        await Watch(engine, story);
        await story.Next();
        Assert.Equal(Reminded, await story.Notices());
    }

    [Fact]
    public async Task A_fact_that_is_corrected_while_the_timer_waits_moves_the_wake()
    {
        var story = new Story();
        await using var engine = await Engine.Start(story.Tick);
        engine.Clients.Lend(engine.Client);
        await story.Open(engine.Signal);
        Assert.Equal(FirstReminder, (await story.Next()).NextWake);

        await story.CorrectBeginning(engine.Signal, new(2026, 2, 23));

        var corrected = await story.Next();
        Assert.Equal(FirstReminder.AddDays(-7), corrected.NextWake);
        story.MoveTo(corrected.NextWake!.Value);
        await engine.Nearer(Story.Subject);
        await story.Next();
        Assert.Equal(["default.initial -14 Worker on 2026-03-11"], await story.Notices());
    }

    [Fact]
    public async Task A_case_that_is_withdrawn_under_its_loop_reminds_nobody()
    {
        var story = new Story { HurryTo = FirstReminder };
        var withdrawn = new TaskCompletionSource();
        var ticks = 0;
        await using var engine = await Engine.Start(async subject =>
        {
            if (++ticks == 2)
            {
                await withdrawn.Task;
            }

            return await story.Tick(subject);
        });
        engine.Clients.Lend(engine.Client);
        await story.Open(engine.Signal);
        await story.Next();

        await story.WithdrawChild(engine.Signal);
        withdrawn.SetResult();

        Assert.Null((await story.Next()).NextWake);
        Assert.Empty(await story.Notices());
        Assert.Empty(await story.Store.Wakes.Due(DateTimeOffset.MaxValue, 10, default));
    }

    [Fact]
    public async Task A_loop_of_a_case_that_does_not_exist_ends()
    {
        var story = new Story();
        await using var engine = await Engine.Start(story.Tick);

        await engine.Nearer(Story.Subject);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Completion(Story.Subject)).RuntimeStatus);
    }

    [Fact]
    public async Task Twenty_years_of_a_plan_nobody_writes_leave_a_history_of_under_a_hundred_rows()
    {
        var end = FirstReminder.AddYears(20);
        var story = new Story { HurryTo = end, Moment = TimeSpan.Zero };
        await using var engine = await Engine.Start(story.Tick);
        engine.Clients.Lend(engine.Client);

        await story.Open(engine.Signal);
        var ticks = 0;
        for (TickReport report; (report = await story.Next()).NextWake <= end; ticks++)
        {
        }

        Assert.InRange(ticks, 20 * 52, 20 * 54);
        Assert.InRange(engine.Work.Max(work => work.PastEvents.Count + work.NewEvents.Count), 1, 99);
    }

    private static Task Watch(Engine engine, Story story) =>
        new WatchdogTimer(story.Store, engine.Signal, engine.Clients, story, NullLogger<WatchdogTimer>.Instance).Run(null!, engine.Client, Engine.Soon());
}
