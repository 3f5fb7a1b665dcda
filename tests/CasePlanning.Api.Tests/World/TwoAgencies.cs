using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Api.Tests.World;

/// <summary>
/// The world with two more agencies over the store that keeps things on disk. Each has one unit; its people are named by what they are and
/// their agency, e.g. <c>supervisor.dane</c>.
/// </summary>
public abstract class TwoAgencies : ApiWorld
{
    protected TwoAgencies() => KeepOnDisk();

    protected async Task Found(string id, string zone, params string[] packs)
    {
        await Stores.Directory.Save(new Agency { Id = id, Name = $"{id} county", Zone = zone, Packs = packs }, default);
        foreach (var role in new[] { Role.Administrator, Role.Supervisor, Role.Manager })
        {
            await Save(id, role, unit: null);
        }

        await Stores.Directory.Save(new Unit { Id = "family", Agency = id, Name = "Family", Supervisor = $"supervisor.{id}", Manager = $"manager.{id}" }, default);
        await Save(id, Role.Worker, "family");
    }

    /// <summary>Hands over all waiting mail and says who got it.</summary>
    protected async Task<string[]> Delivered()
    {
        var before = Mails.Sent.Count;
        await Dispatch();
        return [.. Mails.Sent.Skip(before).Select(message => $"{message.Person}: {message.Subject}").Order(StringComparer.Ordinal)];
    }

    private Task<SaveOutcome> Save(string agency, Role role, string? unit)
    {
        var word = role.ToString().ToLowerInvariant();
        return Stores.Directory.Save(
            new Person { Id = $"{word}.{agency}", Agency = agency, Name = word, Email = $"{word}@{agency}.org", Subject = $"{word}.{agency}", Unit = unit, Roles = [role] }, default);
    }
}
