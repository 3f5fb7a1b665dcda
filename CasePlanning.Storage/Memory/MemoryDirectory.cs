using CasePlanning.Application.Ports;
using CasePlanning.Domain.People;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Memory;

internal sealed class MemoryDirectory(MemoryTables tables) : IDirectoryStore
{
    private readonly SortedDictionary<string, Agency> _agencies = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Person> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Agency, string Id), Unit> _units = [];
    private readonly Dictionary<string, AgencyDirectory> _directories = [];

    public Task<IReadOnlyList<Agency>> Agencies(CancellationToken ct) => tables.Run<IReadOnlyList<Agency>>(() => [.. _agencies.Values], ct);

    public Task<AgencyDirectory?> Find(string agency, CancellationToken ct) => tables.Run(() => Directory(agency), ct);

    public Task<Person?> FindPerson(string subject, CancellationToken ct) => tables.Run(
        () => _people.Values.FirstOrDefault(person => StoreRules.HasSubject(person, subject))
            ?? _people.Values.Where(person => StoreRules.Folded(person.Email) == StoreRules.Folded(subject)).OrderByDescending(person => person.Active).FirstOrDefault(),
        ct);

    public Task<SaveOutcome> Save(Agency agency, CancellationToken ct, DateTimeOffset? hasten = null)
    {
        var copy = StoredDocuments.Agency.Copy(agency);
        return tables.Run(() => Put(copy, agency.Id, _agencies.GetValueOrDefault(agency.Id)?.Revision, agency.Revision, hasten, () => _agencies[agency.Id] = copy), ct);
    }

    public Task<SaveOutcome> Save(Unit unit, CancellationToken ct, DateTimeOffset? hasten = null)
    {
        var copy = StoredDocuments.Unit.Copy(unit);
        var key = (unit.Agency, unit.Id);
        return tables.Run(() => Put(copy, unit.Agency, _units.GetValueOrDefault(key)?.Revision, unit.Revision, hasten, () => _units[key] = copy), ct);
    }

    public Task<SaveOutcome> Save(Person person, CancellationToken ct, DateTimeOffset? hasten = null)
    {
        var copy = StoredDocuments.Person.Copy(person);
        return tables.Run(
            () => _people.TryGetValue(person.Id, out var stored) && stored.Agency != person.Agency
                ? SaveOutcome.Conflict
                : Put(copy, person.Agency, stored?.Revision, person.Revision, hasten, () => _people[person.Id] = copy),
            ct);
    }

    private SaveOutcome Put<T>(T entry, string agency, int? storedRevision, int revision, DateTimeOffset? hasten, Action put)
    {
        if (entry is not Agency && !_agencies.ContainsKey(agency))
        {
            throw StoreRules.NoAgency(agency);
        }

        if (revision != (storedRevision ?? 0) + 1)
        {
            return SaveOutcome.Conflict;
        }

        put();
        _directories.Remove(agency);
        var (state, before) = tables.Directories.GetValueOrDefault(agency, (new DirectoryState(agency, 0), null));
        tables.Directories[agency] = (state with { Revision = state.Revision + 1 }, hasten ?? before);
        Hasten(agency, hasten);
        return SaveOutcome.Saved;
    }

    private void Hasten(string agency, DateTimeOffset? to)
    {
        foreach (var wake in tables.Wakes.Values.Where(wake => wake.Due > to && tables.Cases[wake.Case].File.Agency == agency).ToArray())
        {
            tables.Wakes[wake.Subject] = wake with { Due = to!.Value.ToUniversalTime() };
        }
    }

    private AgencyDirectory? Directory(string id)
    {
        if (!_directories.TryGetValue(id, out var directory) && _agencies.TryGetValue(id, out var agency))
        {
            directory = _directories[id] = new AgencyDirectory(
                agency,
                _units.Values.Where(unit => unit.Agency == id).OrderBy(unit => unit.Id, StringComparer.Ordinal),
                _people.Values.Where(person => person.Agency == id)) { Revision = tables.Directories[id].State.Revision };
        }

        return directory;
    }
}
