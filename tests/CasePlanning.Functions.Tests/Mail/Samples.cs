using System.Net.Mail;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Functions.Settings;
using CasePlanning.Storage.Memory;

namespace CasePlanning.Functions.Tests.Mail;

/// <summary>An agency with a worker, a supervisor and an administrator, and a message to the worker.</summary>
internal static class Samples
{
    public const string MessageId = "0123456789abcdef0123456789abcdef@plans.example.org";

    public static DateTimeOffset Stored { get; } = new(2026, 3, 2, 17, 0, 0, TimeSpan.Zero);

    public static Message Message { get; } = new()
    {
        Id = MessageId,
        Kind = MessageKind.FirstDayOverdue,
        Agency = "county",
        Person = "worker",
        Role = Role.Worker,
        Address = "worker@example.org",
        Subject = "Case 1: a plan is overdue",
        Body = new MailBody("", [new MailPart.Written("It was due yesterday.", "<p>It was due yesterday.</p>")]),
        StoredAt = Stored,
        NextAttempt = Stored,
    };

    public static SendGridSettings Settings(Uri address, bool sandbox = false, string? eventKey = null) =>
        new("key-of-the-account", address, new MailAddress("Case planning <plans@example.org>"), sandbox, eventKey);

    public static async Task<InMemoryStore> Store()
    {
        var store = new InMemoryStore();
        await store.Directory.Save(new Agency { Id = "county", Name = "County", Zone = "America/Los_Angeles" }, default);
        await store.Directory.Save(new Unit { Id = "unit", Agency = "county", Name = "Unit", Supervisor = "supervisor" }, default);
        foreach (var (id, role) in new[] { ("worker", Role.Worker), ("supervisor", Role.Supervisor), ("administrator", Role.Administrator) })
        {
            await store.Directory.Save(new Person { Id = id, Agency = "county", Name = id, Email = $"{id}@example.org", Unit = "unit", Roles = [role] }, default);
        }

        await store.Outbox.Add(Message, default);
        return store;
    }
}
