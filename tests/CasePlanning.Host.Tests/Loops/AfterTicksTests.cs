using CasePlanning.Application.Cases;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Application.People;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Host.Loop;
using CasePlanning.Storage.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Caller = CasePlanning.Application.Caller;

namespace CasePlanning.Host.Tests.Loops;

/// <summary>The week's summaries read every case; while ticks are due they wait, for a quarter of an hour at most.</summary>
public sealed class AfterTicksTests : IDisposable
{
    private static readonly DateTimeOffset Opened = new(2027, 1, 4, 18, 0, 0, TimeSpan.Zero);

    private readonly TestClock _clock = new(Opened.AddDays(31));
    private readonly InMemoryStore _store = new();
    private readonly MailTexts _mail = new(new MailSettings("http://plans.test", "plans.test"));
    private readonly Pulses _pulses = new();
    private readonly SummaryDispatcher _loop;

    public AfterTicksTests() => _loop = new SummaryDispatcher(new SummaryJob(_store.Cases, _store.Directory, _store.Outbox, _mail), _store.Wakes, _pulses, _clock, NullLogger<SummaryDispatcher>.Instance);

    [Fact]
    public async Task A_summary_is_written_once_the_ticks_are_done()
    {
        await Start();
        Assert.Equal(0, await Summaries());

        foreach (var wake in await _store.Wakes.Due(_clock.Now, 100, default))
        {
            await new Ticker(_store.Cases, _store.Directory, _store.Wakes, _mail).Tick(wake.Subject, _clock.Now, default);
        }

        await _loop.Quiet(default);
        Assert.Equal(1, await Summaries());
    }

    [Fact]
    public async Task A_summary_waits_a_quarter_of_an_hour_at_most()
    {
        await Start();

        _clock.Now += TimeSpan.FromMinutes(15) - TimeSpan.FromTicks(1);
        await _loop.Quiet(default);
        Assert.Equal(0, await Summaries());

        _clock.Now += TimeSpan.FromTicks(1);
        await _loop.Quiet(default);
        Assert.Equal(1, await Summaries());
    }

    public void Dispose() => _loop.Dispose();

    /// <summary>A case whose plan is overdue and wasn't looked at since it was opened.</summary>
    private async Task Start()
    {
        await new Administration(_store.Directory).Found(
            new Agency { Id = "river", Name = "River County", Zone = "America/Los_Angeles" },
            new Person { Id = "walter", Agency = "river", Name = "Walter", Email = "walter@river.test", Roles = [Role.Administrator, Role.Worker] },
            default);
        var directory = (await _store.Directory.Find("river", default))!;
        var worker = new Caller(directory.Person("walter")!, directory, Opened);
        var facts = new[] { new Participant { Source = "1", On = worker.Today, Name = "A child", Role = ParticipantRole.FocusChild } };
        var opened = await new CaseFiles(new UnitOfWork(_store.Cases, _pulses, _mail), _store.Cases, _mail).Open(worker, new NewCase { Number = "1", OpenedOn = worker.Today, Facts = facts }, default);
        Assert.Null(opened.Refusal);
        Assert.NotEmpty(await _store.Wakes.Due(_clock.Now, 100, default));
        await _loop.StartAsync(CancellationToken.None);
        await _loop.Quiet(default);
    }

    private async Task<int> Summaries() => (await _store.Outbox.List("river", default)).Count(message => message.Kind == MessageKind.WeeklySummary);
}
