using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Memory;

internal sealed class MemoryCases(MemoryTables tables) : ICaseStore
{
    public Task<CaseRecord?> Find(string caseId, CancellationToken ct) =>
        tables.Run(() => Case(caseId) is { } found ? new CaseRecord(found.Version, found.File, [.. found.Plans.Values], found.Marks) : null, ct);

    public Task<PlanContent?> FindContent(string planId, int version, CancellationToken ct) =>
        tables.Run(() => CaseWith(planId)?.Contents.GetValueOrDefault((planId, version)), ct);

    public Task<PlanProgress?> FindProgress(string planId, int version, CancellationToken ct) =>
        tables.Run(() => CaseWith(planId)?.Progress.GetValueOrDefault((planId, version)), ct);

    public Task<IReadOnlyList<HistoryEntry>> History(string caseId, CancellationToken ct) =>
        tables.Run<IReadOnlyList<HistoryEntry>>(() => [.. Case(caseId)?.History.Values ?? Enumerable.Empty<HistoryEntry>()], ct);

    public Task<IReadOnlyList<Notice>> Notices(string caseId, CancellationToken ct) =>
        tables.Run<IReadOnlyList<Notice>>(
            () => [.. (Case(caseId)?.Notices.Values ?? Enumerable.Empty<Notice>()).OrderBy(notice => notice.RaisedAt).ThenBy(notice => notice.Key, StringComparer.Ordinal)], ct);

    public Task<StoredReply?> FindReply(string key, DateTimeOffset now, CancellationToken ct) => tables.Run(
        () =>
        {
            tables.LatestNow = now > tables.LatestNow ? now : tables.LatestNow;
            return tables.Replies.TryGetValue(key, out var reply) && reply.KeptUntil > now ? reply : null;
        },
        ct);

    public Task<SaveOutcome> Save(CaseChange change, CancellationToken ct)
    {
        StoreRules.Check(change);
        var texts = new ChangeTexts(change, ToldDocuments.Whole);
        if (texts.AreTooLong())
        {
            return Task.FromResult(SaveOutcome.TooLarge);
        }

        var copy = Copy(change, texts);
        return tables.Run(() => Apply(copy), ct);
    }

    public Task<IReadOnlyList<CaseListing>> Cases(string agency, CancellationToken ct, string? assignedTo = null) => tables.Run<IReadOnlyList<CaseListing>>(
        () =>
        [
            .. tables.Cases.Values.Select(each => each.File)
                .Where(file => file.Agency == agency && (assignedTo is null || StoreRules.Assigned(file).Contains(assignedTo)))
                .OrderBy(file => file.Id, StringComparer.Ordinal)
                .Select(file => new CaseListing(file.Id, file.Agency, file.Number, file.Unit)),
        ],
        ct);

    public Task<IReadOnlyList<string>> PlansPendingApproval(string agency, CancellationToken ct) => tables.Run<IReadOnlyList<string>>(
        () =>
        [
            .. tables.Cases.Values.Where(each => each.File.Agency == agency)
                .SelectMany(each => each.Plans.Values).Where(StoreRules.IsPendingApproval)
                .Select(plan => plan.Id).Order(StringComparer.Ordinal),
        ],
        ct);

    private MemoryCase? Case(string id) => tables.Cases.GetValueOrDefault(id);

    private MemoryCase? CaseWith(string plan) => Case(StoreRules.CaseOf(plan));

    private static CaseChange Copy(CaseChange change, ChangeTexts texts) => change with
    {
        File = texts.File is null ? null : Read(StoredDocuments.CaseFile, texts.File),
        Marks = texts.Marks is null ? null : Read(StoredDocuments.Marks, texts.Marks),
        Plans = Read(StoredDocuments.Plan, texts.Plans),
        Contents = Read(StoredDocuments.Content, texts.Contents),
        Progress = Read(StoredDocuments.Progress, texts.Progress),
        History = Read(StoredDocuments.History, texts.History),
        Notices = Read(StoredDocuments.Notice, texts.Notices),
        Inbox = Read(StoredDocuments.InboxItem, texts.Inbox),
        Messages = Read(StoredDocuments.Message, texts.Messages),
        Wakes = [.. change.Wakes.Select(wake => wake with { Due = wake.Due?.ToUniversalTime() })],
        Reply = texts.Reply is null ? null : Read(StoredDocuments.Reply, texts.Reply),
    };

    private static T[] Read<T>(DocumentType<T> type, byte[][] texts)
        where T : class => [.. texts.Select(text => Read(type, text))];

    private static T Read<T>(DocumentType<T> type, byte[] text)
        where T : class => type.Read(type.Schema, text);

    private SaveOutcome Apply(CaseChange change)
    {
        var stored = Case(change.Case);
        if ((stored?.Version ?? 0) != change.ExpectedVersion)
        {
            return SaveOutcome.Conflict;
        }

        if (stored is null)
        {
            tables.Cases[change.Case] = stored = new MemoryCase { File = change.File! };
        }

        if (change.File is { } file && file.Agency != stored.File.Agency)
        {
            tables.TakeBack(change.Case, stored.File.Agency);
        }

        stored.Version++;
        stored.File = change.File ?? stored.File;
        stored.Marks = change.Marks ?? stored.Marks;
        Put(change.Plans, stored.Plans, plan => plan.Id);
        Put(change.Contents, stored.Contents, content => (content.Plan, content.Version));
        Put(change.Progress, stored.Progress, progress => (progress.Plan, progress.Version));
        Put(change.History.Where(entry => !stored.History.ContainsKey(entry.Key)), stored.History, entry => entry.Key);
        Put(change.Notices.Where(notice => !stored.Notices.ContainsKey(notice.Key)), stored.Notices, notice => notice.Key);
        PutAcrossCases(change);
        return SaveOutcome.Saved;
    }

    private void PutAcrossCases(CaseChange change)
    {
        foreach (var item in change.Inbox.Where(item => !tables.Inbox.ContainsKey((item.Case, item.Key))))
        {
            tables.Put(item);
        }

        foreach (var message in change.Messages.Where(message => !tables.Messages.ContainsKey(message.Id)))
        {
            tables.Put(message);
        }

        PutWakes(change);
        if (change.Reply is { } reply)
        {
            foreach (var old in tables.Replies.Values.Where(each => each.KeptUntil <= tables.LatestNow).ToArray())
            {
                tables.Replies.Remove(old.Key);
            }

            tables.Replies[reply.Key] = reply;
        }
    }

    private void PutWakes(CaseChange change)
    {
        var (state, hastenedTo) = tables.Directories.GetValueOrDefault(tables.Cases[change.Case].File.Agency);
        foreach (var wake in change.Wakes)
        {
            if (StoreRules.DueAfter(wake.Due, change.DecidedWith, state, hastenedTo) is { } due)
            {
                tables.Wakes[wake.Subject] = wake with { Due = due.ToUniversalTime() };
            }
            else
            {
                tables.Wakes.Remove(wake.Subject);
            }
        }
    }

    private static void Put<TKey, T>(IEnumerable<T> documents, IDictionary<TKey, T> rows, Func<T, TKey> key)
    {
        foreach (var document in documents)
        {
            rows[key(document)] = document;
        }
    }
}
