using System.Collections.Concurrent;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.People;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Tables;

/// <summary>
/// Agencies, units and people, a partition for each agency. Every save moves the agency's head on; a directory that was read is kept while the
/// head, one small row, is as it was.
/// </summary>
internal sealed class TablesDirectory(ITableService service, TableIndex index) : IDirectoryStore
{
    private readonly ConcurrentDictionary<string, AgencyDirectory> _known = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<Agency>> Agencies(CancellationToken ct)
    {
        var found = await (await index.All(IndexRows.Agencies, ct)).Gather(row => Entry(StoredDocuments.Agency, row.Value, TableNames.Agency, ct));
        return [.. found.OfType<Stored<Agency>>().Select(agency => agency.Document).OrderBy(agency => agency.Id, StringComparer.Ordinal)];
    }

    public async Task<AgencyDirectory?> Find(string agency, CancellationToken ct)
    {
        var head = await service.DirectoryHead(agency, ct);
        if (!head.Exists || (_known.TryGetValue(agency, out var known) && known.Revision == head.Revision))
        {
            return head.Exists ? _known[agency] : null;
        }

        while (true)
        {
            var rows = await service.All(new TableQuery(TableNames.Directory, TableKey.Of(agency)), ct);
            var revision = TableDocuments.Read(DirectoryHead.Type, rows).Revision;
            if (TableDocuments.AreOf(revision, rows))
            {
                return _known[agency] = new AgencyDirectory(
                    TableDocuments.Read(StoredDocuments.Agency, rows, TableNames.Agency).Single().Document,
                    TableDocuments.Read(StoredDocuments.Unit, rows, TableNames.Unit).Select(unit => unit.Document).OrderBy(unit => unit.Id, StringComparer.Ordinal),
                    TableDocuments.Read(StoredDocuments.Person, rows, TableNames.Person).Select(person => person.Document).OrderBy(person => person.Id, StringComparer.Ordinal)) { Revision = revision };
            }
        }
    }

    public async Task<Person?> FindPerson(string subject, CancellationToken ct)
    {
        var rows = await index.All(IndexRows.SignIn(subject), ct);
        var found = await rows.Select(row => row.Source).Distinct().Gather(place => service.Find(StoredDocuments.Person, place.Table, place.Partition, place.Row, ct));
        var people = found.OfType<Stored<Person>>().Select(person => person.Document).OrderBy(person => person.Id, StringComparer.Ordinal).ToArray();
        return people.FirstOrDefault(person => StoreRules.HasSubject(person, subject))
            ?? people.Where(person => StoreRules.Folded(person.Email) == StoreRules.Folded(subject)).OrderByDescending(person => person.Active).FirstOrDefault();
    }

    public Task<SaveOutcome> Save(Agency agency, CancellationToken ct, DateTimeOffset? hasten = null) =>
        Save(StoredDocuments.Agency, agency, agency.Id, TableNames.Agency, each => each.Revision, _ => [], hasten, ct);

    public Task<SaveOutcome> Save(Unit unit, CancellationToken ct, DateTimeOffset? hasten = null) =>
        Save(StoredDocuments.Unit, unit, unit.Agency, TableNames.Unit + TableKey.Of(unit.Id), each => each.Revision, _ => [], hasten, ct);

    public Task<SaveOutcome> Save(Person person, CancellationToken ct, DateTimeOffset? hasten = null) =>
        Save(StoredDocuments.Person, person, person.Agency, TableNames.Person + TableKey.Of(person.Id), each => each.Revision, IndexRows.Of, hasten, ct);

    private async Task<SaveOutcome> Save<T>(
        DocumentType<T> type, T entry, string agency, string key, Func<T, int> revisionOf, Func<T, IEnumerable<IndexRow>> rowsOf, DateTimeOffset? hasten, CancellationToken ct)
        where T : class
    {
        var wrong = Enumerable.Empty<IndexRow>();
        for (var tries = 1; ; tries++)
        {
            var head = await service.StoredDirectoryHead(agency, ct);
            if (head is null && entry is not Agency)
            {
                throw StoreRules.NoAgency(agency);
            }

            var before = (await Entry(type, agency, key, ct))?.Document;
            if (tries > 1 && before is not null && type.AreSame(before, entry))
            {
                // The answer to the first try was lost, and what was sent again met what it had written.
                await index.Remove(wrong);
                return SaveOutcome.Saved;
            }

            if (revisionOf(entry) != (before is null ? 0 : revisionOf(before)) + 1 || (before is null && entry is Person person && !await Claim(person, ct)))
            {
                return SaveOutcome.Conflict;
            }

            wrong = before is null ? [] : rowsOf(before);
            await index.AddAgency(agency, ct);
            await index.Add(rowsOf(entry), ct);
            var unit = new TableUnit(service, TableNames.Directory, TableKey.Of(agency));
            var after = (head?.Document ?? DirectoryHead.None(agency)).Saved(hasten);
            unit.Replace(TableDocuments.Rows(DirectoryHead.Type, TableNames.Head, after, after.Revision), head?.Row.ETag);
            unit.Put(TableDocuments.Rows(type, key, entry, after.Revision));
            if ((await unit.Submit(ct)).Outcome == TableOutcome.Done)
            {
                await index.Remove(wrong);
                return SaveOutcome.Saved;
            }
        }
    }

    /// <summary>Takes a person's id for the agency that first asks for it, for good; false where another has it.</summary>
    private async Task<bool> Claim(Person person, CancellationToken ct)
    {
        var (partition, row) = ClaimOf(person);
        return (await service.Submit(TableNames.People, partition, [new TableAction.Insert(row)], ct)).Outcome == TableOutcome.Done
            || (string)(await service.Get(TableNames.People, partition, row.Key, ct))!.Values["Agency"] == person.Agency;
    }

    public static (string Partition, TableRow Row) ClaimOf(Person person) => (
        TableKey.Of("person", person.Id),
        new TableRow(TableNames.Agency, new Dictionary<string, object>(StringComparer.Ordinal) { ["Agency"] = person.Agency }));

    private Task<Stored<T>?> Entry<T>(DocumentType<T> type, string agency, string key, CancellationToken ct)
        where T : class => service.Find(type, TableNames.Directory, TableKey.Of(agency), key, ct);
}
