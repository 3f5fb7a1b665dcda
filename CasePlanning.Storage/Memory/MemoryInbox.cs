using CasePlanning.Application.Ports;

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

    private void Change(IReadOnlyList<string> keys, Func<InboxItem, InboxItem> change)
    {
        var named = keys.ToHashSet(StringComparer.Ordinal);
        foreach (var item in Unmailed.Where(item => named.Contains(item.Key)).ToArray())
        {
            tables.Put(change(item));
        }
    }
}
