using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Sqlite;

internal sealed class SqliteCalendarFeeds(SqliteDatabase database) : ICalendarFeedStore
{
    public Task<CalendarFeed?> Find(string person, CancellationToken ct) => database.Read(
        session => session.One("SELECT agency, person, token_hash, since FROM calendar_feeds WHERE person = $person", Feed, person), ct);

    public Task<CalendarFeed?> FindByToken(string tokenHash, CancellationToken ct) => database.Read(
        session => session.One("SELECT agency, person, token_hash, since FROM calendar_feeds WHERE token_hash = $hash", Feed, tokenHash), ct);

    public Task Save(CalendarFeed feed, CancellationToken ct) => database.Write(session => Put(session, feed), ct);

    public Task Remove(string person, CancellationToken ct) =>
        database.Write(session => session.Run("DELETE FROM calendar_feeds WHERE person = $person", person), ct);

    public static int Put(SqliteSession session, CalendarFeed feed) => session.Run(
        """
        INSERT INTO calendar_feeds (agency, person, token_hash, since) VALUES ($agency, $person, $hash, $since)
        ON CONFLICT (person) DO UPDATE SET agency = excluded.agency, token_hash = excluded.token_hash, since = excluded.since
        """,
        feed.Agency, feed.Person, feed.TokenHash, feed.Since.UtcTicks);

    private static CalendarFeed Feed(SqliteRow row) => new(row.Text(0), row.Text(1), row.Text(2), row.Instant(3));
}
