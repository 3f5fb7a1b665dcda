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

    public Task<SaveOutcome> Save(Agency agency, CancellationToken ct)
    {
        var copy = StoredDocuments.Agency.Copy(agency);
        return tables.Run(() => Put(copy, agency.Id, _agencies.GetValueOrDefault(agency.Id)?.Revision, agency.Revision, () => _agencies[agency.Id] = copy), ct);
    }

    public Task<SaveOutcome> Save(Unit unit, CancellationToken ct)
    {
        var copy = StoredDocuments.Unit.Copy(unit);
        var key = (unit.Agency, unit.Id);
        return tables.Run(() => Put(copy, unit.Agency, _units.GetValueOrDefault(key)?.Revision, unit.Revision, () => _units[key] = copy), ct);
    }

    public Task<SaveOutcome> Save(Person person, CancellationToken ct)
    {
        var copy = StoredDocuments.Person.Copy(person);
        return tables.Run(
            () => _people.TryGetValue(person.Id, out var stored) && stored.Agency != person.Agency
                ? SaveOutcome.Conflict
                : Put(copy, person.Agency, stored?.Revision, person.Revision, () => _people[person.Id] = copy),
            ct);
    }

    private SaveOutcome Put<T>(T entry, string agency, int? storedRevision, int revision, Action put)
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
        return SaveOutcome.Saved;
    }

    private AgencyDirectory? Directory(string id)
    {
        if (!_directories.TryGetValue(id, out var directory) && _agencies.TryGetValue(id, out var agency))
        {
            directory = _directories[id] = new AgencyDirectory(
                agency,
                _units.Values.Where(unit => unit.Agency == id).OrderBy(unit => unit.Id, StringComparer.Ordinal),
                _people.Values.Where(person => person.Agency == id));
        }

        return directory;
    }
}
