using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Sqlite;

internal sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    /// <summary>As <see cref="Message"/> reads them.</summary>
    private const string Columns = "id, agency, case_id, address, state, attempts, next_attempt, stored_at, sent_at, delivered_at, last_error, unheard, revision, schema, document, told";

    /// <summary>Rows of a case, where a statement gives <c>$first</c>, <c>$end</c> and <c>$case</c>.</summary>
    private const string OfThisCase =
        """
        rowid IN (
            SELECT rowid FROM messages WHERE id >= $first AND id < $end AND case_id = $case AND found_by_id = 1
            UNION ALL
            SELECT rowid FROM messages WHERE case_id = $case AND found_by_id = 0)
        """;

    /// <summary>
    /// A message to be tried at once is listed among those that wait, and by its agency only once something has become of it: nearly all mail is stored many
    /// at a time and leaves one by one. An agency's newest are those of both lists, where a statement gives <c>$agency</c> and <c>$limit</c>.
    /// </summary>
    private const string ToBeTried = "state = 'waiting' AND next_attempt = stored_at AND agency = $agency";
    private const string OfAgency = "agency = $agency AND (state <> 'waiting' OR next_attempt <> stored_at)";

    public Task<bool> Add(Message message, CancellationToken ct)
    {
        var text = ToldDocuments.BesideColumns.Messages.Write(message);
        return database.Write(session => Add(session, message, text, ToldDocuments.BesideColumns.Messages.Schema), ct);
    }

    public Task<Message?> Find(string id, CancellationToken ct) => database.Read(
        session => session.One($"SELECT {Columns} FROM messages WHERE id = $id", row => Message(session, row), id), ct);

    public Task<IReadOnlyList<Message>> Waiting(DateTimeOffset now, int limit, CancellationToken ct) => database.Read<IReadOnlyList<Message>>(
        session => session.Many(
            $"""
            SELECT {Columns} FROM messages
            WHERE rowid IN (
                SELECT * FROM (SELECT rowid FROM messages WHERE state = 'waiting' AND next_attempt = stored_at AND stored_at <= $now ORDER BY stored_at, agency, rowid LIMIT $limit)
                UNION ALL
                SELECT * FROM (SELECT rowid FROM messages WHERE state = 'waiting' AND next_attempt <> stored_at AND next_attempt <= $now ORDER BY stored_at, rowid LIMIT $limit))
            ORDER BY stored_at, id LIMIT $limit
            """,
            row => Message(session, row), now.UtcTicks, limit),
        ct);

    public Task<DateTimeOffset?> Earliest(CancellationToken ct) => database.Read(
        session => session.One(
            """
            SELECT MIN(at) FROM (
                SELECT MIN(stored_at) AS at FROM messages WHERE state = 'waiting' AND next_attempt = stored_at
                UNION ALL
                SELECT MIN(next_attempt) FROM messages WHERE state = 'waiting' AND next_attempt <> stored_at)
            """,
            row => row.InstantOrNull(0)),
        ct);

    public Task<int> Unheard(CancellationToken ct) => database.Read(
        session => session.One("SELECT COUNT(*) FROM messages WHERE unheard = 1", row => row.Int(0)), ct);

    public Task<DateTimeOffset?> OldestWaiting(CancellationToken ct) => database.Read(
        session => session.One(
            """
            SELECT MIN(at) FROM (
                SELECT MIN(stored_at) AS at FROM messages WHERE state = 'waiting' AND next_attempt = stored_at
                UNION ALL
                SELECT MIN(stored_at) FROM messages WHERE state = 'waiting' AND next_attempt <> stored_at)
            """,
            row => row.InstantOrNull(0)),
        ct);

    public Task<bool> Update(Message message, CancellationToken ct, params IReadOnlyList<Message> following)
    {
        var texts = following.Select(ToldDocuments.BesideColumns.Messages.Write).ToArray();
        return database.Write(
            session =>
            {
                var updated = session.Run(
                    """
                    UPDATE messages SET address = $address, state = $state, attempts = $attempts, next_attempt = $next_attempt, sent_at = $sent_at,
                        delivered_at = $delivered_at, last_error = $last_error, unheard = $unheard, revision = $revision
                    WHERE id = $id AND revision = $revision - 1
                    """,
                    message.Address, Text(message.State), message.Attempts, message.NextAttempt.UtcTicks, message.SentAt?.UtcTicks,
                    message.DeliveredAt?.UtcTicks, message.LastError, message.Unheard, message.Revision, message.Id) == 1;
                if (updated && message.Kind == MessageKind.Digest)
                {
                    Revise(session, message);
                }

                for (var index = 0; updated && index < texts.Length; index++)
                {
                    Add(session, following[index], texts[index], ToldDocuments.BesideColumns.Messages.Schema);
                }

                return updated;
            },
            ct);
    }

    public Task<IReadOnlyList<Message>> List(string agency, CancellationToken ct, MessageState? state = null, string? caseId = null, int limit = 200)
    {
        var (first, end) = RangeOf(caseId);
        return database.Read<IReadOnlyList<Message>>(
            session => (state, caseId) switch
            {
                (_, { } about) => session.Many(
                    $"""
                    SELECT {Columns} FROM messages
                    WHERE {OfThisCase} AND agency = $agency AND ($state IS NULL OR state = $state)
                    ORDER BY stored_at DESC, id DESC LIMIT $limit
                    """,
                    row => Message(session, row), first, end, about, agency, state is null ? null : Text(state.Value), limit),
                (null, null) => session.Many(
                    $"""
                    SELECT {Columns} FROM messages
                    WHERE rowid IN (
                        SELECT * FROM (SELECT rowid FROM messages WHERE {ToBeTried} ORDER BY stored_at DESC, id DESC LIMIT $limit)
                        UNION ALL
                        SELECT * FROM (SELECT rowid FROM messages WHERE {OfAgency} ORDER BY stored_at DESC, id DESC LIMIT $limit))
                    ORDER BY stored_at DESC, id DESC LIMIT $limit
                    """,
                    row => Message(session, row), agency, limit),
                (MessageState.Sent, null) => session.Many(
                    $"""
                    SELECT {Columns} FROM messages
                    WHERE {OfAgency} AND state = 'sent'
                    ORDER BY stored_at DESC, id DESC LIMIT $limit
                    """,
                    row => Message(session, row), agency, limit),
                (MessageState.Waiting, null) => session.Many(
                    $"""
                    SELECT {Columns} FROM messages
                    WHERE rowid IN (
                        SELECT * FROM (SELECT rowid FROM messages WHERE {ToBeTried} ORDER BY stored_at DESC, id DESC LIMIT $limit)
                        UNION ALL
                        SELECT * FROM (SELECT rowid FROM messages WHERE {OfAgency} AND state = 'waiting' ORDER BY stored_at DESC, id DESC LIMIT $limit))
                    ORDER BY stored_at DESC, id DESC LIMIT $limit
                    """,
                    row => Message(session, row), agency, limit),
                _ => session.Many(
                    $"""
                    SELECT {Columns} FROM messages
                    WHERE agency = $agency AND state = 'dead'
                    ORDER BY stored_at DESC, id DESC LIMIT $limit
                    """,
                    row => Message(session, row), agency, limit),
            },
            ct);
    }

    /// <summary>Every message of a case.</summary>
    public Task<List<Message>> OfCase(string caseId, CancellationToken ct)
    {
        var (first, end) = RangeOf(caseId);
        return database.Read(
            session => session.Many(
                $"SELECT {Columns} FROM messages WHERE {OfThisCase}",
                row => Message(session, row), first, end, caseId),
            ct);
    }

    /// <summary>Stores a message inside a unit of work; false when its id exists.</summary>
    /// <param name="foundById">True for one whose id begins as its case says, which then needs no entry by case.</param>
    /// <param name="told">Key of the item, behind its case, that says what the mail says; null for a mail that is stored whole.</param>
    public static bool Add(SqliteSession session, Message message, byte[] text, int schema, bool foundById = false, string? told = null) => session.Run(
        """
        INSERT INTO messages (id, agency, case_id, address, state, attempts, next_attempt, stored_at, sent_at, delivered_at, last_error, unheard, revision, found_by_id, schema, document, told)
        VALUES ($id, $agency, $case, $address, $state, $attempts, $next_attempt, $stored_at, $sent_at, $delivered_at, $last_error, $unheard, $revision, $found_by_id, $schema, $document, $told)
        ON CONFLICT (id) DO NOTHING
        """,
        message.Id, message.Agency, message.Case, message.Address, Text(message.State), message.Attempts, message.NextAttempt.UtcTicks, message.StoredAt.UtcTicks,
        message.SentAt?.UtcTicks, message.DeliveredAt?.UtcTicks, message.LastError, message.Unheard, message.Revision, foundById, schema, text, told) == 1;

    /// <summary>Between which ids a case's mail lies: from the first up to the second, which begins with a letter after every hexadecimal digit.</summary>
    private static (string First, string End) RangeOf(string? caseId) => caseId is not null && MessageIds.BeginningOf(caseId) is var begins ? (begins, begins + "g") : ("", "");

    /// <summary>Puts in place what a digest says by now, where that differs.</summary>
    private static void Revise(SqliteSession session, Message message)
    {
        var stored = session.One(
            $"SELECT {Columns} FROM messages WHERE id = $id", row => Message(session, row), message.Id)!;
        if (!stored.Items.SequenceEqual(message.Items, StringComparer.Ordinal) || stored.Subject != message.Subject)
        {
            session.Run(
                "UPDATE messages SET schema = $schema, document = $document WHERE id = $id",
                ToldDocuments.BesideColumns.Messages.Schema, ToldDocuments.BesideColumns.Messages.Write(stored with { Subject = message.Subject, Body = message.Body, Items = message.Items }), message.Id);
        }
    }

    private static Message Message(SqliteSession session, SqliteRow row)
    {
        var stored = row.TextOrNull(15) is { } told ? MailOfNotice.Read(session, row.Text(2), told, row, 13) : row.Document(ToldDocuments.BesideColumns.Messages, 13);
        return stored with
        {
            Id = row.Text(0),
            Agency = row.Text(1),
            Case = row.TextOrNull(2),
            Address = row.TextOrNull(3) ?? stored.Address,
            State = State(row.Text(4)),
            Attempts = row.Int(5),
            NextAttempt = row.Instant(6),
            StoredAt = row.Instant(7),
            SentAt = row.InstantOrNull(8),
            DeliveredAt = row.InstantOrNull(9),
            LastError = row.TextOrNull(10),
            Unheard = row.Int(11) == 1,
            Revision = row.Int(12),
        };
    }

    private static string Text(MessageState state) => state switch
    {
        MessageState.Waiting => "waiting",
        MessageState.Sent => "sent",
        _ => "dead",
    };

    private static MessageState State(string text) => text switch
    {
        "waiting" => MessageState.Waiting,
        "sent" => MessageState.Sent,
        _ => MessageState.Dead,
    };
}
