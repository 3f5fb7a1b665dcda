namespace CasePlanning.Storage.Tables;

/// <summary>Where a walk has got to.</summary>
/// <param name="Row">The first row of the partition that wasn't looked at; null once all were.</param>
public sealed record RepairPosition(string Table, string Partition, string? Row = null);

/// <param name="Next">Where the next round goes on; null when this one came to the end.</param>
public sealed record RepairRound(RepairPosition? Next, int Added, int Removed);

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
        var (added, removed) = (0, 0);
        var next = await LastPosition(ct);
        for (var left = rows; left > 0 && next is not null; left -= RowsAtOnce)
        {
            var round = await Run(next, Math.Min(left, RowsAtOnce), now, ct);
            (next, added, removed) = (round.Next, added + round.Added, removed + round.Removed);
            await Store(next ?? Beginning, ct);
        }

        return new RepairRound(next, added, removed);
    }

    public async Task<RepairRound> Run(RepairPosition? from, int rows, DateTimeOffset now, CancellationToken ct)
    {
        var (added, removed) = (0, 0);
        var position = from ?? Beginning;
        for (var left = rows; left > 0;)
        {
            if ((position.Row is null ? await NextPartition(position, ct) : position) is not { } begun)
            {
                return new RepairRound(null, added, removed);
            }

            (var stretch, position) = await Stretch(begun, Math.Min(left, RowsAtOnce), now, ct);
            left -= Math.Max(stretch.Count, RowsOfAPartition);
            if (position.Table == TableNames.Index)
            {
                removed += await RemoveWrong(position.Partition, stretch, now, ct);
            }
            else
            {
                added += await AddMissing(position, stretch, ct);
                removed += await RemoveReplies(position.Partition, stretch, now, ct);
            }
        }

        return new RepairRound(position, added, removed);
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

    private async Task<int> AddMissing(RepairPosition position, IReadOnlyList<TableRow> rows, CancellationToken ct)
    {
        var listed = Listing.Of(position.Table, position.Partition, rows).Distinct();
        var missing = (await listed.Gather(async row => await service.Get(TableNames.Index, row.Partition, row.Key, ct) is null ? row : null)).OfType<IndexRow>().ToArray();
        await index.Add(missing, ct);
        var pointers = await Listing.Pointers(position.Table, position.Partition, rows)
            .Gather(each => IsDone(each.Own.Table, each.Own.Partition, new TableAction.Insert(each.Pointer), ct));
        return missing.Length + pointers.Count(added => added);
    }

    private async Task<int> RemoveWrong(string partition, IReadOnlyList<TableRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var old = partition == IndexRows.Agencies ? [] : rows.Where(row => row.Timestamp < now - LongestWrite).Select(row => (Row: row, Index: IndexRow.Of(partition, row)));
        var removed = await old.GroupBy(row => row.Index.Source).Gather(async ofOne =>
        {
            // Written again since it was read, a row may be ahead of a document once more: the ETag says so.
            var listed = (await Listed(ofOne.Key, ct)).ToHashSet();
            var wrong = await ofOne.Where(row => !listed.Contains(row.Index)).Gather(row => IsDone(TableNames.Index, partition, new TableAction.Delete(row.Row.Key, row.Row.ETag), ct));
            return wrong.Count(gone => gone);
        });
        return removed.Sum();
    }

    /// <summary>The rows that list a document as it is.</summary>
    private async Task<IEnumerable<IndexRow>> Listed(Place place, CancellationToken ct) =>
        Listing.Of(place.Table, place.Partition, await service.All(new TableQuery(place.Table, place.Partition, place.Row, place.Row + "!~"), ct));

    private async Task<int> RemoveReplies(string partition, IReadOnlyList<TableRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var past = Listing.Replies(rows).Where(reply => reply.Document.KeptUntil <= now);
        return (await past.Gather(reply => IsDone(TableNames.Cases, partition, new TableAction.Delete(reply.Row.Key, reply.Row.ETag), ct))).Count(gone => gone);
    }

    private async Task<bool> IsDone(string table, string partition, TableAction action, CancellationToken ct) =>
        (await service.Submit(table, partition, [action], ct)).Outcome == TableOutcome.Done;
}
