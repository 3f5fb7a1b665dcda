using System.Globalization;
using System.Text.RegularExpressions;
using CasePlanning.Application;
using CasePlanning.Application.Cases;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;
using CasePlanning.Host.Simulation;
using CasePlanning.Host.Tests.Processes;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Host.Tests.Mail;

/// <summary>
/// River County in Los Angeles, under the default pack, over a real SQLite store: Will and Wendy work in the unit North, which Sue supervises
/// and Max manages; Ada administers. No mail may name a family. The clock stands wherever a test puts it; what falls due on the way happens.
/// </summary>
internal sealed partial class MailWorld : IAsyncDisposable
{
    public const string Agency = "river";

    private static readonly CancellationToken Ct = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    private MailWorld(DateTimeOffset now)
    {
        _store = SqliteStore.Open(_folder.Of("cases.db"));
        Use = new UseCases(_store);
        Now = now;
    }

    public UseCases Use { get; }

    public DateTimeOffset Now { get; private set; }

    /// <summary>Everything handed over so far, in its order.</summary>
    public List<(DateTimeOffset At, Message Message)> Sent { get; } = [];

    /// <summary>The agency on a local day and time, e.g. <c>2027-01-04 09:00</c>.</summary>
    public static async Task<MailWorld> On(string local, params string[] packs)
    {
        var world = new MailWorld(Instant(local));
        var ada = Entry("ada", null, Role.Administrator);
        Assert.Null((await world.Use.Administration.Found(new Agency { Id = Agency, Name = "River County", Zone = "America/Los_Angeles", Packs = packs is [] ? ["default"] : packs }, ada, Ct)).Refusal);
        await world.Put(new Unit { Id = "north", Agency = Agency, Name = "North" });
        await world.Put(Entry("will", "north", Role.Worker));
        await world.Put(Entry("wendy", "north", Role.Worker));
        await world.Put(Entry("sue", null, Role.Supervisor));
        await world.Put(Entry("max", null, Role.Manager));
        await world.Put(new Unit { Id = "north", Agency = Agency, Name = "North", Supervisor = "sue", Manager = "max" });
        return world;
    }

    public static Person Entry(string id, string? unit, Role role) =>
        new() { Id = id, Agency = Agency, Name = id, Email = $"{id}@river.example", Unit = unit, Roles = [role] };

    public static DateTimeOffset Instant(string local) => new Agency { Id = Agency, Name = "", Zone = "America/Los_Angeles" }.Calendar()
        .At(Day(local[..10]), TimeOnly.ParseExact(local[11..], "HH:mm", CultureInfo.InvariantCulture));

    /// <summary>Moves the clock, and lets everything happen that falls due up to then, then included.</summary>
    public async Task Play(string until)
    {
        var to = Instant(until);
        while (await Next() is { } at && at <= to)
        {
            Now = at > Now ? at : Now;
            await Loops();
        }

        Now = to;
    }

    /// <summary>Moves the clock while nothing runs; what fell due meanwhile happens at its end, at once.</summary>
    public async Task Outage(string until)
    {
        Now = Instant(until);
        await Play(until);
    }

    public async Task<Caller> As(string person)
    {
        var directory = (await _store.Directory.Find(Agency, Ct))!;
        return new Caller(directory.Person(person)!, directory, Now);
    }

    public async Task Put(Person person) => Assert.Null((await Use.Administration.Put(await As("ada"), person, null, Ct)).Refusal);

    public async Task Put(Unit unit) => Assert.Null((await Use.Administration.Put(await As("ada"), unit, null, Ct)).Refusal);

    public async Task Prefers(string person, MailPreferences mail) => Assert.Null((await Use.Administration.PutPreferences(await As(person), mail, Ct)).Refusal);

    public async Task Away(string person, string from, string to, string? cover) => Assert.Null((await Use.Administration.PutAbsence(
        await As("ada"), person, new Absence { Id = $"away-{from}", From = Day(from), To = Day(to), Cover = cover }, Ct)).Refusal);

    /// <summary>Opens a case today with children at home, assigned to somebody.</summary>
    public async Task<string> Open(string number, string? worker = "will", int children = 1, string? unit = "north")
    {
        var caller = await As("ada");
        var facts = Enumerable.Range(1, children).Select(child => (Fact)new Participant
        {
            Source = $"child-{child}", On = caller.Today, Name = $"Zephyrine {number}", Role = ParticipantRole.FocusChild, BirthDate = new DateOnly(2015, 5, 1), PersonType = PersonType.Voluntary,
        }).Append(new Participant { Source = "parent", On = caller.Today, Name = "Philippa", Role = ParticipantRole.Parent });
        var opened = await Use.Files.Open(caller, new NewCase { Number = number, OpenedOn = caller.Today, Unit = unit, Facts = [.. facts, .. worker is null ? Array.Empty<Fact>() : [Assigned(worker, caller.Today)]] }, Ct);
        Assert.Null(opened.Refusal);
        return opened.Value.Id;
    }

