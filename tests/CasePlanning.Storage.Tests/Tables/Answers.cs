using System.Text.Json;
using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Tables;

/// <summary>Everything a store can be asked about a few cases, people, agencies and messages, as text.</summary>
internal static class Answers
{
    private static readonly string[] Agencies = ["sample", "other"];
    private static readonly string[] People = ["ines", "raul", "olaf"];
    private static readonly string[] Cases = ["a-1", "a-2"];
    private static readonly string[] Messages = ["m", "n", "digest", "next"];
    private static readonly DateTimeOffset[] Instants = [Sample.Noon.AddDays(-1), Sample.Noon, Sample.Noon.AddDays(1), Sample.Noon.AddDays(400)];

    public static async Task<string> Of(IStores stores)
    {
        var lines = new List<string>();
        await Cross(stores, Say);
        foreach (var agency in Agencies)
        {
            await OfAgency(stores, agency, Say);
        }

        foreach (var person in People)
        {
            Say($"person {person}", await stores.Directory.FindPerson($"{person}@county.example", default));
            Say($"inbox of {person}", await stores.Inbox.Waiting(person, default));
            Say($"feed of {person}", await stores.Calendars.Find(person, default));
        }

        foreach (var each in Cases)
        {
            await OfCase(stores, each, Say);
        }

        foreach (var message in Messages)
        {
            Say($"message {message}", await stores.Outbox.Find(message, default));
            Say($"carried by {message}", await stores.Inbox.CarriedBy(message, default));
        }

        return string.Join('\n', lines);

        void Say(string what, object? answer) => lines.Add($"{what}: {JsonSerializer.Serialize(answer, StorageJson.Options)}");
    }

    private static async Task Cross(IStores stores, Action<string, object?> say)
    {
        foreach (var instant in Instants)
        {
            say($"wakes due {instant:O}", await stores.Wakes.Due(instant, 100, default));
            say($"digests at {instant:O}", (await stores.Inbox.PeopleWaiting(instant, 100, default)).Select(each => $"{each.Agency}/{each.Person}").ToArray());
            say($"mail at {instant:O}", await stores.Outbox.Waiting(instant, 100, default));
        }

        say("wake", await stores.Wakes.Earliest(default));
        say("digest", await stores.Inbox.Earliest(default));
        say("mail", await stores.Outbox.Earliest(default));
        say("oldest mail", await stores.Outbox.OldestWaiting(default));
        say("unheard", await stores.Outbox.Unheard(default));
        say("agencies", await stores.Directory.Agencies(default));
        foreach (var hash in new[] { "first", "second" })
        {
            say($"feed with {hash}", await stores.Calendars.FindByToken(hash, default));
        }

        say("reply", await stores.Cases.FindReply("k", Sample.Noon, default));
    }

    private static async Task OfAgency(IStores stores, string agency, Action<string, object?> say)
    {
        var directory = await stores.Directory.Find(agency, default);
        say($"directory of {agency}", directory is null ? null : (object[])[directory.Revision, directory.Agency, directory.Units.ToArray(), directory.People.ToArray()]);
        say($"cases of {agency}", await stores.Cases.Cases(agency, default));
        say($"pending in {agency}", await stores.Cases.PlansPendingApproval(agency, default));
        foreach (var person in People)
        {
            say($"cases of {person} in {agency}", await stores.Cases.Cases(agency, default, person));
        }

        foreach (var state in new MessageState?[] { null, MessageState.Waiting, MessageState.Sent, MessageState.Dead })
        {
            say($"{state} mail of {agency}", await stores.Outbox.List(agency, default, state));
            say($"{state} mail of {agency} about a-1", await stores.Outbox.List(agency, default, state, "a-1"));
        }
    }

    private static async Task OfCase(IStores stores, string id, Action<string, object?> say)
    {
        say($"case {id}", await stores.Cases.Find(id, default));
        say($"content of {id}", await stores.Cases.FindContent($"{id}.placed", 1, default));
        say($"progress of {id}", await stores.Cases.FindProgress($"{id}.placed", 1, default));
        say($"history of {id}", await stores.Cases.History(id, default));
        say($"notices of {id}", await stores.Cases.Notices(id, default));
        say($"inbox of {id}", await stores.Inbox.OfCase(id, default));
        say($"wake of {id}", await stores.Wakes.Find($"case:{id}", default));
        say($"wake of the plan of {id}", await stores.Wakes.Find($"plan:{id}.placed", default));
    }
}
