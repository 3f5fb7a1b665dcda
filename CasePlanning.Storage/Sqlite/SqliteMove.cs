using System.Runtime.CompilerServices;
using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;
using CasePlanning.Storage.Moving;

namespace CasePlanning.Storage.Sqlite;

/// <summary>The database as a whole. A case, or an agency with its directory, is one transaction.</summary>
internal sealed class SqliteMove(SqliteDatabase database, SqliteDirectory directory, SqliteOutbox outbox, SqliteInbox inbox, SqliteCases cases, SqliteCalendarFeeds feeds) : IMovable
{
    public async IAsyncEnumerable<WholeAgency> Agencies([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var id in await Ids("SELECT id FROM agencies", ct))
        {
            var whole = (await directory.Find(id, ct))!;
            var hastenedTo = await database.Read(session => session.One("SELECT hastened_to FROM agencies WHERE id = $id", row => row.InstantOrNull(0), id), ct);
            var tokens = new List<CalendarFeed>();
            foreach (var person in whole.People)
            {
                if (await feeds.Find(person.Id, ct) is { } feed)
                {
                    tokens.Add(feed);
                }
            }

            yield return new WholeAgency(whole.Agency, whole.Revision, hastenedTo, [.. whole.Units], [.. whole.People], tokens);
        }
    }

    public async IAsyncEnumerable<Message> Mail([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var id in await Ids("SELECT id FROM messages WHERE case_id IS NULL", ct))
        {
            yield return (await outbox.Find(id, ct))!;
        }
    }

    public async IAsyncEnumerable<WholeCase> Cases([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var id in await Ids("SELECT id FROM cases", ct))
        {
            var record = (await cases.Find(id, ct))!;
            yield return await database.Read(
                session => new WholeCase(record.Version, record.File)
                {
                    Plans = record.Plans,
                    Marks = session.One("SELECT schema, marks FROM cases WHERE id = $case AND marks IS NOT NULL", row => row.Document(StoredDocuments.Marks, 0), id),
                    Contents = session.Many("SELECT schema, document FROM plan_contents WHERE case_id = $case", row => row.Document(StoredDocuments.Content, 0), id),
                    Progress = session.Many("SELECT schema, document FROM plan_progress WHERE case_id = $case", row => row.Document(StoredDocuments.Progress, 0), id),
                    Wakes = session.Many("SELECT subject, due FROM wakes WHERE case_id = $case", row => new Wake(row.Text(0), id, row.Instant(1)), id),
                },
                ct) with
            {
                History = await cases.History(id, ct),
                Notices = await cases.Notices(id, ct),
                Inbox = await inbox.OfCase(id, ct),
                Messages = await outbox.OfCase(id, ct),
            };
        }
    }

    public async IAsyncEnumerable<StoredReply> Replies([EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var key in await Ids("SELECT key FROM replies", ct))
        {
            yield return (await cases.FindReply(key, DateTimeOffset.MinValue, ct))!;
        }
    }

    public Task<bool> Put(WholeAgency agency, CancellationToken ct) => database.Write(session => SqliteDirectory.Put(session, agency), ct);

    public Task<bool> Put(Message message, CancellationToken ct) => outbox.Add(message, ct);

    public Task<bool> Put(WholeCase whole, CancellationToken ct)
    {
        var first = whole.AsChange() with { ExpectedVersion = 0 };
        var save = CaseSave.Of(first, repliesUntil: 0);
        return database.Write(
            session => save.Apply(session) == SaveOutcome.Saved
                && session.Run("UPDATE cases SET version = $version WHERE id = $case", whole.Version, first.Case) == 1,
            ct);
    }

    public Task Put(StoredReply reply, CancellationToken ct) => database.Write(session => CaseSave.Put(session, reply, StoredDocuments.Reply.Write(reply)), ct);

    public Task<IReadOnlyList<string>> Holds(CancellationToken ct) => database.Read<IReadOnlyList<string>>(
        session => session.Many(
            """
            SELECT name FROM (
                SELECT 'agencies' AS name WHERE EXISTS (SELECT 1 FROM agencies)
                UNION ALL SELECT 'cases' WHERE EXISTS (SELECT 1 FROM cases)
                UNION ALL SELECT 'messages' WHERE EXISTS (SELECT 1 FROM messages)
                UNION ALL SELECT 'feeds' WHERE EXISTS (SELECT 1 FROM calendar_feeds)
                UNION ALL SELECT 'replies' WHERE EXISTS (SELECT 1 FROM replies))
            """,
            row => row.Text(0)),
        ct);

    public Task<string?> FindMark(CancellationToken ct) => database.Read(session => session.One("SELECT mark FROM move", row => row.TextOrNull(0)), ct);

    public Task SetMark(string? mark, CancellationToken ct) => database.Write(
        session => mark is null ? session.Run("DELETE FROM move") : session.Run("INSERT INTO move (only_row, mark) VALUES (1, $mark)", mark), ct);

    private Task<List<string>> Ids(string sql, CancellationToken ct) =>
        database.Read(session => session.Many(sql, row => row.Text(0)).InMoveOrder(id => id).ToList(), ct);
}
