using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Tables;

/// <summary>
/// Messages. One that belongs to a case is in the case's partition, saved with what it tells of; one that follows from another is with that one;
/// any other has a partition of its own. Every message has a partition by its id, which holds it or says where it is.
/// </summary>
internal sealed class TablesOutbox(ITableService service, TableIndex index) : IOutbox
{
    public async Task<bool> Add(Message message, CancellationToken ct)
    {
        var place = OwnPlaceOf(message.Id);
        var (stored, row) = await Locate(message.Id, ct);
        if (stored is not null)
        {
            return false;
        }

        await index.Add(IndexRows.Of(message, place), ct);
        var unit = new TableUnit(service, place.Table, place.Partition);
        unit.Replace(TableDocuments.Rows(StoredDocuments.Message, place.Row, message), row?.ETag);
        return (await unit.Submit(ct)).Outcome == TableOutcome.Done;
    }

    public async Task<Message?> Find(string id, CancellationToken ct) => (await Locate(id, ct)).Stored?.Message.Document;

    public async Task<IReadOnlyList<Message>> Waiting(DateTimeOffset now, int limit, CancellationToken ct)
    {
        var rows = await index.Each(IndexRows.Outbox, ct, TableKey.Of(now.UtcTicks + 1)).ToListAsync(ct);
        var waiting = new List<Message>();
        foreach (var some in rows.OrderBy(StoredAtOf, StringComparer.Ordinal).Chunk(Math.Clamp(limit, 1, TableLimits.RowsPerPage)))
        {
            waiting.AddRange(await Messages(some, ct));
            if (waiting.Count >= limit)
            {
                break;
            }
        }

        return [.. waiting.OrderBy(message => message.StoredAt).ThenBy(message => message.Id, StringComparer.Ordinal).Take(limit)];
    }

    public async Task<DateTimeOffset?> Earliest(CancellationToken ct) => (await First(index.Each(IndexRows.Outbox, ct, most: 10), ct))?.NextAttempt;

    public async Task<int> Unheard(CancellationToken ct) => (await Messages(await index.All(IndexRows.Unheard, ct), ct)).Count;

    public async Task<DateTimeOffset?> OldestWaiting(CancellationToken ct) =>
        (await First((await index.All(IndexRows.Outbox, ct)).OrderBy(StoredAtOf, StringComparer.Ordinal).ToAsyncEnumerable(), ct))?.StoredAt;

    public async Task<bool> Update(Message message, CancellationToken ct, params IReadOnlyList<Message> following)
    {
        while ((await Locate(message.Id, ct)).Stored is var (stored, place) && message.Revision == stored.Document.Revision + 1)
        {
            var after = After(stored.Document, message);
            var rows = IndexRows.Of(stored.Document, place).ToList();
            await index.Add(IndexRows.Of(after, place).Except(rows), ct);
            var unit = new TableUnit(service, place.Table, place.Partition);
            unit.Replace(TableDocuments.Rows(StoredDocuments.Message, place.Row, after), stored.Row.ETag);
            foreach (var next in await Claim(following, Beside, ct))
            {
                unit.Insert(TableDocuments.Rows(StoredDocuments.Message, TableNames.MessageOf(next.Id), next));
            }

            var outcome = (await unit.Submit(ct)).Outcome;
            if (outcome == TableOutcome.Done)
            {
                await index.Remove(rows.Except(IndexRows.Of(after, place)));
                return true;
            }

            if (outcome == TableOutcome.TooLarge)
            {
                throw new InvalidOperationException($"Message {message.Id} has {following.Count} messages that follow from it, which are more than one transaction takes.");
            }

            Place Beside(Message next) => place with { Row = TableNames.MessageOf(next.Id) };
        }

        return false;
    }

    public async Task<IReadOnlyList<Message>> List(string agency, CancellationToken ct, MessageState? state = null, string? caseId = null, int limit = 200)
    {
        var found = (state, caseId) switch
        {
            (_, { } about) => await OfCase(about, ct),
            (MessageState.Waiting, null) => await Messages(await index.All(IndexRows.Outbox, ct), ct),
            (MessageState.Dead, null) => await Newest(IndexRows.MailOf(agency, MessageState.Dead), MessageState.Dead, limit, ct),
            _ => await Newest(IndexRows.MailOf(agency), state, limit, ct),
        };
        return
        [
            .. found.Where(message => message.Agency == agency && (state is null || message.State == state) && (caseId is null || message.Case == caseId))
                .OrderByDescending(message => message.StoredAt).ThenByDescending(message => message.Id, StringComparer.Ordinal).Take(limit),
        ];
    }

