using System.Runtime.CompilerServices;
using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;
using CasePlanning.Storage.Moving;

namespace CasePlanning.Storage.Tables;

/// <summary>The tables as a whole, partition by partition. A case is in place once its head is, which is written last.</summary>
internal sealed class TablesMove(ITableService service, TableIndex index, TablesOutbox outbox, TablesCalendarFeeds feeds) : IMovable
{
    private static readonly Place MarkPlace = new(TableNames.People, "moving", "mark");

    public async IAsyncEnumerable<WholeAgency> Agencies([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var (_, rows) in Partitions(TableNames.Directory, ct))
        {
            var head = TableDocuments.Read(DirectoryHead.Type, rows);
            var people = All(StoredDocuments.Person, rows, TableNames.Person);
            var tokens = await people.Gather(person => feeds.Find(person.Id, ct));
            yield return new WholeAgency(
                All(StoredDocuments.Agency, rows, TableNames.Agency).Single(), head.Revision, head.HastenedTo, All(StoredDocuments.Unit, rows, TableNames.Unit), people, [.. tokens.OfType<CalendarFeed>()]);
        }
    }

    public async IAsyncEnumerable<Message> Mail([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var (partition, rows) in Partitions(TableNames.Messages, ct))
        {
            if (await Own(partition, rows, ct) is { Case: null } message)
            {
                yield return message;
            }
        }
    }

    public async IAsyncEnumerable<WholeCase> Cases([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var (_, rows) in Partitions(TableNames.Cases, ct))
        {
            if (rows[0].Key == TableNames.Head)
            {
                yield return await Whole(rows, ct);
            }
        }
    }

    public async IAsyncEnumerable<StoredReply> Replies([EnumeratorCancellation] CancellationToken ct)
    {
        var replies = new List<StoredReply>();
        var before = IndexRows.ReplyOf("");
        for (var list = await service.PartitionAfter(TableNames.Index, before, ct); list?.StartsWith(before, StringComparison.Ordinal) == true; list = await service.PartitionAfter(TableNames.Index, list, ct))
        {
            foreach (var row in await index.All(list, ct))
            {
                if (await service.Find(StoredDocuments.Reply, row.Source.Table, row.Source.Partition, row.Source.Row, ct) is { } found)
                {
                    replies.Add(found.Document);
                }
            }
        }

        foreach (var reply in replies.DistinctBy(reply => reply.Key).InMoveOrder(reply => reply.Key))
        {
            yield return reply;
        }
    }

    public async Task<bool> Put(WholeAgency whole, CancellationToken ct)
    {
        var (id, partition) = (whole.Agency.Id, TableKey.Of(whole.Agency.Id));
        if ((await service.DirectoryHead(id, ct)).Exists)
        {
            return false;
        }

        await index.AddAgency(id, ct);
        await index.Add(whole.People.SelectMany(IndexRows.Of), ct);
        foreach (var person in whole.People)
        {
            var (people, claim) = TablesDirectory.ClaimOf(person);
            await Put(TableNames.People, people, [claim], ct);
        }

        foreach (var feed in whole.Feeds)
        {
            await feeds.Save(feed, ct);
        }

        var head = new DirectoryHead(id, whole.Revision, whole.HastenedTo is { } to ? [new Hastening(whole.Revision, to)] : []);
        await Put(
            TableNames.Directory,
            partition,
            [
                .. TableDocuments.Rows(StoredDocuments.Agency, TableNames.Agency, whole.Agency, whole.Revision),
                .. whole.Units.SelectMany(unit => TableDocuments.Rows(StoredDocuments.Unit, TableNames.Unit + TableKey.Of(unit.Id), unit, whole.Revision)),
                .. whole.People.SelectMany(person => TableDocuments.Rows(StoredDocuments.Person, TableNames.Person + TableKey.Of(person.Id), person, whole.Revision)),
            ],
            ct);
        await Put(TableNames.Directory, partition, TableDocuments.Rows(DirectoryHead.Type, TableNames.Head, head, whole.Revision), ct);
        return true;
    }

