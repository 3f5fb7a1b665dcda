using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Documents;

/// <summary>The documents of what people are told. A reminder stores six of them, so that their bytes are written more often than any others.</summary>
internal sealed record ToldDocuments(Func<Notice, byte[]> WriteNotice, DocumentType<InboxItem> Items, DocumentType<Message> Messages)
{
    /// <summary>Whole, where a row has nothing but its document.</summary>
    public static ToldDocuments Whole { get; } = new(StoredDocuments.Notice.Write, StoredDocuments.InboxItem, StoredDocuments.Message);

    /// <summary>Without what stands in the columns beside them. Whoever reads a row takes that from the columns, in older rows too, where the document says it as well.</summary>
    public static ToldDocuments BesideColumns { get; } = new(
        NoticeBesideKey.Write,
        StoredDocuments.InboxItem.Without(
            nameof(InboxItem.Key), nameof(InboxItem.Case), nameof(InboxItem.Agency), nameof(InboxItem.Person), nameof(InboxItem.Due), nameof(InboxItem.NotBefore),
            nameof(InboxItem.MailedIn)),
        StoredDocuments.Message.Without(
            nameof(Message.Id), nameof(Message.Agency), nameof(Message.Case), nameof(Message.Address), nameof(Message.State), nameof(Message.Attempts),
            nameof(Message.NextAttempt), nameof(Message.StoredAt), nameof(Message.SentAt), nameof(Message.DeliveredAt), nameof(Message.LastError),
            nameof(Message.Unheard), nameof(Message.Revision)));
}
