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

/// <summary>Source systems number the children of each case from one; two cases must not be taken for each other because of it.</summary>
public sealed class AlikeCasesTests
{
    private static readonly DateTimeOffset Opened = new(2027, 1, 4, 18, 0, 0, TimeSpan.Zero);

    private readonly InMemoryStore _store = new();
    private readonly MailTexts _mail = new(new MailSettings("http://plans.test", "plans.test"));

    [Fact]
    public async Task Two_cases_whose_children_are_named_alike_each_get_their_overdue_mail_and_their_line_of_the_digest()
    {
        var worker = await Found();
        await Open(worker, "A");
        await Open(worker, "B");

        var soon = await DigestOn(new DateTimeOffset(2027, 1, 20, 15, 0, 0, TimeSpan.Zero));
        await Tick(new DateTimeOffset(2027, 2, 4, 15, 0, 0, TimeSpan.Zero));
        var mail = await _store.Outbox.List("river", CancellationToken.None);

        Assert.Contains("Case A", soon.Text, StringComparison.Ordinal);
        Assert.Contains("Case B", soon.Text, StringComparison.Ordinal);
        Assert.Equal(["river-a", "river-b"], mail.Where(message => message.Kind == MessageKind.FirstDayOverdue && message.Person == "walter").Select(message => message.Case).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_waits_for_somebody_who_has_left_is_read_by_somebody_who_has_not()
    {
        var worker = await Found();
        await Open(worker, "A");
        await Tick(new DateTimeOffset(2027, 1, 20, 15, 0, 0, TimeSpan.Zero));
        await _store.Directory.Save(worker.Person with { Id = "ada", Name = "Ada", Email = "ada@river.test", Roles = [Role.Administrator] }, CancellationToken.None);
        await _store.Directory.Save(worker.Person with { Active = false, Revision = 2 }, CancellationToken.None);

        var digest = await DigestOn(new DateTimeOffset(2027, 1, 21, 15, 0, 0, TimeSpan.Zero));

        Assert.Equal("ada@river.test", digest.Address);
        Assert.Contains("Case A", digest.Text, StringComparison.Ordinal);
        Assert.Empty(await _store.Inbox.Waiting("walter", CancellationToken.None));
    }

    private async Task<Caller> Found()
    {
        var administration = new Administration(_store.Directory);
        await administration.Found(
            new Agency { Id = "river", Name = "River County", Zone = "America/Los_Angeles" },
            new Person { Id = "walter", Agency = "river", Name = "Walter", Email = "walter@river.test", Roles = [Role.Administrator, Role.Worker] },
            CancellationToken.None);
        var directory = (await _store.Directory.Find("river", CancellationToken.None))!;
        return new Caller(directory.Person("walter")!, directory, Opened);
    }

    private async Task Open(Caller worker, string number)
    {
        var today = worker.Today;
        var files = new CaseFiles(new UnitOfWork(_store.Cases, new Pulses(), _mail), _store.Cases, _mail);
        var opened = await files.Open(
            worker,
            new NewCase
            {
                Number = number,
                OpenedOn = today,
                Facts = [new Participant { Source = "1", On = today, Name = "A child", Role = ParticipantRole.FocusChild }, new Assignment { Source = "1", On = today, Person = "walter" }],
            },
            CancellationToken.None);
        Assert.Null(opened.Refusal);
    }

    private async Task Tick(DateTimeOffset now)
    {
        var ticker = new Ticker(_store.Cases, _store.Directory, _store.Wakes, _mail);
        foreach (var wake in await _store.Wakes.Due(now, 100, CancellationToken.None))
        {
            await ticker.Tick(wake.Subject, now, CancellationToken.None);
        }
    }

    private async Task<Message> DigestOn(DateTimeOffset morning)
    {
        await Tick(morning);
        await new DigestJob(_store.Inbox, _store.Outbox, _store.Directory, _store.Cases, _mail).Run(morning, 100, CancellationToken.None);
        return (await _store.Outbox.List("river", CancellationToken.None)).First(message => message.Kind == MessageKind.Digest);
    }
}
