namespace CasePlanning.Storage.Tables;

internal static class DirectoryHeads
{
    /// <summary>The state of an agency's directory; revision 0 where nobody saved the agency.</summary>
    public static async Task<DirectoryHead> DirectoryHead(this ITableService service, string agency, CancellationToken ct) =>
        (await service.StoredDirectoryHead(agency, ct))?.Document ?? Tables.DirectoryHead.None(agency);

    public static Task<Stored<DirectoryHead>?> StoredDirectoryHead(this ITableService service, string agency, CancellationToken ct) =>
        service.Find(Tables.DirectoryHead.Type, TableNames.Directory, TableKey.Of(agency), TableNames.Head, ct);
}
