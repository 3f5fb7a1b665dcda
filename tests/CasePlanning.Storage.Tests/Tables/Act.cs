using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Tables;

/// <summary>Something that is done with a store, and may be done again when nobody knows whether it was.</summary>
internal sealed record Act(string Name, Func<IStores, Task> Do)
{
    private static readonly DateTimeOffset Noon = Sample.Noon;

    /// <summary>Every way a store is written to, one building on the other.</summary>
    public static IReadOnlyList<Act> All { get; } =
    [
        new("found an agency", stores => stores.Directory.Save(Sample.Agency(), default)),
        new("found another", stores => stores.Directory.Save(Sample.Agency("other"), default)),
        new("add a unit", stores => stores.Directory.Save(Sample.Unit("intake"), default)),
        new("add a person", stores => stores.Directory.Save(Sample.Person("ines"), default)),
        new("add another", stores => stores.Directory.Save(Sample.Person("raul"), default)),
        new("open a case", Saving(Sample.Opened("a-1") with
        {
            File = Sample.File("a-1", facts: [Sample.Assignment("s", "ines")]),
            Plans = [Sample.Plan("a-1")],
            History = [Sample.Entry("a-1", "1.1"), Sample.Entry("a-1", "1.2")],
            Wakes = [Sample.Wake("a-1", Noon), Sample.Wake("a-1", Noon.AddDays(9), "placed")],
            Reply = Sample.Reply("k", Noon.AddDays(900)),
        })),
        new("open another", Saving(Sample.Opened("a-2") with { Wakes = [Sample.Wake("a-2", Noon.AddDays(300))], Inbox = [Sample.Item("a-2", "9", "raul")] })),
        new("raise what is due", Saving(Sample.Next("a-1", 1) with
        {
            Marks = new(),
            Notices = [Sample.Notice("a-1", "1"), Sample.Notice("a-1", "2")],
            Inbox = [Sample.Item("a-1", "1"), Sample.Item("a-1", "2", "raul"), Sample.Item("a-1", "3", notBefore: Noon.AddDays(1))],
            Messages = [Sample.Message("m") with { Case = "a-1" }, Sample.Message("n", Noon.AddDays(1)) with { Case = "a-1", Kind = MessageKind.FirstDayOverdue }],
            Wakes = [Sample.Wake("a-1", Noon.AddDays(1)), Sample.Wake("a-1", Noon.AddDays(9), "placed")],
        })),
        new("raise it again, and hand a plan in", Saving(Sample.Next("a-1", 2) with
        {
            File = Sample.File("a-1", facts: [Sample.Assignment("s", "ines"), Sample.Assignment("t", "raul")]) with { Number = "new", Unit = null },
            Plans = [Sample.Plan("a-1", VersionStatus.PendingApproval)],
            Contents = [new() { Plan = "a-1.placed", Version = 1, Appropriateness = new string('x', 1_500_000) }],
            Progress = [new() { Plan = "a-1.placed", Version = 1 }],
            History = [Sample.Entry("a-1", "1.2", by: "nobody"), Sample.Entry("a-1", "3.1")],
            Notices = [Sample.Notice("a-1", "2") with { RuleName = "twice" }],
            Inbox = [Sample.Item("a-1", "1") with { RuleName = "twice" }],
            Messages = [Sample.Message("m") with { Case = "a-1", Subject = "twice" }],
            Wakes = [Sample.Wake("a-1", null), Sample.Wake("a-1", Noon.AddDays(5), "placed")],
        })),
        new("store a digest", stores => stores.Outbox.Add(Sample.Message("digest") with { Items = ["1>ines"] }, default)),
        new("mark what it carried", stores => stores.Inbox.MarkMailed(["1>ines"], "digest", default)),
        new("postpone the rest", stores => stores.Inbox.Postpone(["2>raul", "9>raul", "3>ines"], Noon.AddDays(2), default)),
        new("pass an item on", stores => stores.Inbox.Add([Sample.Item("a-1", "1", "raul", Noon.AddDays(3)), Sample.Item("a-1", "2", "raul")], default)),
        new("send a message", stores => stores.Outbox.Update(Sample.Message("m") with { State = MessageState.Sent, SentAt = Noon, Revision = 1 }, default)),
        new("try one in vain", stores => stores.Outbox.Update(Sample.Message("n", Noon.AddDays(2)) with { Attempts = 1, LastError = "Greylisted", Revision = 1 }, default)),
        new("give it up", stores => stores.Outbox.Update(Sample.Message("n") with { State = MessageState.Dead, Unheard = true, Revision = 2 }, default, Sample.Message("next") with { Case = "a-1" })),
        new("release it", stores => stores.Outbox.Update(Sample.Message("n", Noon.AddDays(3)) with { Revision = 3 }, default)),
        new("open a calendar", stores => stores.Calendars.Save(new("sample", "ines", "first", Noon), default)),
        new("replace it", stores => stores.Calendars.Save(new("sample", "ines", "second", Noon.AddDays(1)), default)),
        new("change a person", stores => stores.Directory.Save(Sample.Person("raul", revision: 2) with { Email = "olaf@county.example" }, default, hasten: Noon.AddDays(4))),
        new("decide with the directory as it was", Saving(Sample.Next("a-1", 3) with { DecidedWith = new("sample", 4), Wakes = [Sample.Wake("a-1", null), Sample.Wake("a-1", Noon.AddDays(30), "placed")] })),
        new("decide with it as it is", Saving(Sample.Next("a-1", 4) with { DecidedWith = new("sample", 5), Wakes = [Sample.Wake("a-1", null), Sample.Wake("a-1", Noon.AddDays(40), "placed")] })),
        new("change the agency", stores => stores.Directory.Save(Sample.Agency(revision: 2) with { Name = "renamed" }, default, hasten: Noon.AddDays(6))),
        new("transfer a case", Saving(Sample.Next("a-1", 5) with
        {
            File = Sample.File("a-1", "other", [Sample.Assignment("s", "ines")]),
            Inbox = [Sample.Item("a-1", "8", "olaf") with { Agency = "other" }],
            History = [Sample.Entry("a-1", "6.1")],
        })),
        new("close the calendar", stores => stores.Calendars.Remove("ines", default)),
    ];

    /// <summary>Saves a unit; where it turns out to have been saved by the try before, it is.</summary>
    private static Func<IStores, Task> Saving(CaseChange change) => async stores =>
    {
        var outcome = await stores.Cases.Save(change, default);
        if (outcome == SaveOutcome.Conflict)
        {
            Assert.Equal(change.ExpectedVersion + 1, (await stores.Cases.Find(change.Case, default))!.Version);
        }
    };
}
