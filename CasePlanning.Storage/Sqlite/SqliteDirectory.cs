using CasePlanning.Application.Ports;
using CasePlanning.Domain.People;
using CasePlanning.Storage.Documents;
using CasePlanning.Storage.Moving;

namespace CasePlanning.Storage.Sqlite;

/// <summary>Agencies, units and people. What was read is kept until any of them is saved, by this process or another.</summary>
internal sealed class SqliteDirectory(SqliteDatabase database) : IDirectoryStore
{
    private volatile DirectoryCache _cache = new(-1);

    public Task<IReadOnlyList<Agency>> Agencies(CancellationToken ct) => database.Read<IReadOnlyList<Agency>>(
        session => Current(session).Agencies ??= session.Many("SELECT schema, document FROM agencies ORDER BY id", row => row.Document(StoredDocuments.Agency, 0)), ct);

    public Task<AgencyDirectory?> Find(string agency, CancellationToken ct) =>
        Unchanged()?.Directories.TryGetValue(agency, out var known) == true ? Task.FromResult<AgencyDirectory?>(known) : Ask(agency, ct);

    public Task<Person?> FindPerson(string subject, CancellationToken ct) =>
        Unchanged()?.People.TryGetValue(subject, out var known) == true ? Task.FromResult<Person?>(known) : AskForPerson(subject, ct);

    public Task<SaveOutcome> Save(Agency agency, CancellationToken ct, DateTimeOffset? hasten = null)
    {
        var text = StoredDocuments.Agency.Write(agency);
        return database.Write(
            session =>
            {
                var stored = session.One("SELECT revision FROM agencies WHERE id = $id", row => row.Int(0), agency.Id);
                if (agency.Revision != stored + 1)
                {
                    return SaveOutcome.Conflict;
                }

                Put(session, agency, text);
                return Saved(session, agency.Id, hasten);
            },
            ct);
    }

    public Task<SaveOutcome> Save(Unit unit, CancellationToken ct, DateTimeOffset? hasten = null)
    {
        var text = StoredDocuments.Unit.Write(unit);
        return database.Write(
            session =>
            {
                CheckAgency(session, unit.Agency);
                var stored = session.One("SELECT revision FROM units WHERE agency = $agency AND id = $id", row => row.Int(0), unit.Agency, unit.Id);
                if (unit.Revision != stored + 1)
                {
                    return SaveOutcome.Conflict;
                }

                Put(session, unit, text);
                return Saved(session, unit.Agency, hasten);
            },
            ct);
    }

    public Task<SaveOutcome> Save(Person person, CancellationToken ct, DateTimeOffset? hasten = null)
    {
        var text = StoredDocuments.Person.Write(person);
        return database.Write(
            session =>
            {
                CheckAgency(session, person.Agency);
                var stored = session.One("SELECT agency, revision FROM people WHERE id = $id", row => (Agency: row.Text(0), Revision: row.Int(1)), person.Id);
                if (person.Revision != stored.Revision + 1 || (stored.Agency ?? person.Agency) != person.Agency)
                {
                    return SaveOutcome.Conflict;
                }

                Put(session, person, text);
                return Saved(session, person.Agency, hasten);
            },
            ct);
    }

    /// <summary>Puts an agency and its directory as they stand into the place of none; false where there is one.</summary>
    public static bool Put(SqliteSession session, WholeAgency whole)
    {
        var id = whole.Agency.Id;
        if (session.One("SELECT 1 FROM agencies WHERE id = $id", _ => true, id))
        {
            return false;
        }

        Put(session, whole.Agency, StoredDocuments.Agency.Write(whole.Agency));
        foreach (var unit in whole.Units)
        {
            Put(session, unit, StoredDocuments.Unit.Write(unit));
        }

        foreach (var person in whole.People)
        {
            Put(session, person, StoredDocuments.Person.Write(person));
        }

        foreach (var feed in whole.Feeds)
        {
            SqliteCalendarFeeds.Put(session, feed);
        }

        Count(session);
        return session.Run("UPDATE agencies SET directory = $revision, hastened_to = $to WHERE id = $agency", whole.Revision, whole.HastenedTo?.UtcTicks, id) == 1;
    }

    /// <summary>At which revision an agency's directory is, and to which instant a change of it hastened; read once for the units of a transaction.</summary>
    public static (DirectoryState? Now, DateTimeOffset? HastenedTo) StateOf(SqliteSession session, string agency) => session.Once(
        "SELECT directory, hastened_to FROM agencies WHERE id = $agency",
        row => ((DirectoryState?)new DirectoryState(agency, row.Long(0)), row.InstantOrNull(1)),
        agency);

    private static void Put(SqliteSession session, Agency agency, byte[] text) => session.Run(
        """
        INSERT INTO agencies (id, revision, schema, document) VALUES ($id, $revision, $schema, $document)
        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, schema = excluded.schema, document = excluded.document
        """,
        agency.Id, agency.Revision, StoredDocuments.Agency.Schema, text);

