using CasePlanning.Application.Ports;
using CasePlanning.Functions.Loops;

namespace CasePlanning.Functions.Tests.Mail;

/// <summary>Mail that falls due with a deadline, and not with what somebody did.</summary>
public sealed class TickedMailTests
{
    [Fact]
    public async Task What_a_tick_stores_to_be_sent_at_once_doesnt_wait_for_the_sweep()
    {
        var story = new Story();
        await using var engine = await Engine.Start(story.Tick, _ => Task.FromResult(ScriptedTicks.Ended));
        await story.Open(new LostSignal());
        var tick = new Tick(story.Ticker, engine.Signal, engine.Clients, story);
        IReadOnlyList<Message> stored = [];
        for (var wakes = 0; stored.Count == 0 && wakes < 10; wakes++)
        {
            story.MoveTo((await story.Store.Wakes.Earliest(default))!.Value);
            await tick.Run(Story.Subject, engine.Client, default);
            stored = await story.Store.Outbox.List("county", default);
        }

        Assert.Equal(["supervisor", "worker"], stored.Select(message => message.Person).Order(StringComparer.Ordinal));
        foreach (var message in stored)
        {
            Assert.Equal(nameof(DispatchMail), (await engine.Completion(DispatchMail.SubjectOf(message.Id))).Name);
        }
    }
}
