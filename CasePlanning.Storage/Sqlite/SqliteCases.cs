using System.Runtime.CompilerServices;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Sqlite;

internal sealed class SqliteCases(SqliteDatabase database) : ICaseStore
{
    /// <summary>Cases read at once while every one of an agency's is gone through.</summary>
    private const int PerPage = 256;

    private readonly CaseCache _cache = new();
    private long _latestNow;

    public Task<CaseRecord?> Find(string caseId, CancellationToken ct)
    {
        var unchanged = database.Unchanged;
        return _cache.Unchanged(caseId, unchanged) is { } known ? Task.FromResult<CaseRecord?>(known) : Ask(caseId, unchanged, ct);
    }

    public Task<IReadOnlyList<CaseRecord>> Find(IReadOnlyList<string> caseIds, CancellationToken ct) => database.Read<IReadOnlyList<CaseRecord>>(
        session =>
        {
            // A lock and a state of the database for all of them, where each statement would take its own.
            session.Run("BEGIN");
            try
            {
                return [.. caseIds.Select(id => Load(session, id).Record).OfType<CaseRecord>()];
            }
            finally
            {
                session.Run("COMMIT");
            }
        },
        ct);

    public async IAsyncEnumerable<CaseRecord> Each(string agency, [EnumeratorCancellation] CancellationToken ct)
    {
        var last = "";
        while (await PageAfter(agency, last, ct) is { Count: > 0 } page)
        {
            foreach (var record in await Find(page, ct))
            {
                yield return record;
            }

            last = page[^1];
        }
    }

    public Task<PlanContent?> FindContent(string planId, int version, CancellationToken ct) => database.Read(
        session => session.One(
            "SELECT schema, document FROM plan_contents WHERE plan_id = $plan AND version = $version",
            row => row.Document(StoredDocuments.Content, 0),
            planId, version),
        ct);

    public Task<PlanProgress?> FindProgress(string planId, int version, CancellationToken ct) => database.Read(
        session => session.One(
            "SELECT schema, document FROM plan_progress WHERE plan_id = $plan AND version = $version",
            row => row.Document(StoredDocuments.Progress, 0),
            planId, version),
        ct);

    public Task<IReadOnlyList<HistoryEntry>> History(string caseId, CancellationToken ct) => database.Read<IReadOnlyList<HistoryEntry>>(
        session => session.Many(
            "SELECT schema, document FROM history WHERE case_id = $case ORDER BY key",
            row => row.Document(StoredDocuments.History, 0),
            caseId),
        ct);

    public Task<IReadOnlyList<Notice>> Notices(string caseId, CancellationToken ct) => database.Read<IReadOnlyList<Notice>>(
        session => session.Many(
            "SELECT key, raised_at, schema, document FROM notices WHERE case_id = $case ORDER BY raised_at, key",
            row => row.Notice(caseId),
            caseId),
        ct);

    public Task<StoredReply?> FindReply(string key, DateTimeOffset now, CancellationToken ct)
    {
        Remember(now.UtcTicks);
        return database.Read(
            session => session.One(
                "SELECT schema, document FROM replies WHERE key = $key AND kept_until > $now",
                row => row.Document(StoredDocuments.Reply, 0),
                key, now.UtcTicks),
            ct);
    }

    public Task<SaveOutcome> Save(CaseChange change, CancellationToken ct)
    {
        StoreRules.Check(change);
        var save = CaseSave.Of(change, Volatile.Read(ref _latestNow));
        return save.IsTooLong ? Task.FromResult(SaveOutcome.TooLarge) : database.Write(save.Apply, ct);
    }

