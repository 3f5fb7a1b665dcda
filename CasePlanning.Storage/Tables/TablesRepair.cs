namespace CasePlanning.Storage.Tables;

/// <summary>Where a walk has got to.</summary>
public sealed record RepairPosition(string Table, string Partition);

/// <param name="Next">Where the next round goes on; null when this one came to the end.</param>
public sealed record RepairRound(RepairPosition? Next, int Added, int Removed);

/// <summary>Compares index rows with the documents, partition by partition.</summary>
internal sealed class TablesRepair(ITableService service, TableIndex index)
{
    /// <summary>No write is under way for so long. A row that is younger may be waiting for the document that it was written ahead of.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    private static readonly RepairPosition Beginning = new(TableNames.Walked[0], "");

    private const string Walk = "repair";
    private const string Position = "position";

    /// <summary>Goes on where the last round ended, whichever process it ran in. Of two at once, both look at the same partitions.</summary>
    public async Task<RepairRound> GoOn(int partitions, DateTimeOffset now, CancellationToken ct)
    {
        var last = await service.Get(TableNames.Upkeep, Walk, Position, ct);
        var from = last is null ? null : new RepairPosition((string)last.Values["Table"], (string)last.Values["Partition"]);
        var round = await Run(from, partitions, now, ct);
        var next = round.Next ?? Beginning;
        var row = new TableRow(Position, new Dictionary<string, object>(StringComparer.Ordinal) { ["Table"] = next.Table, ["Partition"] = next.Partition });
        await service.Submit(TableNames.Upkeep, Walk, [new TableAction.Put(row)], ct);
        return round;
    }

    public async Task<RepairRound> Run(RepairPosition? from, int partitions, DateTimeOffset now, CancellationToken ct)
    {
        var (added, removed) = (0, 0);
        var position = from ?? Beginning;
        for (var done = 0; done < partitions; done++)
        {
            if (await Next(position, ct) is not { } next)
            {
                return new RepairRound(null, added, removed);
            }

            position = next;
            var rows = await service.All(new TableQuery(position.Table, position.Partition), ct);
            if (position.Table == TableNames.Index)
            {
                removed += await RemoveWrong(position.Partition, rows, now, ct);
            }
            else
            {
                added += await AddMissing(position, rows, ct);
                removed += await RemoveReplies(position.Partition, rows, now, ct);
            }
        }

        return new RepairRound(position, added, removed);
    }

    private async Task<RepairPosition?> Next(RepairPosition position, CancellationToken ct)
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

    private async Task<int> AddMissing(RepairPosition position, IReadOnlyList<TableRow> rows, CancellationToken ct)
    {
        var listed = Listing.Of(position.Table, position.Partition, rows).Distinct();
        var missing = (await listed.Gather(async row => await service.Get(TableNames.Index, row.Partition, row.Key, ct) is null ? row : null)).OfType<IndexRow>().ToArray();
        await index.Add(missing, ct);
        var added = missing.Length;
        foreach (var (own, pointer) in Listing.Pointers(position.Table, position.Partition, rows))
        {
            added += (await service.Submit(own.Table, own.Partition, [new TableAction.Insert(pointer)], ct)).Outcome == TableOutcome.Done ? 1 : 0;
        }

        return added;
    }

    private async Task<int> RemoveWrong(string partition, IReadOnlyList<TableRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var removed = 0;
        foreach (var row in rows.Where(row => row.Timestamp < now - LongestWrite))
        {
            // Written again since it was read, it may be ahead of a document once more: the ETag says so.
            if (!await IsTrue(IndexRow.Of(partition, row), ct)
                && (await service.Submit(TableNames.Index, partition, [new TableAction.Delete(row.Key, row.ETag)], ct)).Outcome == TableOutcome.Done)
            {
                removed++;
            }
        }

        return removed;
    }

    private async Task<bool> IsTrue(IndexRow row, CancellationToken ct)
    {
        var (table, partition, key) = row.Source;
        return row.Partition == IndexRows.Agencies
            || Listing.Of(table, partition, await service.All(new TableQuery(table, partition, key, key + "!~"), ct)).Contains(row);
    }

    private async Task<int> RemoveReplies(string partition, IReadOnlyList<TableRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var removed = 0;
        foreach (var reply in Listing.Replies(rows).Where(reply => reply.Document.KeptUntil <= now))
        {
            removed += (await service.Submit(TableNames.Cases, partition, [new TableAction.Delete(reply.Row.Key, reply.Row.ETag)], ct)).Outcome == TableOutcome.Done ? 1 : 0;
        }

        return removed;
    }
}
