using CasePlanning.Application.Ports;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Storage.Tests.Sqlite;

/// <summary>A store in a folder of its own that goes with it, opened as the self-hosted process opens its own.</summary>
internal sealed class TemporarySqlite : IStores
{
    private readonly SqliteFolder _folder = new();
    private readonly SqliteStore _store;

    private TemporarySqlite() => _store = _folder.OpenStore(new SqliteOptions { Alone = true });

    public static Task<IStores> Open() => Task.FromResult<IStores>(new TemporarySqlite());

    public ICaseStore Cases => _store.Cases;

    public IDirectoryStore Directory => _store.Directory;

    public IWakeStore Wakes => _store.Wakes;

    public IInboxStore Inbox => _store.Inbox;

    public IOutbox Outbox => _store.Outbox;

    public ICalendarFeedStore Calendars => _store.Calendars;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }
}
