using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Sqlite;

internal sealed class SqliteWakes(SqliteDatabase database) : IWakeStore
{
    public Task<IReadOnlyList<Wake>> Due(DateTimeOffset now, int limit, CancellationToken ct) => database.Read<IReadOnlyList<Wake>>(
        session => session.Many(
            "SELECT subject, due FROM wakes WHERE due <= $now ORDER BY due, subject LIMIT $limit", Wake, now.UtcTicks, limit),
        ct);

    public Task<DateTimeOffset?> Earliest(CancellationToken ct) =>
        database.Read(session => session.One("SELECT MIN(due) FROM wakes", row => row.InstantOrNull(0)), ct);

    public Task<Wake?> Find(string subject, CancellationToken ct) => database.Read(
        session => session.One("SELECT subject, due FROM wakes WHERE subject = $subject", Wake, subject), ct);

    private static Wake Wake(SqliteRow row) => new(row.Text(0), StoreRules.CaseOfSubject(row.Text(0)), row.Instant(1));
}
