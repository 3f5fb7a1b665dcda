using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Tables;

internal sealed class TablesCases(ITableService service, TableIndex index, TablesOutbox outbox) : ICaseStore
{
    private long _latestNow;

    public async Task<CaseRecord?> Find(string caseId, CancellationToken ct)
    {
        var query = new TableQuery(TableNames.Cases, TableKey.Of(caseId), Before: TableNames.AfterPlans);
        while (await service.All(query, ct) is { Count: > 0 } rows)
        {
            // The head is read first; what a later unit has written after it, or a part of it, is read again with its head.
            var version = TableDocuments.Read(CaseHead.Type, rows).Version;
            if (TableDocuments.AreOf(version, rows))
            {
                return new CaseRecord(
                    version,
                    TableDocuments.Read(StoredDocuments.CaseFile, rows, TableNames.File).Single().Document,
                    [.. TableDocuments.Read(StoredDocuments.Plan, rows, TableNames.Plan).Select(plan => plan.Document).OrderBy(plan => plan.Id, StringComparer.Ordinal)],
                    TableDocuments.Read(StoredDocuments.Marks, rows, TableNames.Marks).SingleOrDefault()?.Document ?? Marks.None);
            }
        }

        return null;
    }

    public async Task<PlanContent?> FindContent(string planId, int version, CancellationToken ct) =>
        (await service.Find(StoredDocuments.Content, TableNames.Cases, TableKey.Of(StoreRules.CaseOf(planId)), TableNames.VersionOf(TableNames.Content, planId, version), ct))?.Document;

    public async Task<PlanProgress?> FindProgress(string planId, int version, CancellationToken ct) =>
        (await service.Find(StoredDocuments.Progress, TableNames.Cases, TableKey.Of(StoreRules.CaseOf(planId)), TableNames.VersionOf(TableNames.Progress, planId, version), ct))?.Document;

    public async Task<IReadOnlyList<HistoryEntry>> History(string caseId, CancellationToken ct) =>
        [.. (await Each(StoredDocuments.History, caseId, TableNames.History, ct)).OrderBy(entry => entry.Key, StringComparer.Ordinal)];

    public async Task<IReadOnlyList<Notice>> Notices(string caseId, CancellationToken ct) =>
        [.. (await Each(StoredDocuments.Notice, caseId, TableNames.Notice, ct)).OrderBy(notice => notice.RaisedAt).ThenBy(notice => notice.Key, StringComparer.Ordinal)];

    /// <summary>A reply is past its time at the latest instant that any was asked for at, whichever case it is with.</summary>
    public async Task<StoredReply?> FindReply(string key, DateTimeOffset now, CancellationToken ct)
    {
        var latest = new DateTimeOffset(Latest(now.UtcTicks), TimeSpan.Zero);
        foreach (var row in await index.All(IndexRows.ReplyOf(key), ct))
        {
            var found = await service.Find(StoredDocuments.Reply, row.Source.Table, row.Source.Partition, row.Source.Row, ct);
            if (found?.Document is { } reply && reply.KeptUntil > latest)
            {
                return reply;
            }
        }

        return null;
    }

    public async Task<SaveOutcome> Save(CaseChange change, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        StoreRules.Check(change);
        var texts = new ChangeTexts(change, ToldDocuments.Whole);
        return texts.AreTooLong() ? SaveOutcome.TooLarge : await new TablesSave(service, index, outbox, change, texts).Run(ct);
    }

    public async Task<IReadOnlyList<CaseListing>> Cases(string agency, CancellationToken ct, string? assignedTo = null)
    {
        var rows = await index.All(assignedTo is null ? IndexRows.CasesOf(agency) : IndexRows.CasesOf(agency, assignedTo), ct);
        return [.. (await service.Heads(rows, ct)).Select(found => found.Head.Listing).OrderBy(listing => listing.Case, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<string>> PlansPendingApproval(string agency, CancellationToken ct) =>
        [.. (await service.Heads(await index.All(IndexRows.PendingIn(agency), ct), ct)).Select(found => found.Row.Value).Order(StringComparer.Ordinal)];

    private async Task<IEnumerable<T>> Each<T>(DocumentType<T> type, string caseId, string prefix, CancellationToken ct)
        where T : class =>
        TableDocuments.Read(type, await service.All(new TableQuery(TableNames.Cases, TableKey.Of(caseId), prefix, prefix + "~"), ct), prefix).Select(stored => stored.Document);

    private long Latest(long now)
    {
        for (var seen = Volatile.Read(ref _latestNow); now > seen; seen = Volatile.Read(ref _latestNow))
        {
            Interlocked.CompareExchange(ref _latestNow, now, seen);
        }

        return Volatile.Read(ref _latestNow);
    }
}