    public Task<bool> Put(Message message, CancellationToken ct) => outbox.Add(message, ct);

    public async Task<bool> Put(WholeCase whole, CancellationToken ct)
    {
        var (change, partition) = (whole.AsChange(), TableKey.Of(whole.File.Id));
        if (await service.Head(new Place(TableNames.Cases, partition, TableNames.Head), ct) is not null)
        {
            return false;
        }

        var state = await service.DirectoryHead(whole.File.Agency, ct);
        var head = CaseHead.After(null, change, state, state);
        await index.AddAgency(head.Agency, ct);
        await index.Add([.. head.Index, .. whole.Inbox.SelectMany(IndexRows.Of)], ct);
        await outbox.Claim(whole.Messages, message => new Place(TableNames.Cases, partition, TableNames.MessageOf(message.Id)), ct);
        await Put(TableNames.Cases, partition, Rows(whole), ct);
        await Put(TableNames.Cases, partition, TableDocuments.Rows(CaseHead.Type, TableNames.Head, head, head.Version), ct);
        return true;
    }

    /// <summary>A reply is found by its key, wherever it is; from another store nobody knows the case that kept it.</summary>
    public async Task Put(StoredReply reply, CancellationToken ct)
    {
        var partition = TableKey.Of("reply", reply.Key);
        await index.Add([IndexRows.Of(partition, reply)], ct);
        await Put(TableNames.Cases, partition, TableDocuments.Rows(StoredDocuments.Reply, TableNames.ReplyOf(reply.Key), reply), ct);
    }

    public async Task<IReadOnlyList<string>> Holds(CancellationToken ct)
    {
        var held = new List<string>();
        foreach (var table in TableNames.All)
        {
            var first = await service.PartitionAfter(table, "", ct);
            held.AddRange(first is null || (table == MarkPlace.Table && first == MarkPlace.Partition && await service.PartitionAfter(table, first, ct) is null) ? [] : [$"rows of the table {table}"]);
        }

        return held;
    }

    public async Task<string?> FindMark(CancellationToken ct) =>
        (string?)(await service.Get(MarkPlace.Table, MarkPlace.Partition, MarkPlace.Row, ct))?.Values["Mark"];

    public Task SetMark(string? mark, CancellationToken ct) => service.Submit(
        MarkPlace.Table,
        MarkPlace.Partition,
        [
            mark is null
                ? new TableAction.Delete(MarkPlace.Row)
                : new TableAction.Put(new TableRow(MarkPlace.Row, new Dictionary<string, object>(StringComparer.Ordinal) { ["Mark"] = mark })),
        ],
        ct);

    private async Task<WholeCase> Whole(IReadOnlyList<TableRow> rows, CancellationToken ct)
    {
        var head = TableDocuments.Read(CaseHead.Type, rows);
        var state = await service.DirectoryHead(head.Agency, ct);
        return new WholeCase(head.Version, All(StoredDocuments.CaseFile, rows, TableNames.File).Single())
        {
            Marks = All(StoredDocuments.Marks, rows, TableNames.Marks).SingleOrDefault(),
            Plans = All(StoredDocuments.Plan, rows, TableNames.Plan),
            Contents = All(StoredDocuments.Content, rows, TableNames.Content),
            Progress = All(StoredDocuments.Progress, rows, TableNames.Progress),
            History = All(StoredDocuments.History, rows, TableNames.History),
            Notices = All(StoredDocuments.Notice, rows, TableNames.Notice),
            Inbox = All(StoredDocuments.InboxItem, rows, TableNames.Inbox),
            Messages = [.. All(StoredDocuments.Message, rows, TableNames.Message).Where(message => message.Case == head.Case)],
            Wakes = [.. head.Wakes.Select(wake => new Wake(wake.Subject, head.Case, state.DueOf(wake)))],
        };
    }

