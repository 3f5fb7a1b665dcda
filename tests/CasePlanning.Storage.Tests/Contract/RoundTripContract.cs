using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Storage.Tests.Contract;

/// <summary>Every document comes back with every member, filled or bare; only the ids that hold them together are set by hand.</summary>
public abstract class RoundTripContract : StoreContract
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_case_comes_back_whole(bool bare)
    {
        var change = Change(bare);
        await Saved(change);

        var found = await Stores.Cases.Find("a-1", Ct);
        Same.As(change.File, found!.File);
        Same.As(change.Plans, found.Plans);
        Same.As(change.Marks, found.Marks);
        Same.As(change.Contents[0], await Stores.Cases.FindContent("a-1.placed", change.Contents[0].Version, Ct));
        Same.As(change.Progress[0], await Stores.Cases.FindProgress("a-1.placed", change.Progress[0].Version, Ct));
        Same.As(change.History, await Stores.Cases.History("a-1", Ct));
        Same.As(change.Notices, await Stores.Cases.Notices("a-1", Ct));
        Same.As(change.Inbox, await Stores.Inbox.Waiting(change.Inbox[0].Person, Ct));
        Same.As(change.Messages[0], await Stores.Outbox.Find(change.Messages[0].Id, Ct));
        Same.As(change.Messages, await Stores.Outbox.List(change.Messages[0].Agency, Ct));
        Same.As(change.Reply, await Stores.Cases.FindReply(change.Reply!.Key, DateTimeOffset.MinValue, Ct));
        Same.As(change.Wakes[0], await Stores.Wakes.Find(change.Wakes[0].Subject, Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_directory_comes_back_whole(bool bare)
    {
        var agency = Make<Agency>(bare) with { Id = "sample", Zone = "America/Chicago", Revision = 1 };
        var unit = Make<Unit>(bare) with { Agency = "sample", Revision = 1 };
        var person = Make<Person>(bare) with { Agency = "sample", Revision = 1 };
        await Stores.Directory.Save(agency, Ct);
        await Stores.Directory.Save(unit, Ct);
        await Stores.Directory.Save(person, Ct);

        var found = await Stores.Directory.Find("sample", Ct);
        Same.As(agency, found!.Agency);
        Same.As(agency, (await Stores.Directory.Agencies(Ct))[0]);
        Same.As(unit, found.Unit(unit.Id));
        Same.As(person, found.Person(person.Id));
        Same.As(person, await Stores.Directory.FindPerson(person.Subject ?? person.Email, Ct));
    }

    [Fact]
    public async Task An_instant_given_in_another_zone_comes_back_in_UTC()
    {
        var local = new DateTimeOffset(2026, 7, 1, 9, 30, 0, TimeSpan.FromHours(-5)).AddTicks(1);
        await Saved(Sample.Opened("a-1") with
        {
            Notices = [Sample.Notice("a-1", "k", local)],
            Inbox = [Sample.Item("a-1", "k", notBefore: local)],
            Messages = [Sample.Message("m", local)],
        });

        var instants = new[]
        {
            (await Stores.Cases.Notices("a-1", Ct))[0].RaisedAt, (await Stores.Inbox.Waiting("ines", Ct))[0].NotBefore, (await Stores.Outbox.Find("m", Ct))!.NextAttempt,
            (await Stores.Inbox.Earliest(Ct))!.Value, (await Stores.Outbox.Earliest(Ct))!.Value,
        };
        Assert.All(instants, instant => Assert.True(instant.EqualsExact(local.ToUniversalTime())));
    }

    private static CaseChange Change(bool bare) => new()
    {
        Case = "a-1",
        ExpectedVersion = 0,
        File = Make<CaseFile>(bare) with { Id = "a-1" },
        Plans = [Make<CasePlan>(bare) with { Id = "a-1.placed", Case = "a-1" }],
        Contents = [Make<PlanContent>(bare) with { Plan = "a-1.placed" }],
        Progress = [Make<PlanProgress>(bare) with { Plan = "a-1.placed" }],
        Marks = Make<Marks>(bare),
        History = [Make<HistoryEntry>(bare) with { Case = "a-1" }],
        Notices = [Make<Notice>(bare) with { Case = "a-1" }],
        Inbox = [Make<InboxItem>(bare) with { Case = "a-1", Key = "k>ines", Person = "ines", MailedIn = null }],
        Messages = [Make<Message>(bare) with { Case = "a-1" }],
        Wakes = [Make<Wake>(bare: false) with { Subject = "case:a-1", Case = "a-1" }],
        Reply = Make<StoredReply>(bare),
    };

    private static T Make<T>(bool bare) => bare ? Filled.Bare<T>() : Filled.Out<T>();
}
