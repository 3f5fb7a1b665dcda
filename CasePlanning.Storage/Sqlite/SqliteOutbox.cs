using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Sqlite;

internal sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    public Task<bool> Add(Message message, CancellationToken ct)
    {
        var text = StoredDocuments.Message.Write(message);
        return database.Write(session => Add(session, message, text), ct);
    }

    public Task<Message?> Find(string id, CancellationToken ct) => database.Read(
        session => session.One(
            "SELECT state, attempts, next_attempt, sent_at, last_error, schema, document FROM messages WHERE id = $id", Message, id),
        ct);

    public Task<IReadOnlyList<Message>> Waiting(DateTimeOffset now, int limit, CancellationToken ct) => database.Read<IReadOnlyList<Message>>(
        session => session.Many(
            """
            SELECT state, attempts, next_attempt, sent_at, last_error, schema, document FROM messages
            WHERE state = 'waiting' AND next_attempt <= $now
            ORDER BY next_attempt, id LIMIT $limit
            """,
            Message, now.UtcTicks, limit),
        ct);

    public Task<DateTimeOffset?> Earliest(CancellationToken ct) => database.Read(
        session => session.One("SELECT MIN(next_attempt) FROM messages WHERE state = 'waiting'", row => row.InstantOrNull(0)), ct);

    public Task<DateTimeOffset?> OldestWaiting(CancellationToken ct) => database.Read(
        session => session.One("SELECT MIN(stored_at) FROM messages WHERE state = 'waiting'", row => row.InstantOrNull(0)), ct);

    public Task Update(Message message, CancellationToken ct) => database.Write(
        session =>
        {
            var stored = session.One(
                "SELECT state, attempts FROM messages WHERE id = $id", row => ((MessageState, int)?)(State(row.Text(0)), row.Int(1)), message.Id);
            return stored is var (state, attempts) && StoreRules.Follows(message, state, attempts)
                ? session.Run(
                    """
                    UPDATE messages SET state = $state, attempts = $attempts, next_attempt = $next_attempt, sent_at = $sent_at, last_error = $last_error
                    WHERE id = $id
                    """,
                    Text(message.State), message.Attempts, message.NextAttempt.UtcTicks, message.SentAt?.UtcTicks, message.LastError, message.Id)
                : 0;
        },
        ct);

    public Task<IReadOnlyList<Message>> List(string agency, CancellationToken ct, MessageState? state = null, string? caseId = null, int limit = 200) =>
        database.Read<IReadOnlyList<Message>>(
            session => (state, caseId) switch
            {
                (_, { } about) => session.Many(
                    """
                    SELECT state, attempts, next_attempt, sent_at, last_error, schema, document FROM messages
                    WHERE case_id = $case AND agency = $agency AND ($state IS NULL OR state = $state)
                    ORDER BY stored_at DESC, id DESC LIMIT $limit
                    """,
                    Message, about, agency, state is null ? null : Text(state.Value), limit),
                (null, null) => session.Many(
                    """
                    SELECT state, attempts, next_attempt, sent_at, last_error, schema, document FROM messages
                    WHERE agency = $agency
                    ORDER BY stored_at DESC, id DESC LIMIT $limit
                    """,
                    Message, agency, limit),
                (MessageState.Sent, null) => session.Many(
                    """
                    SELECT state, attempts, next_attempt, sent_at, last_error, schema, document FROM messages
                    WHERE agency = $agency AND state = 'sent'
                    ORDER BY stored_at DESC, id DESC LIMIT $limit
                    """,
                    Message, agency, limit),
                (MessageState.Waiting, null) => session.Many(
                    """
                    SELECT state, attempts, next_attempt, sent_at, last_error, schema, document FROM messages
                    WHERE agency = $agency AND state = 'waiting'
                    ORDER BY stored_at DESC, id DESC LIMIT $limit
                    """,
                    Message, agency, limit),
                _ => session.Many(
                    """
                    SELECT state, attempts, next_attempt, sent_at, last_error, schema, document FROM messages
                    WHERE agency = $agency AND state = 'dead'
                    ORDER BY stored_at DESC, id DESC LIMIT $limit
                    """,
                    Message, agency, limit),
            },
            ct);

    /// <summary>Stores a message inside a unit of work; false when its id exists.</summary>
    public static bool Add(SqliteSession session, Message message, byte[] text) => session.Run(
        """
        INSERT INTO messages (id, agency, case_id, state, attempts, next_attempt, stored_at, sent_at, last_error, schema, document)
        VALUES ($id, $agency, $case, $state, $attempts, $next_attempt, $stored_at, $sent_at, $last_error, $schema, $document)
        ON CONFLICT (id) DO NOTHING
        """,
        message.Id, message.Agency, message.Case, Text(message.State), message.Attempts, message.NextAttempt.UtcTicks, message.StoredAt.UtcTicks,
        message.SentAt?.UtcTicks, message.LastError, StoredDocuments.Message.Schema, text) == 1;

    private static Message Message(SqliteRow row) => row.Document(StoredDocuments.Message, 5) with
    {
        State = State(row.Text(0)),
        Attempts = row.Int(1),
        NextAttempt = row.Instant(2),
        SentAt = row.InstantOrNull(3),
        LastError = row.TextOrNull(4),
    };

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
