using System.Security.Cryptography;
using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Tables;

/// <summary>
/// Saves one unit of work in one transaction of its case's partition, with the rows of lists that cross cases written around it: those that
/// become true before it, those that become wrong after it.
/// </summary>
internal sealed class TablesSave(ITableService service, TableIndex index, TablesOutbox outbox, CaseChange change, ChangeTexts texts)
{
    private const int BytesOfAnId = 12;

    private readonly string _partition = TableKey.Of(change.Case);

    /// <summary>
    /// Kept with the case. The client sends again what it got no answer to, and a transaction that took place the first time then meets what it wrote
    /// itself: where the case has this id, nobody else was there before.
    /// </summary>
    private readonly string _id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(BytesOfAnId));

    public async Task<SaveOutcome> Run(CancellationToken ct)
    {
        while (true)
        {
            var stored = await Head(ct);
            if ((stored?.Document.Version ?? 0) != change.ExpectedVersion)
            {
                return SaveOutcome.Conflict;
            }

            if (await Save(stored, ct) is { } outcome)
            {
                return outcome;
            }
        }
    }

    /// <summary>Null when an inbox item changed that the unit takes back, so that it has to be gathered again.</summary>
    private async Task<SaveOutcome?> Save(Stored<CaseHead>? stored, CancellationToken ct)
    {
        var before = stored?.Document;
        var agency = change.File?.Agency ?? before!.Agency;
        var moves = before is not null && agency != before.Agency;
        var state = change.Wakes.Count > 0 || moves ? await service.DirectoryHead(agency, ct) : DirectoryHead.None(agency);
        var after = CaseHead.After(before, change, moves ? await service.DirectoryHead(before!.Agency, ct) : state, state).SavedBy(_id);
        var takenBack = moves ? await Waiting(before!.Agency, ct) : [];

        await index.AddAgency(agency, ct);
        await index.Add(
            [
                .. after.Index.Except(before?.Index ?? []),
                .. change.Inbox.SelectMany(IndexRows.Of),
                .. change.Reply is { } reply ? [IndexRows.Of(_partition, reply)] : Array.Empty<IndexRow>(),
            ],
            ct);
        var messages = await outbox.Claim(change.Messages, PlaceOf, ct);

        var unit = new TableUnit(service, TableNames.Cases, _partition);
        unit.Replace(TableDocuments.Rows(CaseHead.Type, TableNames.Head, after, after.Version), stored?.Row.ETag);
        Fill(unit, messages);
        foreach (var item in takenBack)
        {
            unit.Delete(item.Row);
        }

        var result = await unit.Submit(ct);
        if (result.Outcome == TableOutcome.TooLarge)
        {
            return SaveOutcome.TooLarge;
        }

        if (result.Outcome != TableOutcome.Done && (result.Action != 0 || !await IsSaved(ct)))
        {
            return result.Action == 0 ? SaveOutcome.Conflict : null;
        }

        await index.Remove((before?.Index ?? []).Except(after.Index).Concat(takenBack.SelectMany(item => IndexRows.Of(item.Document))));
        return SaveOutcome.Saved;
    }

    private Task<Stored<CaseHead>?> Head(CancellationToken ct) => service.Find(CaseHead.Type, TableNames.Cases, _partition, TableNames.Head, ct);

    private async Task<bool> IsSaved(CancellationToken ct) => (await Head(ct))?.Document.Saves.Contains(_id, StringComparer.Ordinal) == true;

    private void Fill(TableUnit unit, IReadOnlyList<Message> messages)
    {
        Put(unit, StoredDocuments.CaseFile, texts.File, TableNames.File);
        Put(unit, StoredDocuments.Marks, texts.Marks, TableNames.Marks);
        Each(change.Plans, texts.Plans, (plan, text) => Put(unit, StoredDocuments.Plan, text, TableNames.Plan + TableKey.Of(plan.Id)));
        Each(change.Contents, texts.Contents, (content, text) => Put(unit, StoredDocuments.Content, text, TableNames.VersionOf(TableNames.Content, content.Plan, content.Version)));
        Each(change.Progress, texts.Progress, (progress, text) => Put(unit, StoredDocuments.Progress, text, TableNames.VersionOf(TableNames.Progress, progress.Plan, progress.Version)));
        Each(change.History, texts.History, (entry, text) => unit.Insert(TableDocuments.Rows(TableNames.History + TableKey.Of(entry.Key), StoredDocuments.History.Schema, text)));
        Each(change.Notices, texts.Notices, (notice, text) => unit.Insert(TableDocuments.Rows(TableNames.Notice + TableKey.Of(notice.Key), StoredDocuments.Notice.Schema, text)));
        Each(change.Inbox, texts.Inbox, (item, text) => unit.Insert(TableDocuments.Rows(TableNames.InboxOf(item.Key), StoredDocuments.InboxItem.Schema, text)));
        foreach (var message in messages)
        {
            unit.Insert(TableDocuments.Rows(StoredDocuments.Message, TableNames.MessageOf(message.Id), message));
        }

        Put(unit, StoredDocuments.Reply, texts.Reply, change.Reply is { } reply ? TableNames.ReplyOf(reply.Key) : "");
    }

    /// <summary>What waits in an agency's inboxes about the case.</summary>
    private async Task<List<Stored<InboxItem>>> Waiting(string agency, CancellationToken ct) =>
    [
        .. TableDocuments.Read(
            StoredDocuments.InboxItem,
            await service.All(new TableQuery(TableNames.Cases, _partition, TableNames.Inbox, TableNames.Inbox + "~"), ct),
            TableNames.Inbox).Where(item => item.Document.MailedIn is null && item.Document.Agency == agency),
    ];

    private Place PlaceOf(Message message) => new(TableNames.Cases, _partition, TableNames.MessageOf(message.Id));

    private void Put<T>(TableUnit unit, DocumentType<T> type, byte[]? text, string key)
        where T : class
    {
        if (text is not null)
        {
            unit.Put(TableDocuments.Rows(key, type.Schema, text, change.ExpectedVersion + 1));
        }
    }

    private static void Each<T>(IReadOnlyList<T> documents, byte[][] written, Action<T, byte[]> add)
    {
        for (var number = 0; number < written.Length; number++)
        {
            add(documents[number], written[number]);
        }
    }
}
