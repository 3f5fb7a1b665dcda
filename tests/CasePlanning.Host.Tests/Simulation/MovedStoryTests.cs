using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Host.Simulation;
using CasePlanning.Host.Tests.Processes;
using CasePlanning.Storage;
using CasePlanning.Storage.Moving;
using CasePlanning.Storage.Sqlite;
using CasePlanning.Storage.Tables;
using Player = CasePlanning.Host.Simulation.Simulation;

namespace CasePlanning.Host.Tests.Simulation;

/// <summary>A case is played up to a day, moved into another house, and there its wakes, digests and mails go on as they would have.</summary>
public sealed class MovedStoryTests : IDisposable
{
    /// <summary>What a mail says is compared as it is laid out.</summary>
    private static readonly MailBody Elsewhere = MailBody.Of("");

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("martinez", "2006-02-01")]
    [InlineData("five-packs", "2026-03-15")]
    public async Task Reminders_go_on_in_the_new_house(string name, string day)
    {
        var until = DateOnly.ParseExact(day, "yyyy-MM-dd", null);
        await using var old = SqliteStore.Open(_folder.Of("cases.db"));
        var scenario = Playing.Read(name);
        await Player.Play(scenario, until, _ => { }, CancellationToken.None, new UseCases(old));
        var tables = new TablesStore(new InMemoryTableService(TimeProvider.System));
        await Mover.Export(old.Whole, _folder.Of("export"), _ => { }, default);
        await Mover.Import(_folder.Of("export"), tables.Whole, (_, _) => { }, default);

        var there = await GoOn(tables, until);

        Assert.Equal(await GoOn(old, until), there);
        Assert.NotEmpty(there);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs the loops for sixty days in which nobody does anything, and gives what was mailed.</summary>
    private static async Task<IReadOnlyList<(Message Head, string Text, string Html)>> GoOn(IStores stores, DateOnly from)
    {
        var use = new UseCases(stores);
        var now = new DateTimeOffset(from.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).ToUniversalTime();
        for (var end = now.AddDays(60); now < end; now = now.AddHours(3))
        {
            while (await stores.Wakes.Due(now, 100, default) is { Count: > 0 } due)
            {
                foreach (var wake in due)
                {
                    await use.Ticker.Tick(wake.Subject, now, default);
                }
            }

            await use.Digests.Run(now, int.MaxValue, default);
            await use.Summaries.Run(now, default);
            foreach (var message in await stores.Outbox.Waiting(now, int.MaxValue, default))
            {
                await use.Mail.Dispatch(message.Id, now, default);
            }
        }

        return
        [
            .. use.Sent.Take().OrderBy(message => message.StoredAt).ThenBy(message => message.Id, StringComparer.Ordinal)
                .Select(message => (message with { Items = [], Body = Elsewhere }, message.Text, message.Html)),
        ];
    }
}
