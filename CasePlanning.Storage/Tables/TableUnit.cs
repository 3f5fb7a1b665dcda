namespace CasePlanning.Storage.Tables;

/// <summary>
/// Gathers one transaction. What is inserted is left out where it exists: the service names the first row that does, the transaction is sent
/// without it, and nothing has to be read before. What comes twice under one key is put as it came last and inserted as it came first.
/// </summary>
internal sealed class TableUnit(ITableService service, string table, string partition)
{
    private readonly List<Document> _documents = [];

    /// <summary>Puts rows in the place of those with an ETag; without one there must be none.</summary>
    public void Replace(IReadOnlyList<TableRow> rows, string? tag) =>
        Add(rows, tag is null ? new TableAction.Insert(rows[0]) : new TableAction.Replace(rows[0], tag));

    public void Put(IReadOnlyList<TableRow> rows) => Add(rows, new TableAction.Put(rows[0]));

    /// <summary>Puts rows in place unless there are some under their key.</summary>
    public void Insert(IReadOnlyList<TableRow> rows)
    {
        if (NumberOf(rows[0].Key) < 0)
        {
            Add(rows, new TableAction.Insert(rows[0]), mayExist: true);
        }
    }

    public void Delete(TableRow row) => Add([row], new TableAction.Delete(row.Key, row.ETag));

    /// <summary>Sends the transaction; the action of the result is 0 where the first document failed.</summary>
    public async Task<TableResult> Submit(CancellationToken ct)
    {
        while (_documents.Count > 0)
        {
            var result = await service.Submit(table, partition, [.. _documents.SelectMany(document => document.Actions)], ct);
            if (result.Outcome != TableOutcome.Exists || !_documents[DocumentOf(result.Action)].MayExist)
            {
                return result;
            }

            _documents.RemoveAt(DocumentOf(result.Action));
        }

        return new TableResult(TableOutcome.Done);
    }

    private void Add(IReadOnlyList<TableRow> rows, TableAction first, bool mayExist = false)
    {
        var document = new Document([first, .. rows.Skip(1).Select(row => new TableAction.Put(row))], mayExist);
        if (NumberOf(first.Key) is >= 0 and var number)
        {
            _documents[number] = document;
        }
        else
        {
            _documents.Add(document);
        }
    }

    private int NumberOf(string key) => _documents.FindIndex(document => document.Actions[0].Key == key);

    private int DocumentOf(int action)
    {
        var number = 0;
        for (var first = 0; first + _documents[number].Actions.Count <= action; number++)
        {
            first += _documents[number].Actions.Count;
        }

        return number;
    }

    /// <summary>A document's rows; those after the first are put, because the first one decides.</summary>
    private sealed record Document(IReadOnlyList<TableAction> Actions, bool MayExist);
}