    private static IEnumerable<TableRow> Rows(WholeCase whole) =>
    [
        .. TableDocuments.Rows(StoredDocuments.CaseFile, TableNames.File, whole.File, whole.Version),
        .. whole.Marks is { } marks ? TableDocuments.Rows(StoredDocuments.Marks, TableNames.Marks, marks, whole.Version) : [],
        .. Rows(StoredDocuments.Plan, whole.Plans, plan => TableNames.Plan + TableKey.Of(plan.Id), whole.Version),
        .. Rows(StoredDocuments.Content, whole.Contents, content => TableNames.VersionOf(TableNames.Content, content.Plan, content.Version), whole.Version),
        .. Rows(StoredDocuments.Progress, whole.Progress, progress => TableNames.VersionOf(TableNames.Progress, progress.Plan, progress.Version), whole.Version),
        .. Rows(StoredDocuments.History, whole.History, entry => TableNames.History + TableKey.Of(entry.Key)),
        .. Rows(StoredDocuments.Notice, whole.Notices, notice => TableNames.Notice + TableKey.Of(notice.Key)),
        .. Rows(StoredDocuments.InboxItem, whole.Inbox, item => TableNames.InboxOf(item.Key)),
        .. Rows(StoredDocuments.Message, whole.Messages, message => TableNames.MessageOf(message.Id)),
    ];

    private static IEnumerable<TableRow> Rows<T>(DocumentType<T> type, IEnumerable<T> documents, Func<T, string> key, long? version = null)
        where T : class => documents.SelectMany(document => TableDocuments.Rows(type, key(document), document, version));

    private static IReadOnlyList<T> All<T>(DocumentType<T> type, IReadOnlyList<TableRow> rows, string prefix)
        where T : class => [.. TableDocuments.Read(type, rows, prefix).Select(stored => stored.Document)];

    /// <summary>Every partition of a table with its rows; what is put in place while they are walked may be passed over.</summary>
    private async IAsyncEnumerable<(string Partition, IReadOnlyList<TableRow> Rows)> Partitions(string table, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var partition = await service.PartitionAfter(table, "", ct); partition is not null; partition = await service.PartitionAfter(table, partition, ct))
        {
            yield return (partition, await service.All(new TableQuery(table, partition), ct));
        }
    }

    /// <summary>The message whose own partition this is, where the partition holds it or says that it is with another of no case.</summary>
    private async Task<Message?> Own(string partition, IReadOnlyList<TableRow> rows, CancellationToken ct) =>
        All(StoredDocuments.Message, rows, TableNames.Message).FirstOrDefault(message => TableKey.Of(message.Id) == partition)
        ?? (TablesOutbox.Pointed(rows[0]) is { Table: TableNames.Messages } place ? (await service.Find(StoredDocuments.Message, place.Table, place.Partition, place.Row, ct))?.Document : null);

    /// <summary>Puts rows in place, as many a transaction as it takes.</summary>
    private async Task Put(string table, string partition, IEnumerable<TableRow> rows, CancellationToken ct)
    {
        var (batch, size) = (new List<TableAction>(), 0);
        foreach (var action in rows.Select(row => new TableAction.Put(row)))
        {
            var more = TableSizes.Sent(partition, action);
            if (batch.Count == TableLimits.ActionsPerTransaction || (batch.Count > 0 && size + more > TableLimits.BytesPerTransaction))
            {
                await Submit(table, partition, batch, ct);
                (batch, size) = ([], 0);
            }

            batch.Add(action);
            size += more;
        }

        await Submit(table, partition, batch, ct);
    }

    private async Task Submit(string table, string partition, List<TableAction> actions, CancellationToken ct)
    {
        var result = actions.Count == 0 ? new TableResult(TableOutcome.Done) : await service.Submit(table, partition, actions, ct);
        if (result.Outcome != TableOutcome.Done)
        {
            throw new InvalidDataException($"The partition {partition} of the table {table} can't be written: {result.Outcome}.");
        }
    }
}