    /// <summary>Writes where messages will be and lists them, before the transaction that adds them; gives those of them that aren't stored already.</summary>
    public async Task<IReadOnlyList<Message>> Claim(IReadOnlyList<Message> messages, Func<Message, Place> placeOf, CancellationToken ct)
    {
        var added = new List<Message>();
        foreach (var message in messages.DistinctBy(message => message.Id))
        {
            var (own, meant) = (OwnPlaceOf(message.Id), placeOf(message));
            var pointer = Pointer(own.Row, meant);
            if ((await service.Submit(own.Table, own.Partition, [new TableAction.Insert(pointer)], ct)).Outcome == TableOutcome.Done)
            {
                added.Add(message);
                continue;
            }

            if ((await Locate(message.Id, ct)).Stored is null)
            {
                // Claimed by a unit that wasn't saved, perhaps for another place.
                await service.Submit(own.Table, own.Partition, [new TableAction.Put(pointer)], ct);
                added.Add(message);
            }
        }

        await index.Add(added.SelectMany(message => IndexRows.Of(message, placeOf(message))), ct);
        return added;
    }

    /// <summary>The messages that rows are true of.</summary>
    private async Task<List<Message>> Messages(IEnumerable<IndexRow> rows, CancellationToken ct) =>
        [.. (await rows.Gather(row => At(row, ct))).OfType<Message>()];

    private async Task<Message?> First(IAsyncEnumerable<IndexRow> rows, CancellationToken ct)
    {
        await foreach (var row in rows.WithCancellation(ct))
        {
            if (await At(row, ct) is { } message)
            {
                return message;
            }
        }

        return null;
    }

    private async Task<Message?> At(IndexRow row, CancellationToken ct) =>
        await service.Find(StoredDocuments.Message, row.Source.Table, row.Source.Partition, row.Source.Row, ct) is { Document: var message } && IndexRows.Of(message, row.Source).Contains(row)
            ? message
            : null;

    /// <summary>At least the newest of a list up to a limit, and those stored at the same instant as the last of them.</summary>
    private async Task<List<Message>> Newest(string list, MessageState? state, int limit, CancellationToken ct)
    {
        var found = new List<Message>();
        await foreach (var rows in index.Each(list, ct).Chunk(Math.Clamp(limit, 1, 100)).WithCancellation(ct))
        {
            found.AddRange((await Messages(rows, ct)).Where(message => state is null || message.State == state));
            if (found.Count >= limit && TableKey.LatestFirst(found[limit - 1].StoredAt) != rows[^1].Stem[..19])
            {
                break;
            }
        }

        return found;
    }

    private async Task<List<Message>> OfCase(string caseId, CancellationToken ct)
    {
        var rows = await service.All(new TableQuery(TableNames.Cases, TableKey.Of(caseId), TableNames.Message, TableNames.Message + "~"), ct);
        return [.. TableDocuments.Read(StoredDocuments.Message, rows, TableNames.Message).Select(stored => stored.Document)];
    }

    /// <summary>The message and where it is, or nothing; and the row of its own partition, which holds it or says where it is.</summary>
    private async Task<(Located? Stored, TableRow? Row)> Locate(string id, CancellationToken ct)
    {
        var own = OwnPlaceOf(id);
        var row = await service.Get(own.Table, own.Partition, own.Row, ct);
        var place = row is null || TableDocuments.IsFirst(row) ? own : Pointed(row)!;
        var stored = row is null ? null
            : place == own && TableDocuments.CountOf(row) == 1 ? new Stored<Message>(TableDocuments.Read(StoredDocuments.Message, [row]), row)
            : await service.Find(StoredDocuments.Message, place.Table, place.Partition, place.Row, ct);
        return (stored is null ? null : new Located(stored, place), row);
    }

    private static Message After(Message stored, Message message) => stored with
    {
        Address = message.Address,
        Subject = message.Subject,
        Body = message.Body,
        Items = message.Items,
        State = message.State,
        Attempts = message.Attempts,
        NextAttempt = message.NextAttempt,
        SentAt = message.SentAt,
        DeliveredAt = message.DeliveredAt,
        LastError = message.LastError,
        Unheard = message.Unheard,
        Revision = message.Revision,
    };

    /// <summary>When a row's message was stored, and its id, as they come in the stem after the next attempt.</summary>
    private static string StoredAtOf(IndexRow row) => row.Stem[20..];

    public static Place OwnPlaceOf(string id) => new(TableNames.Messages, TableKey.Of(id), TableNames.MessageOf(id));

    public static TableRow Pointer(string key, Place place) => new(key, new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["Table"] = place.Table,
        ["Partition"] = place.Partition,
        ["Row"] = place.Row,
    });

    /// <summary>Where a row says that its message is; null for one that says nothing.</summary>
    public static Place? Pointed(TableRow row) =>
        row.Values.TryGetValue("Table", out var table) ? new Place((string)table, (string)row.Values["Partition"], (string)row.Values["Row"]) : null;

    private sealed record Located(Stored<Message> Message, Place Place);
}
