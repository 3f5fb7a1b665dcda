using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Sqlite;

internal sealed class SqliteWakes(SqliteDatabase database) : IWakeStore
{
    /// <summary>Cases whose wakes one unit of work hastens; a large agency takes several, and other writers pass in between.</summary>
    private const int CasesPerUnit = 500;

    public Task<IReadOnlyList<Wake>> Due(DateTimeOffset now, int limit, CancellationToken ct) => database.Read<IReadOnlyList<Wake>>(
        session => session.Many(
            "SELECT subject, case_id, due FROM wakes WHERE due <= $now ORDER BY due, subject LIMIT $limit", Wake, now.UtcTicks, limit),
        ct);

    public Task<DateTimeOffset?> Earliest(CancellationToken ct) =>
        database.Read(session => session.One("SELECT MIN(due) FROM wakes", row => row.InstantOrNull(0)), ct);

    public Task<Wake?> Find(string subject, CancellationToken ct) => database.Read(
        session => session.One("SELECT subject, case_id, due FROM wakes WHERE subject = $subject", Wake, subject), ct);

    public async Task Hasten(string agency, DateTimeOffset to, CancellationToken ct)
    {
        for (var after = ""; after is not null;)
        {
            var from = after;
            after = await database.Write(session => HastenSome(session, agency, to.UtcTicks, from), ct);
        }
    }

    /// <summary>Hastens the wakes of the next cases after an id; returns the last of them, or null when there are none left.</summary>
    private static string? HastenSome(SqliteSession session, string agency, long to, string after)
    {
        var last = session.One(
            """
            SELECT MAX(case_id)
            FROM (SELECT case_id FROM case_files WHERE agency = $agency AND case_id > $after ORDER BY case_id LIMIT $count)
            """,
            row => row.TextOrNull(0), agency, after, CasesPerUnit);
        if (last is not null)
        {
            session.Run(
                """
                UPDATE wakes SET due = $to
                WHERE due > $to
                  AND case_id IN (SELECT case_id FROM case_files WHERE agency = $agency AND case_id > $after AND case_id <= $last)
                """,
                to, agency, after, last);
        }

        return last;
    }

    private static Wake Wake(SqliteRow row) => new(row.Text(0), row.Text(1), row.Instant(2));
}
