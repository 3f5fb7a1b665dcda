using System.Text.Json;
using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Sqlite;

internal sealed class SqliteInbox(SqliteDatabase database) : IInboxStore
{
    public Task<IReadOnlyList<(string Agency, string Person)>> PeopleWaiting(DateTimeOffset now, int limit, CancellationToken ct) =>
        database.Read<IReadOnlyList<(string Agency, string Person)>>(
            session => session.Many(
                "SELECT agency, person FROM inbox_people WHERE not_before <= $now ORDER BY not_before, agency, person LIMIT $limit",
                row => (row.Text(0), row.Text(1)),
                now.UtcTicks, limit),
            ct);

    public Task<DateTimeOffset?> Earliest(CancellationToken ct) =>
        database.Read(session => session.One("SELECT MIN(not_before) FROM inbox_people", row => row.InstantOrNull(0)), ct);

    public Task<IReadOnlyList<InboxItem>> Waiting(string person, CancellationToken ct) => database.Read<IReadOnlyList<InboxItem>>(
        session => session.Many(
            "SELECT case_id, key, agency, person, due, not_before, mailed_in, schema, document FROM inbox WHERE person = $person AND mailed_in IS NULL ORDER BY due, key, case_id", Item, person),
        ct);

    public Task MarkMailed(IReadOnlyList<string> items, string messageId, CancellationToken ct) => Change(
        items,
        (session, person, keys) => session.Run(
            """
            UPDATE inbox SET mailed_in = $message, gathered = 1
            WHERE person = $person AND mailed_in IS NULL AND key IN (SELECT value FROM json_each($keys))
            """,
            messageId, person, keys),
        ct);

    public Task Postpone(IReadOnlyList<string> items, DateTimeOffset notBefore, CancellationToken ct) => Change(
        items,
        (session, person, keys) => session.Run(
            """
            UPDATE inbox SET not_before = $not_before
            WHERE person = $person AND mailed_in IS NULL AND not_before < $not_before AND key IN (SELECT value FROM json_each($keys))
            """,
            notBefore.UtcTicks, person, keys),
        ct);

    /// <summary>Takes away what still waits in an agency's inboxes about a case.</summary>
    public static void TakeBack(SqliteSession session, string caseId, string agency)
    {
        var people = session.Many(
            "SELECT DISTINCT person FROM inbox WHERE case_id = $case AND agency = $agency AND mailed_in IS NULL", row => row.Text(0), caseId, agency);
        session.Run("DELETE FROM inbox WHERE case_id = $case AND agency = $agency AND mailed_in IS NULL", caseId, agency);
        foreach (var person in people)
        {
            CountAgain(session, person);
        }
    }

    public Task Add(IReadOnlyList<InboxItem> items, CancellationToken ct)
    {
        var texts = items.Select(ToldDocuments.BesideColumns.Items.Write).ToArray();
        return database.Write(
            session =>
            {
                for (var index = 0; index < texts.Length; index++)
                {
                    if (ToldAtOnce.Find(session, items[index].Case, items[index].Key) is null)
                    {
                        CaseSave.AddInboxItem(session, items[index], texts[index], gathered: items[index].MailedIn is not null);
                    }
                }

                return texts.Length;
            },
            ct);
    }

    public Task<IReadOnlyList<InboxItem>> CarriedBy(string messageId, CancellationToken ct) => database.Read<IReadOnlyList<InboxItem>>(
        session =>
        [
            .. session.Many(
                """
                SELECT case_id, key, agency, person, due, not_before, mailed_in, schema, document FROM inbox WHERE mailed_in = $message AND gathered = 1
                UNION ALL
                SELECT case_id, key, agency, person, due, not_before, mailed_in, schema, document FROM inbox
                WHERE case_id = (SELECT case_id FROM messages WHERE id = $message) AND mailed_in = $message AND gathered = 0
                """,
                Item, messageId)
                .Concat(session.One("SELECT case_id FROM messages WHERE id = $message", row => row.TextOrNull(0), messageId) is { } caseId
                    ? ToldAtOnce.OfCase(session, caseId).Where(item => item.MailedIn == messageId)
                    : [])
                .OrderBy(item => item.Due).ThenBy(item => item.Key, StringComparer.Ordinal).ThenBy(item => item.Case, StringComparer.Ordinal),
        ],
        ct);

    public Task<IReadOnlyList<InboxItem>> OfCase(string caseId, CancellationToken ct) => database.Read<IReadOnlyList<InboxItem>>(
        session =>
        [
            .. session.Many("SELECT case_id, key, agency, person, due, not_before, mailed_in, schema, document FROM inbox WHERE case_id = $case ORDER BY key", Item, caseId)
                .Concat(ToldAtOnce.OfCase(session, caseId))
                .OrderBy(item => item.RaisedAt).ThenBy(item => item.Key, StringComparer.Ordinal),
        ],
        ct);

    private static InboxItem Item(SqliteRow row) => row.Document(ToldDocuments.BesideColumns.Items, 7) with
    {
        Case = row.Text(0),
        Key = row.Text(1),
        Agency = row.Text(2),
        Person = row.Text(3),
        Due = row.Date(4),
        NotBefore = row.Instant(5),
        MailedIn = row.TextOrNull(6),
    };

    /// <summary>Changes waiting items person by person, and what is known about who waits with them.</summary>
    private Task<int> Change(IReadOnlyList<string> items, Action<SqliteSession, string, string> change, CancellationToken ct)
    {
        var people = items.GroupBy(StoreRules.PersonOf, StringComparer.Ordinal).Select(person => (Id: person.Key, Keys: JsonSerializer.Serialize(person))).ToArray();
        return database.Write(
            session =>
            {
                foreach (var person in people)
                {
                    change(session, person.Id, person.Keys);
                    CountAgain(session, person.Id);
                }

                return people.Length;
            },
            ct);
    }

    /// <summary>Finds anew from when a digest may take the first of a person's items.</summary>
    private static void CountAgain(SqliteSession session, string person)
    {
        session.Run("DELETE FROM inbox_people WHERE person = $person", person);
        session.Run(
            """
            INSERT INTO inbox_people (agency, person, not_before)
            SELECT agency, person, MIN(not_before) FROM inbox WHERE person = $person AND mailed_in IS NULL GROUP BY agency, person
            """,
            person);
    }
}
