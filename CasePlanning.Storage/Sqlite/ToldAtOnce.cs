using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// Inbox items of those who were told at once, in a mail of their case's own. They never wait and never change, so that they stand in the row of their
/// notice, which has most of what they say.
/// </summary>
internal static class ToldAtOnce
{
    /// <summary>A notice's items without what the notice says.</summary>
    private static readonly DocumentType<InboxItem[]> Documents = StoredDocuments.InboxItem.ListWithout(
        nameof(InboxItem.Key), nameof(InboxItem.Case), nameof(InboxItem.Plan), nameof(InboxItem.Occurrence), nameof(InboxItem.Rule), nameof(InboxItem.RuleName),
        nameof(InboxItem.Step), nameof(InboxItem.Role), nameof(InboxItem.Due), nameof(InboxItem.RaisedAt));

    public static int Schema => Documents.Schema;

    /// <summary>The items of a unit of work that stand with each of its notices: those whose mail it carries, too.</summary>
    public static InboxItem[][] With(CaseChange change)
    {
        var mailed = change.Inbox.Where(item => item.MailedIn is { } id && change.Messages.Any(message => message.Id == id)).ToArray();
        return [.. change.Notices.Select(notice => mailed.Length == 0 ? [] : mailed.Where(item => item.Key.StartsWith(notice.Key, StringComparison.Ordinal) && item == Of(notice, item)).ToArray())];
    }

    /// <summary>The items as they stand beside a notice; null for none.</summary>
    public static byte[]? Write(InboxItem[] items) => items.Length == 0 ? null : Documents.Write(items);

    /// <summary>Items told with notices of a case.</summary>
    public static IEnumerable<InboxItem> OfCase(SqliteSession session, string caseId) => session.Many(
        "SELECT key, raised_at, schema, document, told_schema, told FROM notices WHERE case_id = $case AND told IS NOT NULL",
        row => Read(row, row.Notice(caseId)),
        caseId).SelectMany(items => items);

    /// <summary>The item with a key, if it was told at once.</summary>
    public static InboxItem? Find(SqliteSession session, string caseId, string key) => session.One(
        "SELECT key, raised_at, schema, document, told_schema, told FROM notices WHERE case_id = $case AND key = $key AND told IS NOT NULL",
        row => Array.Find(Read(row, row.Notice(caseId)), item => item.Key == key),
        caseId, NoticeOf(key));

    /// <summary>The key of the notice that an item is of.</summary>
    public static string NoticeOf(string item) => item[..Math.Max(0, item.LastIndexOf('>'))];

    private static InboxItem[] Read(SqliteRow row, Notice notice) => [.. row.Document(Documents, 4).Select(item => Of(notice, item))];

    private static InboxItem Of(Notice notice, InboxItem item) => item with
    {
        Key = $"{notice.Key}>{item.Person}",
        Case = notice.Case,
        Plan = notice.Plan,
        Occurrence = notice.Occurrence,
        Rule = notice.Rule,
        RuleName = notice.RuleName,
        Step = notice.Step,
        Role = notice.Role,
        Due = notice.Due,
        RaisedAt = notice.RaisedAt,
    };
}
