namespace CasePlanning.Storage.Tables;

/// <summary>Keys that every process over the same tables shares, as the documents they are written in. They are kept for good, and don't move house.</summary>
public sealed class TablesKeyRing(ITableService service)
{
    private const string Partition = "ring";
    private const string Document = "Document";

    public async Task<IReadOnlyList<string>> All(CancellationToken ct) =>
        [.. (await service.All(new TableQuery(TableNames.Keys, Partition), ct)).Select(row => (string)row.Values[Document])];

    /// <summary>Adds a key of at most 32 K characters. Throws <see cref="InvalidOperationException"/> where there is one of this name.</summary>
    public async Task Add(string name, string document, CancellationToken ct)
    {
        var row = new TableRow(TableKey.Of(name), new Dictionary<string, object>(StringComparer.Ordinal) { [Document] = document });
        var added = await service.Submit(TableNames.Keys, Partition, [new TableAction.Insert(row)], ct);
        if (added.Outcome != TableOutcome.Done)
        {
            throw new InvalidOperationException($"The key {name} can't be kept: {added.Outcome}.");
        }
    }
}
