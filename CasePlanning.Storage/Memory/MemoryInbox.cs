using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Memory;

internal sealed class MemoryInbox(MemoryTables tables) : IInboxStore
{
    private IEnumerable<InboxItem> Unmailed => tables.Unmailed.Select(key => tables.Inbox[key]);

    public Task<IReadOnlyList<(string Agency, string Person)>> PeopleWaiting(DateTimeOffset now, int limit, CancellationToken ct) =>
        tables.Run<IReadOnlyList<(string Agency, string Person)>>(
            () =>
            [
                .. Unmailed.Where(item => item.NotBefore <= now)
                    .OrderBy(item => item.NotBefore).ThenBy(item => item.Agency, StringComparer.Ordinal).ThenBy(item => item.Person, StringComparer.Ordinal)
                    .Select(item => (item.Agency, item.Person)).Distinct().Take(limit),
            ],
            ct);

    public Task<DateTimeOffset?> Earliest(CancellationToken ct) => tables.Run(() => Unmailed.Min(item => (DateTimeOffset?)item.NotBefore), ct);

    public Task<IReadOnlyList<InboxItem>> Waiting(string person, CancellationToken ct) => tables.Run<IReadOnlyList<InboxItem>>(
        () =>
        [
            .. Unmailed.Where(item => item.Person == person)
                .OrderBy(item => item.Due).ThenBy(item => item.Key, StringComparer.Ordinal).ThenBy(item => item.Case, StringComparer.Ordinal),
        ],
        ct);

    public Task MarkMailed(IReadOnlyList<string> items, string messageId, CancellationToken ct) =>
        tables.Run(() => Change(items, item => item with { MailedIn = messageId }), ct);

    public Task Postpone(IReadOnlyList<string> items, DateTimeOffset notBefore, CancellationToken ct) =>
        tables.Run(() => Change(items, item => item.NotBefore < notBefore ? item with { NotBefore = notBefore.ToUniversalTime() } : item), ct);

    public Task Add(IReadOnlyList<InboxItem> items, CancellationToken ct)
    {
        var copies = items.Select(StoredDocuments.InboxItem.Copy).ToArray();
        return tables.Run(
            () =>
            {
                foreach (var item in copies.Where(item => !tables.Inbox.ContainsKey((item.Case, item.Key))))
                {
                    tables.Put(item);
                }
            },
            ct);
    }

    public Task<IReadOnlyList<InboxItem>> CarriedBy(string messageId, CancellationToken ct) => tables.Run<IReadOnlyList<InboxItem>>(
        () =>
        [
            .. tables.Inbox.Values.Where(item => item.MailedIn == messageId)
                .OrderBy(item => item.Due).ThenBy(item => item.Key, StringComparer.Ordinal).ThenBy(item => item.Case, StringComparer.Ordinal),
        ],
        ct);

    public Task<IReadOnlyList<InboxItem>> OfCase(string caseId, CancellationToken ct) => tables.Run<IReadOnlyList<InboxItem>>(
        () => [.. tables.Inbox.Values.Where(item => item.Case == caseId).OrderBy(item => item.RaisedAt).ThenBy(item => item.Key, StringComparer.Ordinal)], ct);

    private void Change(IReadOnlyList<string> keys, Func<InboxItem, InboxItem> change)
    {
        var named = keys.ToHashSet(StringComparer.Ordinal);
        foreach (var item in Unmailed.Where(item => named.Contains(item.Key)).ToArray())
        {
            tables.Put(change(item));
        }
    }
}
