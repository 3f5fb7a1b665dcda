using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Memory;

internal sealed class MemoryCalendarFeeds(MemoryTables tables) : ICalendarFeedStore
{
    private readonly Dictionary<string, CalendarFeed> _feeds = [];

    public Task<CalendarFeed?> Find(string person, CancellationToken ct) => tables.Run(() => _feeds.GetValueOrDefault(person), ct);

    public Task<CalendarFeed?> FindByToken(string tokenHash, CancellationToken ct) => tables.Run(() => _feeds.Values.FirstOrDefault(feed => feed.TokenHash == tokenHash), ct);

    public Task Save(CalendarFeed feed, CancellationToken ct) => tables.Run(() => { _feeds[feed.Person] = feed with { Since = feed.Since.ToUniversalTime() }; }, ct);

    public Task Remove(string person, CancellationToken ct) => tables.Run(() => { _feeds.Remove(person); }, ct);
}