    public async Task Assign(string number, string worker)
    {
        var caller = await As("ada");
        Assert.Null((await Use.Files.Record(caller, $"river-{number}", Assigned(worker, caller.Today), Ct)).Refusal);
    }

    public async Task Record(string number, Fact fact) => Assert.Null((await Use.Files.Record(await As("ada"), $"river-{number}", fact, Ct)).Refusal);

    /// <summary>Writes an initial plan at home and submits it.</summary>
    public async Task Submit(string number, string by = "will")
    {
        var plan = $"river-{number}.home";
        var caller = await As(by);
        var created = await Use.Drafting.Create(caller, plan, new VersionRequest { Version = new NewVersion { Kind = CreateKind.Initial, PlanDate = caller.Today } }, Ct);
        Assert.Null(created.Refusal);
        var (version, content) = (created.Value.Version, created.Value.Content);
        var head = new DraftHead(version.PlanDate, null, version.FocusChildren, version.Participants);
        var saved = await Use.Drafting.Save(caller, plan, version.Number, new DraftSave(head, Complete(content, version), content.Revision), Ct);
        Assert.Null(saved.Refusal);
        Assert.Null((await Use.Submissions.Submit(caller, plan, null, Ct)).Refusal);
    }

    public async Task<Result<CasePlan>> Approve(string number, string by) =>
        await Use.Submissions.Decide(await As(by), $"river-{number}.home", new Decision { Kind = DecisionKind.Approve }, Ct);

    /// <summary>What somebody was sent on a local day, in its order.</summary>
    public IReadOnlyList<Message> To(string person, string day) =>
        [.. Sent.Where(sent => sent.Message.Person == person && LocalDay(sent.At) == Day(day)).Select(sent => sent.Message)];

    public IReadOnlyList<Message> Digests(string person) => [.. Sent.Where(sent => sent.Message.Person == person && sent.Message.Kind == MessageKind.Digest).Select(sent => sent.Message)];

    public static DateOnly Day(string date) => DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Local(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles")).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Who was told what about a case, as its history says.</summary>
    public async Task<IReadOnlyList<Telling>> Told(string number) => (await Use.Reading.History(await As("ada"), $"river-{number}", null, Ct)).Value.Told;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private static PlanContent Complete(PlanContent content, PlanVersion version) => content with
    {
        Signatures = [.. version.FocusChildren.Concat(version.Participants).Select(each => new Signature { Participant = each, Signed = version.CreatedOn })],
        ServiceObjectives = [new ServiceObjective { Id = "1", Participant = "parent", Objective = "Zephyrine is driven to school", ProjectedCompletion = version.PlanDate.AddDays(60) }],
        Cps = new CpsSection
        {
            CaseInformation = "Family of two", Persons = "Zephyrine, Philippa", Reasons = "Supervision", FamilyStrengths = "Relatives near", FamilyNeeds = "Transport", Goals = "School every day",
            WhatMustHappen = "Rides are arranged", OtherNeeds = "None", ReviewOn = version.PlanDate.AddDays(80), IfBehaviorDoesNotChange = "The team meets",
        },
    };

    private static Assignment Assigned(string worker, DateOnly on) => new() { Source = FormattableString.Invariant($"{worker}-{on:yyyyMMdd}"), On = on, Person = worker };

    /// <summary>Every name, and words of every narrative, that this world records.</summary>
    [GeneratedRegex("Zephyrine|Philippa|driven|Transport|Relatives|Supervision|School|Rides|team meets", RegexOptions.IgnoreCase)]
    private static partial Regex Families();

    private static DateOnly LocalDay(DateTimeOffset instant) => Day(Local(instant)[..10]);

    private async Task<DateTimeOffset?> Next()
    {
        DateTimeOffset?[] all = [await _store.Wakes.Earliest(Ct), await _store.Inbox.Earliest(Ct), await Use.Summaries.Next(Now, Ct), await _store.Outbox.Earliest(Ct)];
        return all.Min();
    }

    private async Task Loops()
    {
        foreach (var wake in await _store.Wakes.Due(Now, int.MaxValue, Ct))
        {
            await Use.Ticker.Tick(wake.Subject, Now, Ct);
        }

        await Use.Digests.Run(Now, int.MaxValue, Ct);
        await Use.Summaries.Run(Now, Ct);
        foreach (var message in await _store.Outbox.Waiting(Now, int.MaxValue, Ct))
        {
            await Use.Mail.Dispatch(message.Id, Now, Ct);
        }

        foreach (var message in Use.Sent.Take())
        {
            Assert.DoesNotMatch(Families(), $"{message.Subject}\n{message.Text}\n{message.Html}");
            Sent.Add((Now, message));
        }
    }
}
