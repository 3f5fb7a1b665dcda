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
        await engine.Nearer(Story.Subject);

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
        await signal.Nearer(Story.Subject, default, default);

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

    private static Task Watch(Engine engine, Story story) =>
        new WatchdogTimer(story.Store, engine.Signal, engine.Clients, story, NullLogger<WatchdogTimer>.Instance).Run(null!, engine.Client, Engine.Soon());
}
