using CasePlanning.Application.Ports;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Memory;

internal sealed class MemoryOutbox(MemoryTables tables) : IOutbox
{
    private IEnumerable<Message> Unsent => tables.Unsent.Select(id => tables.Messages[id]);

    public Task<bool> Add(Message message, CancellationToken ct)
    {
        var copy = StoredDocuments.Message.Copy(message);
        return tables.Run(
            () =>
            {
                var isNew = !tables.Messages.ContainsKey(copy.Id);
                if (isNew)
                {
                    tables.Put(copy);
                }

                return isNew;
            },
            ct);
    }

    public Task<Message?> Find(string id, CancellationToken ct) => tables.Run(() => tables.Messages.GetValueOrDefault(id), ct);

    public Task<IReadOnlyList<Message>> Waiting(DateTimeOffset now, int limit, CancellationToken ct) => tables.Run<IReadOnlyList<Message>>(
        () =>
        [
            .. Unsent.Where(message => message.NextAttempt <= now)
                .OrderBy(message => message.StoredAt).ThenBy(message => message.Id, StringComparer.Ordinal).Take(limit),
        ],
        ct);

    public Task<DateTimeOffset?> Earliest(CancellationToken ct) => tables.Run(() => Unsent.Min(message => (DateTimeOffset?)message.NextAttempt), ct);

    public Task<int> Unheard(CancellationToken ct) => tables.Run(() => tables.Messages.Values.Count(message => message.Unheard), ct);

    public Task<DateTimeOffset?> OldestWaiting(CancellationToken ct) => tables.Run(() => Unsent.Min(message => (DateTimeOffset?)message.StoredAt), ct);

    public Task<bool> Update(Message message, CancellationToken ct, params IReadOnlyList<Message> following)
    {
        var copy = StoredDocuments.Message.Copy(message);
        var copies = following.Select(StoredDocuments.Message.Copy).ToArray();
        return tables.Run(
            () =>
            {
                if (!tables.Messages.TryGetValue(copy.Id, out var stored) || copy.Revision != stored.Revision + 1)
                {
                    return false;
                }

                tables.Put(stored with
                {
                    Address = copy.Address,
                    Subject = copy.Subject,
                    Body = copy.Body,
                    Items = copy.Items,
                    State = copy.State,
                    Attempts = copy.Attempts,
                    NextAttempt = copy.NextAttempt,
                    SentAt = copy.SentAt,
                    DeliveredAt = copy.DeliveredAt,
                    LastError = copy.LastError,
                    Unheard = copy.Unheard,
                    Revision = copy.Revision,
                });
                foreach (var next in copies.Where(next => !tables.Messages.ContainsKey(next.Id)))
                {
                    tables.Put(next);
                }

                return true;
            },
            ct);
    }

    public Task<IReadOnlyList<Message>> List(string agency, CancellationToken ct, MessageState? state = null, string? caseId = null, int limit = 200) =>
        tables.Run<IReadOnlyList<Message>>(
            () =>
            [
                .. tables.Messages.Values
                    .Where(message => message.Agency == agency && (state is null || message.State == state) && (caseId is null || message.Case == caseId))
                    .OrderByDescending(message => message.StoredAt).ThenByDescending(message => message.Id, StringComparer.Ordinal)
                    .Take(limit),
            ],
            ct);
}
