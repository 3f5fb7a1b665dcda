using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Tables;

/// <summary>What is kept of a document outside its own rows, read from them.</summary>
/// <param name="Rows">Rows of the index.</param>
/// <param name="Pointers">For a message that has not its own partition, the row in that which says where it is.</param>
/// <param name="Replies">The reply itself, where the document is one.</param>
internal sealed record Lists(IReadOnlyList<IndexRow> Rows, IReadOnlyList<(Place Own, TableRow Pointer)> Pointers, IReadOnlyList<Stored<StoredReply>> Replies)
{
    /// <summary>Null when the document can't be read, whatever is wrong with it.</summary>
    /// <param name="rows">Those of one document; none where it is gone.</param>
    public static Lists? Read(string table, string partition, IReadOnlyList<TableRow> rows)
    {
        try
        {
            return new Lists([.. Of(table, partition, rows)], [.. PointersOf(table, partition, rows)], [.. Each(StoredDocuments.Reply, rows, TableNames.Reply)]);
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static IEnumerable<IndexRow> Of(string table, string partition, IReadOnlyList<TableRow> rows) => table switch
    {
        TableNames.Cases =>
        [
            .. Each(CaseHead.Type, rows, TableNames.Head).SelectMany(head => head.Document.Index.Append(IndexRows.Of(head.Document.Agency))),
            .. Each(StoredDocuments.InboxItem, rows, TableNames.Inbox).SelectMany(item => IndexRows.Of(item.Document)),
            .. Messages(table, partition, rows),
            .. Each(StoredDocuments.Reply, rows, TableNames.Reply).Select(reply => IndexRows.Of(partition, reply.Document)),
        ],
        TableNames.Messages => Messages(table, partition, rows),
        TableNames.Directory =>
        [
            .. Each(DirectoryHead.Type, rows, TableNames.Head).Select(head => IndexRows.Of(head.Document.Agency)),
            .. Each(StoredDocuments.Person, rows, TableNames.Person).SelectMany(person => IndexRows.Of(person.Document)),
        ],
        TableNames.Feeds => Each(TablesCalendarFeeds.Type, rows, TableNames.Feed).Select(feed => IndexRows.Of(feed.Document)),
        _ => [],
    };

    private static IEnumerable<(Place Own, TableRow Pointer)> PointersOf(string table, string partition, IReadOnlyList<TableRow> rows) =>
        from message in Each(StoredDocuments.Message, rows, TableNames.Message)
        let place = new Place(table, partition, message.Row.Key)
        let own = TablesOutbox.OwnPlaceOf(message.Document.Id)
        where own != place
        select (own, TablesOutbox.Pointer(own.Row, place));

    private static IEnumerable<IndexRow> Messages(string table, string partition, IReadOnlyList<TableRow> rows) =>
        Each(StoredDocuments.Message, rows, TableNames.Message).SelectMany(message => IndexRows.Of(message.Document, new Place(table, partition, message.Row.Key)));

    private static IEnumerable<Stored<T>> Each<T>(DocumentType<T> type, IReadOnlyList<TableRow> rows, string prefix)
        where T : class => TableDocuments.Read(type, rows, prefix);
}
