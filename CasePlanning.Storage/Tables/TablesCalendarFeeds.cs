using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Tables;

internal sealed class TablesCalendarFeeds(ITableService service, TableIndex index) : ICalendarFeedStore
{
    public static DocumentType<CalendarFeed> Type { get; } = new("calendar feed");

    public async Task<CalendarFeed?> Find(string person, CancellationToken ct) => (await Stored(person, ct))?.Document;

    public async Task<CalendarFeed?> FindByToken(string tokenHash, CancellationToken ct)
    {
        foreach (var row in await index.All(IndexRows.FeedOf(tokenHash), ct))
        {
            if (await Find(row.Value, ct) is { } feed && feed.TokenHash == tokenHash)
            {
                return feed;
            }
        }

        return null;
    }

    public async Task Save(CalendarFeed feed, CancellationToken ct)
    {
        var before = await Stored(feed.Person, ct);
        await index.Add([IndexRows.Of(feed)], ct);
        await service.Submit(TableNames.Feeds, TableKey.Of(feed.Person), [new TableAction.Put(TableDocuments.Rows(Type, TableNames.Feed, feed)[0])], ct);
        await index.Remove(Rows(before).Except([IndexRows.Of(feed)]));
    }

    public async Task Remove(string person, CancellationToken ct)
    {
        if (await Stored(person, ct) is { } stored)
        {
            await service.Submit(TableNames.Feeds, TableKey.Of(person), [new TableAction.Delete(TableNames.Feed)], ct);
            await index.Remove(Rows(stored));
        }
    }

    private Task<Stored<CalendarFeed>?> Stored(string person, CancellationToken ct) => service.Find(Type, TableNames.Feeds, TableKey.Of(person), TableNames.Feed, ct);

    private static IEnumerable<IndexRow> Rows(Stored<CalendarFeed>? stored) => stored is null ? [] : [IndexRows.Of(stored.Document)];
}
