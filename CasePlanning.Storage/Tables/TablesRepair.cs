namespace CasePlanning.Storage.Tables;

/// <summary>Where a walk has got to.</summary>
/// <param name="Row">The first row of the partition that wasn't looked at; null once all were.</param>
public sealed record RepairPosition(string Table, string Partition, string? Row = null);

/// <param name="Next">Where the next round goes on; null when this one came to the end.</param>
public sealed record RepairRound(RepairPosition? Next, int Added, int Removed)
{
    /// <summary>Documents that can't be read. What lists them was left as it is.</summary>
    public IReadOnlyList<RepairPosition> Unreadable { get; init; } = [];

    public static RepairRound operator +(RepairRound one, RepairRound next) =>
        new(next.Next, one.Added + next.Added, one.Removed + next.Removed) { Unreadable = [.. one.Unreadable, .. next.Unreadable] };
}

/// <summary>Compares index rows with the documents, partition by partition and in each a stretch of rows at a time.</summary>
internal sealed class TablesRepair(ITableService service, TableIndex index)
{
    /// <summary>Rows that are read together and checked at once; the position is stored after as many.</summary>
    private const int RowsAtOnce = 200;

    /// <summary>What coming to a partition counts for at least: two calls, one after the other, take as long as a few rows that are checked at once.</summary>
    private const int RowsOfAPartition = 10;

    /// <summary>No write is under way for so long. A row that is younger may be waiting for the document that it was written ahead of.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    /// <summary>A message stays once it is stored, and the list of all of an agency's keeps growing: what is older in it isn't looked at again.</summary>
    private static readonly TimeSpan MailLookedAt = TimeSpan.FromDays(60);

    private static readonly RepairPosition Beginning = new(TableNames.Walked[0], "");

    private const string Walk = "repair";
    private const string Position = "position";

    /// <summary>Goes on where the last round ended or broke off, whichever process it ran in. Of two at once, both look at the same rows.</summary>
    public async Task<RepairRound> GoOn(int rows, DateTimeOffset now, CancellationToken ct)
    {
        var done = new RepairRound(await LastPosition(ct), 0, 0);
        for (var left = rows; left > 0 && done.Next is not null; left -= RowsAtOnce)
        {
            done += await Run(done.Next, Math.Min(left, RowsAtOnce), now, ct);
            await Store(done.Next ?? Beginning, ct);
        }

        return done;
    }

    public async Task<RepairRound> Run(RepairPosition? from, int rows, DateTimeOffset now, CancellationToken ct)
    {
        var done = new RepairRound(from ?? Beginning, 0, 0);
        for (var left = rows; left > 0;)
        {
            var position = done.Next!;
            if ((position.Row is null ? await NextPartition(position, ct) : position) is not { } begun)
            {
                return done with { Next = null };
            }

            var (stretch, next) = await Stretch(begun, Math.Min(left, RowsAtOnce), now, ct);
            left -= Math.Max(stretch.Count, RowsOfAPartition);
            done += next.Table == TableNames.Index
                ? new RepairRound(next, 0, await RemoveWrong(next.Partition, stretch, now, ct))
                : await Check(next, stretch, now, ct);
        }

        return done;
    }

    private async Task<RepairPosition> LastPosition(CancellationToken ct) =>
        await service.Get(TableNames.Upkeep, Walk, Position, ct) is { Values: var at }
            ? new RepairPosition((string)at["Table"], (string)at["Partition"], at.TryGetValue("Row", out var row) ? (string)row : null)
            : Beginning;

