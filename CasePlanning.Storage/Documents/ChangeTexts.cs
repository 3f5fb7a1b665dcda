using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Documents;

/// <summary>The documents of a unit of work as UTF-8, each list in its own order.</summary>
/// <param name="told">How what people are told is written.</param>
/// <param name="mail">For each message its text, where a store writes it otherwise.</param>
internal sealed class ChangeTexts(CaseChange change, ToldDocuments told, byte[]?[]? mail = null)
{
    public byte[]? File { get; } = change.File is null ? null : StoredDocuments.CaseFile.Write(change.File);

    public byte[]? Marks { get; } = change.Marks is null ? null : StoredDocuments.Marks.Write(change.Marks);

    public byte[]? Reply { get; } = change.Reply is null ? null : StoredDocuments.Reply.Write(change.Reply);

    public byte[][] Plans { get; } = Texts(change.Plans, StoredDocuments.Plan);

    public byte[][] Contents { get; } = Texts(change.Contents, StoredDocuments.Content);

    public byte[][] Progress { get; } = Texts(change.Progress, StoredDocuments.Progress);

    public byte[][] History { get; } = Texts(change.History, StoredDocuments.History);

    public byte[][] Notices { get; } = Texts(change.Notices, told.WriteNotice);

    public byte[][] Inbox { get; } = Texts(change.Inbox, told.Items);

    public byte[][] Messages { get; } = [.. change.Messages.Select((message, index) => mail?[index] ?? told.Messages.Write(message))];

    /// <summary>True for a unit of work that no store takes.</summary>
    /// <param name="beside">Bytes that are written beside these texts.</param>
    public bool AreTooLong(long beside = 0) =>
        beside + (File?.Length ?? 0) + (Marks?.Length ?? 0) + (Reply?.Length ?? 0) + Length(Plans) + Length(Contents) + Length(Progress)
            + Length(History) + Length(Notices) + Length(Inbox) + Length(Messages) > CaseChange.MostBytes;

    private static long Length(byte[][] texts)
    {
        var length = 0L;
        foreach (var text in texts)
        {
            length += text.Length;
        }

        return length;
    }

    private static byte[][] Texts<T>(IReadOnlyList<T> documents, DocumentType<T> type)
        where T : class => documents.Count == 0 ? [] : Texts(documents, type.Write);

    private static byte[][] Texts<T>(IReadOnlyList<T> documents, Func<T, byte[]> write)
    {
        var texts = documents.Count == 0 ? [] : new byte[documents.Count][];
        for (var index = 0; index < texts.Length; index++)
        {
            texts[index] = write(documents[index]);
        }

        return texts;
    }
}
