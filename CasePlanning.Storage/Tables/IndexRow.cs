namespace CasePlanning.Storage.Tables;

/// <summary>
/// Says where to look, and nothing else: that the document in a row of a table is one of those its partition lists. It is written before the
/// document and taken away after it, so that it may say too much and never too little; whoever reads it reads the document.
/// </summary>
/// <param name="Partition">What is listed, e.g. an agency's wakes.</param>
/// <param name="Stem">Orders the list.</param>
/// <param name="Stamp">Tells apart what came, went and came back, so that taking the first away leaves the second.</param>
/// <param name="Value">What is meant within the document, e.g. a wake's subject.</param>
internal sealed record IndexRow(string Partition, string Stem, long Stamp, Place Source, string Value)
{
    public string Key { get; } = $"{Stem}~{TableKey.Of(Stamp)}";

    public static IndexRow Of(string partition, TableRow row) => new(
        partition,
        row.Key[..row.Key.LastIndexOf('~')],
        long.Parse(row.Key.AsSpan(row.Key.LastIndexOf('~') + 1), System.Globalization.CultureInfo.InvariantCulture),
        new Place((string)row.Values["Table"], (string)row.Values["Partition"], (string)row.Values["Row"]),
        (string)row.Values["Value"]);

    public TableRow ToRow() => new(Key, new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["Table"] = Source.Table,
        ["Partition"] = Source.Partition,
        ["Row"] = Source.Row,
        ["Value"] = Value,
    });
}

/// <summary>Where a document is.</summary>
internal sealed record Place(string Table, string Partition, string Row);