    private async Task Store(RepairPosition position, CancellationToken ct)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal) { ["Table"] = position.Table, ["Partition"] = position.Partition };
        if (position.Row is { } row)
        {
            values["Row"] = row;
        }

        await service.Submit(TableNames.Upkeep, Walk, [new TableAction.Put(new TableRow(Position, values))], ct);
    }

    private async Task<RepairPosition?> NextPartition(RepairPosition position, CancellationToken ct)
    {
        foreach (var table in TableNames.Walked.SkipWhile(table => table != position.Table))
        {
            if (await service.PartitionAfter(table, table == position.Table ? position.Partition : "", ct) is { } partition)
            {
                return new RepairPosition(table, partition);
            }
        }

        return null;
    }

    /// <summary>The next rows of a partition, whole documents of them, and where the rest of it begins.</summary>
    private async Task<(List<TableRow> Rows, RepairPosition Next)> Stretch(RepairPosition begun, int most, DateTimeOffset now, CancellationToken ct)
    {
        var rows = new List<TableRow>();
        var before = begun.Table == TableNames.Index && IndexRows.IsOfAllMail(begun.Partition) ? TableKey.LatestFirst(now - MailLookedAt) : null;
        await foreach (var row in service.Each(new TableQuery(begun.Table, begun.Partition, begun.Row, before, most + 1), ct))
        {
            if (rows.Count >= most && !TableDocuments.IsFollowing(row))
            {
                return (rows, begun with { Row = row.Key });
            }

            rows.Add(row);
        }

        return (rows, begun with { Row = null });
    }

    private async Task<RepairRound> Check(RepairPosition next, IReadOnlyList<TableRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        // What was being written while the stretch was read is read again, by itself.
        var read = await TableDocuments.Apart(rows)
            .Select(document => (Place: new Place(next.Table, next.Partition, document[0].Key), Lists: Lists.Read(next.Table, next.Partition, document)))
            .Gather(async each => each with { Lists = each.Lists ?? await ListsOf(each.Place, ct) });
        var whole = read.Select(each => each.Lists).OfType<Lists>().ToArray();
        var added = await AddMissing(whole, ct);
        var removed = await RemoveReplies(next.Partition, whole, now, ct);
        return new RepairRound(next, added, removed)
        {
            Unreadable = [.. read.Where(each => each.Lists is null).Select(each => new RepairPosition(next.Table, next.Partition, each.Place.Row))],
        };
    }

    private async Task<int> AddMissing(IReadOnlyList<Lists> documents, CancellationToken ct)
    {
        var listed = documents.SelectMany(document => document.Rows).Distinct();
        var missing = (await listed.Gather(async row => await service.Get(TableNames.Index, row.Partition, row.Key, ct) is null ? row : null)).OfType<IndexRow>().ToArray();
        await index.Add(missing, ct);
        var pointers = await documents.SelectMany(document => document.Pointers)
            .Gather(each => IsDone(each.Own.Table, each.Own.Partition, new TableAction.Insert(each.Pointer), ct));
        return missing.Length + pointers.Count(added => added);
    }

    private async Task<int> RemoveWrong(string partition, IReadOnlyList<TableRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var old = partition == IndexRows.Agencies ? [] : rows.Where(row => row.Timestamp < now - LongestWrite).Select(row => (Row: row, Index: IndexRow.Of(partition, row)));
        var removed = await old.GroupBy(row => row.Index.Source).Gather(async ofOne =>
        {
            // What lists a document that can't be read is left; the walk comes by that document, too, and says so.
            if (await ListsOf(ofOne.Key, ct) is not { } listed)
            {
                return 0;
            }

            // Written again since it was read, a row may be ahead of a document once more: the ETag says so.
            var wrong = await ofOne.Where(row => !listed.Rows.Contains(row.Index)).Gather(row => IsDone(TableNames.Index, partition, new TableAction.Delete(row.Row.Key, row.Row.ETag), ct));
            return wrong.Count(gone => gone);
        });
        return removed.Sum();
    }

    /// <summary>What is kept of a document as it now is; null when it can't be read.</summary>
    private async Task<Lists?> ListsOf(Place place, CancellationToken ct) =>
        Lists.Read(place.Table, place.Partition, await service.All(new TableQuery(place.Table, place.Partition, place.Row, place.Row + "!~"), ct));

    private async Task<int> RemoveReplies(string partition, IReadOnlyList<Lists> documents, DateTimeOffset now, CancellationToken ct)
    {
        var past = documents.SelectMany(document => document.Replies).Where(reply => reply.Document.KeptUntil <= now);
        return (await past.Gather(reply => IsDone(TableNames.Cases, partition, new TableAction.Delete(reply.Row.Key, reply.Row.ETag), ct))).Count(gone => gone);
    }

    private async Task<bool> IsDone(string table, string partition, TableAction action, CancellationToken ct) =>
        (await service.Submit(table, partition, [action], ct)).Outcome == TableOutcome.Done;
}
