using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Memory;

internal sealed class MemoryWakes(MemoryTables tables) : IWakeStore
{
    public Task<IReadOnlyList<Wake>> Due(DateTimeOffset now, int limit, CancellationToken ct) => tables.Run<IReadOnlyList<Wake>>(
        () => [.. tables.Wakes.Values.Where(wake => wake.Due <= now).OrderBy(wake => wake.Due).ThenBy(wake => wake.Subject, StringComparer.Ordinal).Take(limit)], ct);

    public Task<DateTimeOffset?> Earliest(CancellationToken ct) => tables.Run(() => tables.Wakes.Values.Min(wake => wake.Due), ct);

    public Task<Wake?> Find(string subject, CancellationToken ct) => tables.Run(() => tables.Wakes.GetValueOrDefault(subject), ct);
}
