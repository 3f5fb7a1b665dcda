using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Api.Tests.World;

/// <summary>
/// The world with two more agencies over the store that keeps things on disk. Each has one unit; its people are named by what they are and
/// their agency, e.g. <c>supervisor.dane</c>.
/// </summary>
public abstract class TwoAgencies : ApiWorld, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("case-planning-api").FullName;
    private readonly MailTexts _mail = new(new MailSettings("http://localhost:5080", "localhost"));

    protected TwoAgencies() => Stores = SqliteStore.Open(Path.Combine(_folder, "cases.db"));

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

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

    protected Task Tick(string caseId) => new Ticker(Stores.Cases, Stores.Directory, Stores.Wakes, _mail).Tick($"case:{caseId}", Clock.Now, default);

    protected Task Digests() => new DigestJob(Stores.Inbox, Stores.Outbox, Stores.Directory, Stores.Cases, _mail).Run(Clock.Now, 100, default);

    /// <summary>Hands over all waiting mail and says who got it.</summary>
    protected async Task<string[]> Delivered()
    {
        var sender = new Postbox();
        var dispatch = new MailDispatch(
            Stores.Outbox, Stores.Cases, Stores.Directory, sender,
            new DeadLetters(Stores.Cases, Stores.Directory, Stores.Inbox, Stores.Outbox, new UndeliveredTexts(new MailSettings("http://localhost:5080", "localhost"))),
            new DigestJob(Stores.Inbox, Stores.Outbox, Stores.Directory, Stores.Cases, _mail));
        foreach (var message in await Stores.Outbox.Waiting(Clock.Now, 1000, default))
        {
            await dispatch.Dispatch(message.Id, Clock.Now, default);
        }

        return [.. sender.Sent.Order(StringComparer.Ordinal)];
    }

    private Task<SaveOutcome> Save(string agency, Role role, string? unit)
    {
        var word = role.ToString().ToLowerInvariant();
        return Stores.Directory.Save(
            new Person { Id = $"{word}.{agency}", Agency = agency, Name = word, Email = $"{word}@{agency}.org", Subject = $"{word}.{agency}", Unit = unit, Roles = [role] }, default);
    }

    private sealed class Postbox : IMailSender
    {
        public List<string> Sent { get; } = [];

        public Task<SendOutcome> Send(Message message, CancellationToken ct)
        {
            Sent.Add($"{message.Person}: {message.Subject}");
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent());
        }
    }
}
