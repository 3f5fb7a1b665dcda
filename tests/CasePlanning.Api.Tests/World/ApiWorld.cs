using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Storage;
using CasePlanning.Storage.Memory;
using CasePlanning.Storage.Sqlite;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Api.Tests.World;

/// <summary>
/// The operations behind a real server on loopback, with one agency: Will works in the north unit under Sue and Max, Wendy in the south
/// unit under Sid; Ada administers, Otto audits. It is Monday 2026-03-02, 10:00 in Chicago.
/// </summary>
public partial class ApiWorld : IAsyncLifetime
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 2, 16, 0, 0, TimeSpan.Zero);

    private WebApplication? _app;
    private string? _folder;

    public TestClock Clock { get; } = new(Monday);

    public TestLog Log { get; } = new();

    /// <summary>Whose loops were told of saves.</summary>
    public ConcurrentQueue<string> Signalled { get; } = [];

    public IStores Stores { get; protected set; } = new InMemoryStore();

    public Client As(string person) => With($"sub={person}");

    public Client Anonymous => new(NewHttp());

    /// <summary>Somebody with a token of these claims.</summary>
    public Client With(string claims) => new(NewHttp(), claims);

    public async Task InitializeAsync()
    {
        await Settle();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.AddAuthentication(TestSignIn.Name).AddScheme<AuthenticationSchemeOptions, TestSignIn>(TestSignIn.Name, null);
        builder.Services.AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Cases(Stores.Cases)).AddSingleton(Stores.Directory).AddSingleton(Stores.Wakes).AddSingleton(Stores.Inbox).AddSingleton(Stores.Outbox).AddSingleton(Stores.Calendars)
            .AddSingleton<ISignal>(new Signal(Signalled)).AddSingleton<IMailSender, NoMail>();
        builder.Services.AddCasePlanningApi(new ApiOptions
        {
            InstallationAdministrators = ["root@installation.org"],
            Mail = new MailSettings("http://localhost:5080", "localhost"),
        });
        _app = builder.Build();
        _app.UseAuthentication();
        _app.MapCasePlanningOperations();
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        foreach (var agency in await Stores.Directory.Agencies(default))
        {
            Assert.All(await Stores.Outbox.List(agency.Id, default, limit: int.MaxValue), message => Assert.DoesNotMatch(Families(), $"{message.Subject}\n{message.Text}\n{message.Html}"));
        }

        await Stores.DisposeAsync();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Called by a constructor, to have the store that keeps things on disk.</summary>
    protected void KeepOnDisk()
    {
        _folder = Directory.CreateTempSubdirectory("case-planning-api").FullName;
        Stores = SqliteStore.Open(Path.Combine(_folder, "cases.db"));
    }

    /// <summary>The families of the samples, and words of their stories: no mail of any test holds one.</summary>
    [GeneratedRegex(@"\b(Daniel|Theresa|Ana|Raul)\b|school|violence|Relatives|Transport|Rides|team meets", RegexOptions.IgnoreCase)]
    private static partial Regex Families();

    /// <summary>Waits until the server has nothing left to do, and stops it.</summary>
    public Task Stop() => _app!.StopAsync();

    /// <summary>What the operations see as the store of cases; a test may put something in between.</summary>
    protected virtual ICaseStore Cases(ICaseStore cases) => cases;

    protected HttpClient NewHttp() => new() { BaseAddress = new Uri(_app!.Urls.First()) };

    private async Task Settle()
    {
        await Stores.Directory.Save(new Agency { Id = "sample", Name = "Sample County", Zone = "America/Chicago" }, default);
        await Stores.Directory.Save(new Agency { Id = "other", Name = "Other County", Zone = "America/Chicago" }, default);
        await Save("ada", null, Role.Administrator);
        await Save("otto", null, Role.Auditor);
        await Save("sue", null, Role.Supervisor);
        await Save("sid", null, Role.Supervisor);
        await Save("max", null, Role.Manager);
        await Stores.Directory.Save(new Unit { Id = "north", Agency = "sample", Name = "North", Supervisor = "sue", Manager = "max" }, default);
        await Stores.Directory.Save(new Unit { Id = "south", Agency = "sample", Name = "South", Supervisor = "sid", Manager = "max" }, default);
        await Save("will", "north", Role.Worker);
        await Save("wendy", "south", Role.Worker);
        await Save("gone", "north", Role.Worker, active: false);
        await Stores.Directory.Save(Entry("olga", null, Role.Administrator) with { Agency = "other" }, default);
    }

    private Task<SaveOutcome> Save(string id, string? unit, Role role, bool active = true) => Stores.Directory.Save(Entry(id, unit, role) with { Active = active }, default);

    private static Person Entry(string id, string? unit, Role role) => new()
    {
        Id = id,
        Agency = "sample",
        Name = id,
        Email = $"{id}@sample.org",
        Subject = id,
        Unit = unit,
        Roles = [role],
    };

    private sealed class Signal(ConcurrentQueue<string> signalled) : ISignal
    {
        public Task Nearer(string subject, DateTimeOffset due, CancellationToken ct)
        {
            signalled.Enqueue(subject);
            return Task.CompletedTask;
        }
    }

    private sealed class NoMail : IMailSender
    {
        public Task<SendOutcome> Send(Message message, CancellationToken ct) => Task.FromResult<SendOutcome>(new SendOutcome.Sent());
    }
}
