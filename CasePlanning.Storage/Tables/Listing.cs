using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Tables;

/// <summary>Which lists the documents of a partition are in, read from its rows.</summary>
internal static class Listing
{
    public static IEnumerable<IndexRow> Of(string table, string partition, IReadOnlyList<TableRow> rows) => table switch
    {
        TableNames.Cases =>
        [
            .. Each(CaseHead.Type, rows, TableNames.Head).SelectMany(head => head.Document.Index.Append(IndexRows.Of(head.Document.Agency))),
            .. Each(StoredDocuments.InboxItem, rows, TableNames.Inbox).SelectMany(item => IndexRows.Of(item.Document)),
            .. Messages(table, partition, rows),
            .. Replies(rows).Select(reply => IndexRows.Of(partition, reply.Document)),
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

    public static IEnumerable<Stored<StoredReply>> Replies(IReadOnlyList<TableRow> rows) => Each(StoredDocuments.Reply, rows, TableNames.Reply);

    /// <summary>For each message that has not its own partition, the row in that which says where it is.</summary>
    public static IEnumerable<(Place Own, TableRow Pointer)> Pointers(string table, string partition, IReadOnlyList<TableRow> rows) =>
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