    private static void Put(SqliteSession session, Unit unit, byte[] text) => session.Run(
        """
        INSERT INTO units (agency, id, revision, schema, document) VALUES ($agency, $id, $revision, $schema, $document)
        ON CONFLICT (agency, id) DO UPDATE SET revision = excluded.revision, schema = excluded.schema, document = excluded.document
        """,
        unit.Agency, unit.Id, unit.Revision, StoredDocuments.Unit.Schema, text);

    private static void Put(SqliteSession session, Person person, byte[] text) => session.Run(
        """
        INSERT INTO people (id, agency, subject, address, active, revision, schema, document)
        VALUES ($id, $agency, $subject, $address, $active, $revision, $schema, $document)
        ON CONFLICT (id) DO UPDATE SET
            subject = excluded.subject, address = excluded.address, active = excluded.active,
            revision = excluded.revision, schema = excluded.schema, document = excluded.document
        """,
        person.Id, person.Agency, person.Subject, StoreRules.Folded(person.Email), person.Active, person.Revision, StoredDocuments.Person.Schema, text);

    private static void CheckAgency(SqliteSession session, string agency)
    {
        if (!session.One("SELECT 1 FROM agencies WHERE id = $id", _ => true, agency))
        {
            throw StoreRules.NoAgency(agency);
        }
    }

    private static SaveOutcome Saved(SqliteSession session, string agency, DateTimeOffset? hasten)
    {
        Count(session);
        session.Run("UPDATE agencies SET directory = directory + 1, hastened_to = COALESCE($to, hastened_to) WHERE id = $agency", hasten?.UtcTicks, agency);
        if (hasten is { } to)
        {
            session.Run("UPDATE wakes SET due = $to WHERE due > $to AND case_id IN (SELECT case_id FROM case_files WHERE agency = $agency)", to.UtcTicks, agency);
        }

        return SaveOutcome.Saved;
    }

    private static void Count(SqliteSession session)
    {
        session.Forget();
        session.Run("UPDATE directory_revision SET revision = revision + 1");
    }

    private Task<AgencyDirectory?> Ask(string agency, CancellationToken ct) => database.Read(
        session =>
        {
            var cache = Current(session);
            return cache.Directories.TryGetValue(agency, out var known) ? known : cache.Keep(Load(session, agency));
        },
        ct);

    private Task<Person?> AskForPerson(string subject, CancellationToken ct) => database.Read(
        session =>
        {
            var cache = Current(session);
            return cache.People.TryGetValue(subject, out var known) ? known : cache.Keep(subject, Load(session, subject, StoreRules.Folded(subject)));
        },
        ct);

    /// <summary>What is kept if it is known without asking the file that nothing was saved since, or null.</summary>
    private DirectoryCache? Unchanged() => database.Unchanged is { } unchanged && _cache is var cache && cache.CurrentSince == unchanged ? cache : null;

    /// <summary>What is kept if nothing was saved since, else an empty cache. What is read after this is at least as new as its revision.</summary>
    private DirectoryCache Current(SqliteSession session)
    {
        var unchanged = database.Unchanged;
        var revision = session.One("SELECT revision FROM directory_revision WHERE only_row = 1", row => row.Long(0));
        var cache = _cache;
        if (cache.Revision != revision)
        {
            _cache = cache = new DirectoryCache(revision);
        }

        cache.CurrentSince = unchanged ?? -1;
        return cache;
    }

    private static AgencyDirectory? Load(SqliteSession session, string agency)
    {
        session.Run("BEGIN");
        try
        {
            var (found, revision) = session.One("SELECT schema, document, directory FROM agencies WHERE id = $id", row => (row.Document(StoredDocuments.Agency, 0), row.Long(2)), agency);
            return found is null
                ? null
                : new AgencyDirectory(
                    found,
                    session.Many("SELECT schema, document FROM units WHERE agency = $agency ORDER BY id", row => row.Document(StoredDocuments.Unit, 0), agency),
                    session.Many("SELECT schema, document FROM people WHERE agency = $agency ORDER BY id", row => row.Document(StoredDocuments.Person, 0), agency)) { Revision = revision };
        }
        finally
        {
            session.Run("COMMIT");
        }
    }

    private static Person? Load(SqliteSession session, string subject, string address) =>
        session.One(
            "SELECT schema, document FROM people WHERE subject = $subject ORDER BY id LIMIT 1",
            row => row.Document(StoredDocuments.Person, 0), subject)
        ?? session.One(
            "SELECT schema, document FROM people WHERE address = $address ORDER BY active DESC, id LIMIT 1",
            row => row.Document(StoredDocuments.Person, 0), address);
}
