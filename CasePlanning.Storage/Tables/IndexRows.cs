using CasePlanning.Application.Ports;
using CasePlanning.Domain.People;

namespace CasePlanning.Storage.Tables;

/// <summary>The lists that cross cases, and which of them each document is in.</summary>
internal static class IndexRows
{
    public const string Agencies = "agencies";

    /// <summary>What waits in inboxes, by the morning whose digest may take it.</summary>
    public const string Mornings = "mornings";

    /// <summary>Messages to be tried, by when.</summary>
    public const string Outbox = "outbox";

    /// <summary>Dead letters that nobody could be told of.</summary>
    public const string Unheard = "unheard";

    public static string CasesOf(string agency) => TableKey.Of("cases", agency);

    public static string CasesOf(string agency, string person) => TableKey.Of("assigned", agency, person);

    public static string PendingIn(string agency) => TableKey.Of("pending", agency);

    public static string WakesOf(string agency) => TableKey.Of("wakes", agency);

    public static string InboxOf(string person) => TableKey.Of("inbox", person);

    public static string CarriedBy(string message) => TableKey.Of("carried", message);

    public static string MailOf(string agency) => TableKey.Of("mail", agency);

    /// <summary>True for the partition of <see cref="MailOf(string)"/> of some agency.</summary>
    public static bool IsOfAllMail(string partition) => partition.Split('~') is ["mail", _];

    public static string MailOf(string agency, MessageState state) => TableKey.Of("mail", agency, state.ToString());

    public static string ReplyOf(string key) => TableKey.Of("reply", key);

    public static string SignIn(string name) => TableKey.Of("signin", StoreRules.Folded(name));

    public static string FeedOf(string tokenHash) => TableKey.Of("feed", tokenHash);

    public static IndexRow Of(string agency) => new(Agencies, TableKey.Of(agency), 0, new Place(TableNames.Directory, TableKey.Of(agency), TableNames.Head), agency);

    public static IEnumerable<IndexRow> Of(InboxItem item)
    {
        var (place, stem) = (TableNames.PlaceOf(item), TableKey.Of(item.Case, item.Key));
        var raised = item.RaisedAt.UtcTicks;
        return item.MailedIn is { } message
            ? [new IndexRow(CarriedBy(message), stem, raised, place, item.Key)]
            :
            [
                new IndexRow(InboxOf(item.Person), stem, raised, place, item.Key),
                new IndexRow(Mornings, $"{TableKey.Of(item.NotBefore)}~{TableKey.Of(item.Agency, item.Person, item.Case, item.Key)}", raised, place, item.Key),
            ];
    }

    /// <summary>A dead or waiting message is in a list of its own; those that were sent are looked up among all.</summary>
    public static IEnumerable<IndexRow> Of(Message message, Place place)
    {
        var latestFirst = $"{TableKey.LatestFirst(message.StoredAt)}~{TableKey.Of(message.Id)}";
        yield return new IndexRow(MailOf(message.Agency), latestFirst, 0, place, message.Id);
        if (message.State == MessageState.Waiting)
        {
            yield return new IndexRow(Outbox, $"{TableKey.Of(message.NextAttempt)}~{TableKey.Of(message.StoredAt)}~{TableKey.Of(message.Id)}", message.Revision, place, message.Id);
        }

        if (message.State == MessageState.Dead)
        {
            yield return new IndexRow(MailOf(message.Agency, MessageState.Dead), latestFirst, message.Revision, place, message.Id);
        }

        if (message.Unheard)
        {
            yield return new IndexRow(Unheard, TableKey.Of(message.Id), message.Revision, place, message.Id);
        }
    }

    /// <param name="partition">Of the case that keeps it.</param>
    public static IndexRow Of(string partition, StoredReply reply) =>
        new(ReplyOf(reply.Key), partition, reply.KeptUntil.UtcTicks, new Place(TableNames.Cases, partition, TableNames.ReplyOf(reply.Key)), reply.Key);

    public static IEnumerable<IndexRow> Of(Person person) =>
        from name in new[] { person.Email, person.Subject }.OfType<string>().DistinctBy(StoreRules.Folded)
        select new IndexRow(SignIn(name), TableKey.Of(person.Id), person.Revision, new Place(TableNames.Directory, TableKey.Of(person.Agency), TableNames.Person + TableKey.Of(person.Id)), person.Id);

    public static IndexRow Of(CalendarFeed feed) =>
        new(FeedOf(feed.TokenHash), TableKey.Of(feed.Person), feed.Since.UtcTicks, new Place(TableNames.Feeds, TableKey.Of(feed.Person), TableNames.Feed), feed.Person);
}
