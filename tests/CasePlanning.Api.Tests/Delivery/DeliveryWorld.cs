using System.Net;
using System.Text.Json.Nodes;
using CasePlanning.Api.Tests.World;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Api.Tests.Delivery;

/// <summary>What became of mail, as the operations and the stores show it.</summary>
public abstract class DeliveryWorld : ApiWorld
{
    protected static Person Administrator(string id) => new() { Id = id, Agency = "sample", Name = id, Email = $"{id}@sample.org", Subject = id, Roles = [Role.Administrator] };

    protected async Task Change(string id, Func<Person, Person> change)
    {
        var person = (await Stores.Directory.Find("sample", default))!.Person(id)!;
        Assert.Equal(SaveOutcome.Saved, await Stores.Directory.Save(change(person) with { Revision = person.Revision + 1 }, default));
    }

    protected async Task<IReadOnlyList<Message>> Mail(MessageState? state = null) => await Stores.Outbox.List("sample", default, state);

    /// <param name="at">When it happened; now, where it is left out.</param>
    protected async Task<Answer> Report(string id, string outcome, string? reason = null, DateTimeOffset? at = null) =>
        (await As("ada").Post($"/api/mail/{id}/delivery", new { outcome, reason, at = at ?? Clock.Now })).Expect(HttpStatusCode.OK);

    protected async Task<JsonNode[]> Told(string path) => [.. (await As("otto").Get($"{path}/history")).Expect(HttpStatusCode.OK).Json["told"]!.AsArray().Select(each => each!)];

    protected static IEnumerable<string> States(IEnumerable<JsonNode> told) => told.Select(each => (string)each["state"]!);

    /// <summary>Raises what is due, moves on to the next working morning, and has the digests written.</summary>
    protected async Task<Message> DigestOf(string person)
    {
        await Raise();
        Clock.Now = (await Stores.Inbox.Waiting(person, default)).Max(item => item.NotBefore) is var morning && morning > Clock.Now ? morning : Clock.Now;
        await Digests();
        return (await Mail()).First(message => message.Kind == MessageKind.Digest && message.Person == person);
    }
}
