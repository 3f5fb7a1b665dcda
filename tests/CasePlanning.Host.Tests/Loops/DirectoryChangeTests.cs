using CasePlanning.Application;
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

namespace CasePlanning.Host.Tests.Loops;

/// <summary>What is under way while an agency's rules change can't put a case to sleep by the old ones.</summary>
public sealed class DirectoryChangeTests
{
    private static readonly DateTimeOffset Opened = new(2027, 1, 4, 18, 0, 0, TimeSpan.Zero);
    private static readonly ProposedRules Sooner = new()
    {
        InForceFrom = new(2027, 1, 4),
        Packs = ["default"],
        Layer = new RuleLayer { Rules = new Dictionary<string, System.Text.Json.JsonElement> { ["default.initial"] = System.Text.Json.JsonSerializer.SerializeToElement(new { due = "20 days" }) } },
        Why = "The county's manual.",
    };

    private readonly InMemoryStore _store = new();
    private readonly MailTexts _mail = new(new MailSettings("http://plans.test", "plans.test"));

    [Fact]
    public async Task A_tick_under_way_with_the_old_rules_leaves_the_case_due_and_the_next_one_counts_by_the_new_ones()
    {
        var ada = await Found();
        await Open(ada, _store.Cases);
        var wake = Assert.Single(await _store.Wakes.Due(DateTimeOffset.MaxValue, 10, default), each => each.Subject.StartsWith("plan:", StringComparison.Ordinal));
        Assert.Equal(new DateTimeOffset(2027, 1, 20, 15, 0, 0, TimeSpan.Zero), wake.Due); // 3 February less 14 days, at 07:00 in Los Angeles

        var morning = wake.Due!.Value;
        await Ticker(new Meanwhile(_store.Cases, () => Change(ada, morning))).Tick(wake.Subject, morning, default);

        Assert.Equal(morning, (await _store.Wakes.Find(wake.Subject, default))!.Due);
        await Ticker(_store.Cases).Tick(wake.Subject, morning, default);
        Assert.Equal(new DateTimeOffset(2027, 1, 22, 15, 0, 0, TimeSpan.Zero), (await _store.Wakes.Find(wake.Subject, default))!.Due); // one day before Sunday 24 January, back to Friday
    }

    [Fact]
    public async Task A_case_opened_while_the_rules_change_is_due_at_once()
    {
        var ada = await Found();

        await Open(ada, new Meanwhile(_store.Cases, () => Change(ada, Opened)));

        Assert.All(await _store.Wakes.Due(DateTimeOffset.MaxValue, 10, default), wake => Assert.Equal(Opened, wake.Due));
        Assert.NotNull(await _store.Wakes.Earliest(default));
    }

    private async Task<Caller> Found()
    {
        await new Administration(_store.Directory).Found(
            new Agency { Id = "river", Name = "River County", Zone = "America/Los_Angeles" },
            new Person { Id = "ada", Agency = "river", Name = "Ada", Email = "ada@river.test", Roles = [Role.Administrator, Role.Worker] },
            default);
        var directory = (await _store.Directory.Find("river", default))!;
        return new Caller(directory.Person("ada")!, directory, Opened);
    }

    private async Task Open(Caller worker, ICaseStore cases)
    {
        var files = new CaseFiles(new UnitOfWork(cases, new Pulses(), _mail), cases, _mail);
        var opened = await files.Open(
            worker,
            new NewCase { Number = "A", OpenedOn = worker.Today, Facts = [new Participant { Source = "1", On = worker.Today, Name = "A child", Role = ParticipantRole.FocusChild }] },
            default);
        Assert.Null(opened.Refusal);
    }

    private async Task Change(Caller ada, DateTimeOffset now)
    {
        var proposed = Sooner with { InForceFrom = DateOnly.FromDateTime(now.UtcDateTime) };
        Assert.Null((await new RuleKeeping(_store.Directory, new DeadlineComparison(_store.Cases)).Change(ada with { Now = now }, proposed, default)).Refusal);
    }

    private Ticker Ticker(ICaseStore cases) => new(cases, _store.Directory, _store.Wakes, _mail);
}