    public async Task<IReadOnlyList<SaveOutcome>> Save(IReadOnlyList<CaseChange> changes, CancellationToken ct)
    {
        var outcomes = new SaveOutcome[changes.Count];
        var (units, places) = (new List<Func<SqliteSession, SaveOutcome>>(changes.Count), new List<int>(changes.Count));
        for (var index = 0; index < changes.Count; index++)
        {
            StoreRules.Check(changes[index]);
            var save = CaseSave.Of(changes[index], Volatile.Read(ref _latestNow));
            outcomes[index] = SaveOutcome.TooLarge;
            if (!save.IsTooLong)
            {
                units.Add(save.Apply);
                places.Add(index);
            }
        }

        var saved = await database.WriteTogether(units, ct);
        for (var index = 0; index < saved.Count; index++)
        {
            outcomes[places[index]] = saved[index];
        }

        return outcomes;
    }

    public Task<IReadOnlyList<CaseListing>> Cases(string agency, CancellationToken ct, string? assignedTo = null) => database.Read<IReadOnlyList<CaseListing>>(
        session => assignedTo is null
            ? session.Many(
                "SELECT case_id, agency, number, unit FROM case_files WHERE agency = $agency ORDER BY case_id",
                row => new CaseListing(row.Text(0), row.Text(1), row.Text(2), row.TextOrNull(3)),
                agency)
            : session.Many(
                """
                SELECT f.case_id, f.agency, f.number, f.unit
                FROM assignments a JOIN case_files f ON f.case_id = a.case_id
                WHERE a.person = $person AND f.agency = $agency
                ORDER BY a.case_id
                """,
                row => new CaseListing(row.Text(0), row.Text(1), row.Text(2), row.TextOrNull(3)),
                assignedTo, agency),
        ct);

    public Task<IReadOnlyList<string>> PlansPendingApproval(string agency, CancellationToken ct) => database.Read<IReadOnlyList<string>>(
        session => session.Many("SELECT id FROM plans WHERE pending_in = $agency ORDER BY id", row => row.Text(0), agency), ct);

    private Task<CaseRecord?> Ask(string caseId, long? unchanged, CancellationToken ct) => database.Read(
        session => session.One("SELECT version FROM cases WHERE id = $case", row => row.Long(0), caseId) is > 0 and var version
            ? _cache.Find(caseId, version, unchanged) ?? _cache.Keep(Load(session, caseId), unchanged)
            : null,
        ct);

    private Task<List<string>> PageAfter(string agency, string last, CancellationToken ct) => database.Read(
        session => session.Many("SELECT case_id FROM case_files WHERE agency = $agency AND case_id > $last ORDER BY case_id LIMIT $most", row => row.Text(0), agency, last, PerPage), ct);

    /// <summary>The case as it now is, with the length of its documents.</summary>
    private static (CaseRecord? Record, int Bytes) Load(SqliteSession session, string caseId)
    {
        var bytes = 0;
        (long Version, CaseFile File, Marks Marks)? found = null;
        var plans = session.Many(
            """
            SELECT c.version, f.schema, f.document, c.schema, c.marks, p.schema, p.document
            FROM cases c
            JOIN case_files f ON f.case_id = c.id
            LEFT JOIN plans p ON p.case_id = c.id
            WHERE c.id = $case
            ORDER BY p.id
            """,
            row =>
            {
                bytes += (found is null ? row.Length(2) + row.Length(4) : 0) + row.Length(6);
                found ??= (row.Long(0), row.Document(StoredDocuments.CaseFile, 1), row.IsNull(3) ? Marks.None : row.Document(StoredDocuments.Marks, 3));
                return row.IsNull(5) ? null : row.Document(StoredDocuments.Plan, 5);
            },
            caseId);
        return (found is var (version, file, marks) ? new CaseRecord(version, file, [.. plans.OfType<CasePlan>()], marks) : null, bytes);
    }

    /// <summary>Keeps the latest instant a reply was asked for; what was kept until then is dropped with the next reply that is saved.</summary>
    private void Remember(long now)
    {
        for (var seen = Volatile.Read(ref _latestNow); now > seen; seen = Volatile.Read(ref _latestNow))
        {
            Interlocked.CompareExchange(ref _latestNow, now, seen);
        }
    }
}
