namespace CasePlanning.Storage.Tables;

/// <summary>Reads the heads that index rows point at.</summary>
internal static class CaseHeads
{
    /// <summary>The rows that are true, each with the head of its case; each head is read once.</summary>
    public static async Task<List<(IndexRow Row, CaseHead Head)>> Heads(this ITableService service, IEnumerable<IndexRow> rows, CancellationToken ct)
    {
        var found = await rows.GroupBy(row => row.Source).Gather(async ofCase => (Rows: ofCase, Head: await service.Head(ofCase.Key, ct)));
        return [.. from each in found where each.Head is not null from row in each.Rows where each.Head.IsIn(row) select (row, each.Head)];
    }

    public static async Task<CaseHead?> Head(this ITableService service, Place place, CancellationToken ct) =>
        (await service.Find(CaseHead.Type, place.Table, place.Partition, place.Row, ct))?.Document;
}
