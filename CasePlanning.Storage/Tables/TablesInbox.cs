using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Tables;

/// <summary>Inbox items. Each is in the partition of its case; an index lists what waits by person and by morning, and what was carried by message.</summary>
internal sealed class TablesInbox(ITableService service, TableIndex index) : IInboxStore
{
    public async Task<IReadOnlyList<(string Agency, string Person)>> PeopleWaiting(DateTimeOffset now, int limit, CancellationToken ct)
    {
        var people = new List<(string Agency, string Person)>();
        await foreach (var row in index.Each(IndexRows.Mornings, ct, TableKey.Of(now.UtcTicks + 1)))
        {
            if (people.Count >= limit)
            {
                break;
            }

            // Whoever was found to have something waiting needn't be asked about again.
            if (!people.Exists(known => row.Stem.Contains($"~{TableKey.Of(known.Agency, known.Person)}~", StringComparison.Ordinal))
                && await At(row, ct) is { } item && !people.Contains((item.Agency, item.Person)))
            {
                people.Add((item.Agency, item.Person));
            }
        }

        return people;
    }

    public async Task<DateTimeOffset?> Earliest(CancellationToken ct)
    {
        await foreach (var row in index.Each(IndexRows.Mornings, ct, most: 10))
        {
            if (await At(row, ct) is { } item)
            {
                return item.NotBefore;
            }
        }

        return null;
    }

    public async Task<IReadOnlyList<InboxItem>> Waiting(string person, CancellationToken ct) => await Listed(IndexRows.InboxOf(person), ct);

    public Task MarkMailed(IReadOnlyList<string> items, string messageId, CancellationToken ct) =>
        Change(items, item => item with { MailedIn = messageId }, ct);

    public Task Postpone(IReadOnlyList<string> items, DateTimeOffset notBefore, CancellationToken ct) =>
        Change(items, item => item.NotBefore < notBefore ? item with { NotBefore = notBefore.ToUniversalTime() } : item, ct);

    public async Task Add(IReadOnlyList<InboxItem> items, CancellationToken ct)
    {
        await index.Add(items.SelectMany(IndexRows.Of), ct);
        foreach (var some in items.GroupBy(item => item.Case, StringComparer.Ordinal).SelectMany(ofCase => ofCase.Chunk(TableLimits.ActionsPerTransaction)))
        {
            var unit = new TableUnit(service, TableNames.Cases, TableKey.Of(some[0].Case));
            foreach (var item in some)
            {
                unit.Insert(TableDocuments.Rows(StoredDocuments.InboxItem, TableNames.InboxOf(item.Key), item));
            }

            await unit.Submit(ct);
        }
    }

    public async Task<IReadOnlyList<InboxItem>> CarriedBy(string messageId, CancellationToken ct) => await Listed(IndexRows.CarriedBy(messageId), ct);

    public async Task<IReadOnlyList<InboxItem>> OfCase(string caseId, CancellationToken ct) =>
    [
        .. (await Items(TableKey.Of(caseId), TableNames.Inbox, TableNames.Inbox + "~", ct)).Select(stored => stored.Document)
            .OrderBy(item => item.RaisedAt).ThenBy(item => item.Key, StringComparer.Ordinal),
    ];

    private async Task<InboxItem?> At(IndexRow row, CancellationToken ct) =>
        await service.Find(StoredDocuments.InboxItem, row.Source.Table, row.Source.Partition, row.Source.Row, ct) is { Document: var item } && IndexRows.Of(item).Contains(row) ? item : null;

    private async Task<IReadOnlyList<InboxItem>> Listed(string list, CancellationToken ct) =>
    [
        .. (await Stored(await index.All(list, ct), ct)).Select(stored => stored.Document)
            .OrderBy(item => item.Due).ThenBy(item => item.Key, StringComparer.Ordinal).ThenBy(item => item.Case, StringComparer.Ordinal),
    ];

    /// <summary>The items that rows are true of, with one call per case.</summary>
    private async Task<List<Stored<InboxItem>>> Stored(IReadOnlyList<IndexRow> rows, CancellationToken ct)
    {
        var found = await rows.GroupBy(row => row.Source.Partition, StringComparer.Ordinal).Gather(async ofCase =>
        {
            var keys = ofCase.Select(row => row.Source.Row).Order(StringComparer.Ordinal).ToArray();
            return (Rows: ofCase.ToHashSet(), Items: await Items(ofCase.Key, keys[0], keys[^1] + "!~", ct));
        });
        return [.. from ofCase in found from item in ofCase.Items where IndexRows.Of(item.Document).Any(ofCase.Rows.Contains) select item];
    }

    private async Task<IEnumerable<Stored<InboxItem>>> Items(string partition, string from, string before, CancellationToken ct) =>
        TableDocuments.Read(StoredDocuments.InboxItem, await service.All(new TableQuery(TableNames.Cases, partition, from, before), ct), TableNames.Inbox);

    /// <summary>Changes waiting items, a transaction for each case; what changed meanwhile is read and changed again.</summary>
    private async Task Change(IReadOnlyList<string> keys, Func<InboxItem, InboxItem> change, CancellationToken ct)
    {
        var named = keys.ToHashSet(StringComparer.Ordinal);
        var rows = new List<IndexRow>();
        foreach (var person in keys.Select(StoreRules.PersonOf).Distinct(StringComparer.Ordinal))
        {
            rows.AddRange((await index.All(IndexRows.InboxOf(person), ct)).Where(row => named.Contains(row.Value)));
        }

        var wrong = new List<IndexRow>();
        for (var isDone = rows.Count == 0; !isDone;)
        {
            isDone = true;
            var items = (await Stored(rows, ct)).Select(stored => (Before: stored.Document, After: change(stored.Document), stored.Row)).Where(item => item.Before != item.After).ToList();
            await index.Add(items.SelectMany(item => IndexRows.Of(item.After).Except(IndexRows.Of(item.Before))), ct);
            wrong.AddRange(items.SelectMany(item => IndexRows.Of(item.Before).Except(IndexRows.Of(item.After))));
            foreach (var ofCase in items.GroupBy(item => item.Before.Case, StringComparer.Ordinal))
            {
                isDone &= await Save([.. ofCase], ct);
            }
        }

        await index.Remove(wrong);
    }

    private async Task<bool> Save(IReadOnlyList<(InboxItem Before, InboxItem After, TableRow Row)> items, CancellationToken ct)
    {
        var isDone = true;
        foreach (var some in items.Chunk(TableLimits.ActionsPerTransaction))
        {
            var unit = new TableUnit(service, TableNames.Cases, TableKey.Of(some[0].Before.Case));
            foreach (var item in some)
            {
                unit.Replace(TableDocuments.Rows(StoredDocuments.InboxItem, item.Row.Key, item.After), item.Row.ETag);
            }

            isDone &= (await unit.Submit(ct)).Outcome == TableOutcome.Done;
        }

        return isDone;
    }
}
