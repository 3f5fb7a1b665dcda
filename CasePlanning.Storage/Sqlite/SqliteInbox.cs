using System.Text.Json;
using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Sqlite;

internal sealed class SqliteInbox(SqliteDatabase database) : IInboxStore
{
    public Task<IReadOnlyList<(string Agency, string Person)>> PeopleWaiting(DateTimeOffset now, int limit, CancellationToken ct) =>
        database.Read<IReadOnlyList<(string Agency, string Person)>>(session => PeopleWaiting(session, now.UtcTicks, limit), ct);

    public Task<DateTimeOffset?> Earliest(CancellationToken ct) => database.Read(
        session => session.One("SELECT MIN(not_before) FROM inbox WHERE mailed_in IS NULL", row => row.InstantOrNull(0)), ct);

    public Task<IReadOnlyList<InboxItem>> Waiting(string person, CancellationToken ct) => database.Read<IReadOnlyList<InboxItem>>(
        session => session.Many(
            "SELECT not_before, schema, document FROM inbox WHERE person = $person AND mailed_in IS NULL ORDER BY due, key, case_id",
            row => row.Document(StoredDocuments.InboxItem, 1) with { NotBefore = row.Instant(0) },
            person),
        ct);

    public Task MarkMailed(IReadOnlyList<string> items, string messageId, CancellationToken ct) => database.Write(
        session => session.Run(
            "UPDATE inbox SET mailed_in = $message WHERE key IN (SELECT value FROM json_each($keys)) AND +mailed_in IS NULL",
            messageId, JsonSerializer.Serialize(items)),
        ct);

    public Task Postpone(IReadOnlyList<string> items, DateTimeOffset notBefore, CancellationToken ct) => database.Write(
        session => session.Run(
            """
            UPDATE inbox SET not_before = MAX(not_before, $not_before)
            WHERE key IN (SELECT value FROM json_each($keys)) AND +mailed_in IS NULL
            """,
            notBefore.UtcTicks, JsonSerializer.Serialize(items)),
        ct);

    /// <summary>Goes from one person to the next along the index, so that the cost follows the people and not their items.</summary>
    private static List<(string Agency, string Person)> PeopleWaiting(SqliteSession session, long now, int limit)
    {
        var people = new List<(string Agency, string Person)>();
        var seen = new HashSet<(string Agency, string Person)>();
        (long NotBefore, string Agency, string Person)? at = (0, "", "");
        while (people.Count < limit && (at = Next(session, now, at.Value)) is var (_, agency, person))
        {
            if (seen.Add((agency, person)))
            {
                people.Add((agency, person));
            }
        }

        return people;
    }

    private static (long NotBefore, string Agency, string Person)? Next(SqliteSession session, long now, (long NotBefore, string Agency, string Person) after) => session.One(
        """
        SELECT not_before, agency, person FROM inbox
        WHERE mailed_in IS NULL AND not_before <= $now AND (not_before, agency, person) > ($not_before, $agency, $person)
        ORDER BY not_before, agency, person LIMIT 1
        """,
        row => ((long, string, string)?)(row.GetInt64(0), row.GetString(1), row.GetString(2)),
        now, after.NotBefore, after.Agency, after.Person);
}
