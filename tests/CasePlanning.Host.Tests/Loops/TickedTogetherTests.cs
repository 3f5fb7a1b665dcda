using CasePlanning.Application.Cases;
using CasePlanning.Application.Loop;
using CasePlanning.Application.Mail;
using CasePlanning.Application.People;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Host.Loop;
using CasePlanning.Storage;
using CasePlanning.Storage.Memory;
using CasePlanning.Storage.Sqlite;
using Microsoft.Extensions.Logging;
using Caller = CasePlanning.Application.Caller;

namespace CasePlanning.Host.Tests.Loops;

/// <summary>Cases ticked together are left as cases ticked one by one are.</summary>
public sealed class TickedTogetherTests : IAsyncDisposable
{
    private const int Cases = 20;
    private static readonly DateTimeOffset Opened = new(2027, 1, 4, 18, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ticked-together-");
    private readonly MailTexts _mail = new(new MailSettings("http://plans.test", "plans.test"));
    private readonly InMemoryStore _alone = new();
    private readonly SqliteStore _together;

    public TickedTogetherTests() => _together = SqliteStore.Open(Path.Combine(_folder.FullName, "case-planning.db"));

    [Fact]
    public async Task Four_months_of_twenty_cases_end_alike()
    {
        await Found(_alone);
        await Found(_together);

        for (var morning = Opened; morning < Opened.AddDays(120); morning = morning.AddDays(1))
        {
            foreach (var wake in (await _alone.Wakes.Due(morning, 1000, default)).DistinctBy(wake => wake.Case))
            {
                await Ticker(_alone).Tick(wake.Subject, morning, default);
            }

            var due = (await _together.Wakes.Due(morning, 1000, default)).DistinctBy(wake => wake.Case).Select(wake => wake.Subject);
            await Ticker(_together).Tick([.. due], morning, default);
        }

        Assert.True((await _alone.Outbox.List("river", default)).Count >= Cases, "every case had its mail on the first day overdue");
        Assert.Equal(await Told(_alone), await Told(_together));
    }

    [Fact]
    public async Task A_case_that_is_saved_by_somebody_else_meanwhile_is_ticked_again_at_once_and_is_no_failure()
    {
        await Found(_together);
        var morning = Opened.AddDays(31);
        var (contested, log) = (0, new Log());
        var cases = new Meanwhile(_together.Cases, async () => contested = await SaveAll());
        using var loop = new WakeDispatcher(new Ticker(cases, _together.Directory, _together.Wakes, _mail), _together.Wakes, new Pulses(), new TestClock(morning), log);

        await loop.StartAsync(CancellationToken.None);
        await loop.Quiet(CancellationToken.None);
        await loop.StopAsync(CancellationToken.None);

        Assert.Equal(Cases, contested);
        Assert.Empty(await _together.Wakes.Due(morning, 1000, default));
        Assert.Empty(log.Lines);
    }

    public async ValueTask DisposeAsync()
    {
        await _together.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Saves a unit of work for every case, and says for how many.</summary>
    private async Task<int> SaveAll()
    {
        var listed = await _together.Cases.Cases("river", default);
        foreach (var listing in listed)
        {
            CaseRecord record;
            do
            {
                record = (await _together.Cases.Find(listing.Case, default))!;
            }
            while (await _together.Cases.Save(new CaseChange { Case = listing.Case, ExpectedVersion = record.Version }, default) != SaveOutcome.Saved);
        }

        return listed.Count;
    }

    private Ticker Ticker(IStores stores) => new(stores.Cases, stores.Directory, stores.Wakes, _mail);

    private static async Task<List<string>> Told(IStores stores)
    {
        var told = new List<string>();
        foreach (var number in Enumerable.Range(1, Cases))
        {
            told.AddRange((await stores.Cases.Notices($"river-{number}", default)).Select(notice => $"{notice.Key} at {notice.RaisedAt:O}"));
            told.Add($"{(await stores.Wakes.Find($"plan:river-{number}.home", default))?.Due:O}");
        }

        return [.. told, .. (await stores.Outbox.List("river", default)).Select(message => message.Id).Order(StringComparer.Ordinal)];
    }

    private async Task Found(IStores stores)
    {
        await new Administration(stores.Directory).Found(
            new Agency { Id = "river", Name = "River County", Zone = "America/Los_Angeles" },
            new Person { Id = "walter", Agency = "river", Name = "Walter", Email = "walter@river.test", Roles = [Role.Administrator, Role.Worker] },
            default);
        var directory = (await stores.Directory.Find("river", default))!;
        var worker = new Caller(directory.Person("walter")!, directory, Opened);
        foreach (var number in Enumerable.Range(1, Cases))
        {
            var opened = await new CaseFiles(new UnitOfWork(stores.Cases, new Pulses(), _mail), stores.Cases, _mail).Open(
                worker,
                new NewCase
                {
                    Number = $"{number}",
                    OpenedOn = worker.Today.AddDays(-number % 7),
                    Facts =
                    [
                        new Participant { Source = "1", On = worker.Today.AddDays(-number % 7), Name = "A child", Role = ParticipantRole.FocusChild },
                        new Assignment { Source = "1", On = worker.Today.AddDays(-number % 7), Person = "walter" },
                    ],
                },
                default);
            Assert.Null(opened.Refusal);
        }
    }

    private sealed class Log : ILogger<WakeDispatcher>
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));
    }
}
