using System.Globalization;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Bench.World;

/// <summary>Stores of a great many plans: one case is saved through the store, and its rows are copied under other ids.</summary>
internal static class Many
{
    /// <summary>Fills a database; of its plans the first <paramref name="due"/> fall due before an instant, the others at least an hour after it.</summary>
    public static async Task Fill(string path, int plans, int due, DateTimeOffset now)
    {
        var county = new County(1);
        await using (var stores = SqliteStore.Open(path))
        {
            await county.SavePeople(stores);
            var today = county.Rules.Calendar.DateAt(now);
            await county.SaveCases(stores, today.AddDays(-30), now);
        }

        const string From = "sample-0000000";
        Scratch.Run(path, string.Create(CultureInfo.InvariantCulture, $"""
            BEGIN;
            CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {plans - 1}) SELECT i, printf('sample-%07d', i) AS id FROM n;
            INSERT INTO cases SELECT n.id, version, schema, replace(marks, '{From}', n.id) FROM n, cases WHERE cases.id = '{From}';
            INSERT INTO case_files SELECT n.id, agency, number, unit, schema, replace(document, '{From}', n.id) FROM n, case_files WHERE case_id = '{From}';
            INSERT INTO assignments SELECT person, n.id FROM n, assignments WHERE case_id = '{From}';
            INSERT INTO plans SELECT n.id || '.home', n.id, NULL, schema, replace(document, '{From}', n.id) FROM n, plans WHERE case_id = '{From}';
            UPDATE wakes SET due = {now.AddDays(1).UtcTicks};
            INSERT INTO wakes SELECT 'plan:' || id || '.home', id, {now.UtcTicks} + CASE WHEN i <= {due} THEN -i * 10000 ELSE {TimeSpan.TicksPerHour} + i * 10000 END FROM n;
            COMMIT;
            """));
        WrongAnswerException.Check("plans filled in", plans, Scratch.Count(path, "SELECT COUNT(*) FROM plans"));
    }
}
