using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// A mail of the first day overdue beside the item that was told in it. It says what the item says, so that its row names the item, and has what can't be
/// read from it. One that says anything else is stored whole.
/// </summary>
internal sealed class MailOfNotice
{
    private static readonly DocumentType<Rest> Documents = new("mail of a notice");

    private readonly Rest _rest;

    private MailOfNotice(string item, Rest rest) => (Item, _rest) = (item, rest);

    public static int Schema => Documents.Schema;

    /// <summary>Key of the item behind its case, with which it begins.</summary>
    public string Item { get; }

    /// <summary>The mail beside one of the items that a unit of work tells at once; null for one that is stored whole.</summary>
    public static MailOfNotice? Of(Message message, InboxItem[][] told)
    {
        if (message is not { Case: { } caseId, Items: [var key] } || !key.StartsWith(caseId, StringComparison.Ordinal)
            || told.SelectMany(items => items).FirstOrDefault(item => item.Key == key) is not { } item
            || OverdueMail.LinkBaseOf(message, item) is not { } links)
        {
            return null;
        }

        var rest = new Rest(links, message.Trace);
        var read = Told(item, rest);
        return message == (message with { Kind = read.Kind, Plan = read.Plan, Person = read.Person, Role = read.Role, Because = read.Because, Subject = read.Subject, About = read.About })
            && message.Body.Preview == read.Body.Preview && message.Body.Parts.SequenceEqual(read.Body.Parts)
            ? new MailOfNotice(key[caseId.Length..], rest)
            : null;
    }

    public byte[] Write() => Documents.Write(_rest);

    /// <summary>The mail of a row, without what stands in its columns.</summary>
    public static Message Read(SqliteSession session, string caseId, string item, SqliteRow row, int schemaColumn) =>
        Told(
            ToldAtOnce.Find(session, caseId, caseId + item) ?? throw new InvalidDataException($"A stored message says what was told with {caseId}{item}, and nothing was."),
            row.Document(Documents, schemaColumn));

    private static Message Told(InboxItem item, Rest rest) => new()
    {
        Id = item.MailedIn!,
        Kind = MessageKind.FirstDayOverdue,
        Agency = item.Agency,
        Plan = item.Plan,
        Person = item.Person,
        Role = item.Role,
        Because = item.Because,
        Address = "",
        Subject = OverdueMail.SubjectOf(item),
        Body = OverdueMail.BodyOf(item, rest.Links),
        Items = [item.Key],
        StoredAt = item.RaisedAt,
        Trace = rest.Trace,
        NextAttempt = item.RaisedAt,
    };

    /// <param name="Links">What its links begin with.</param>
    /// <param name="Trace">As <see cref="Message.Trace"/>.</param>
    private sealed record Rest(string Links, string? Trace);
}
