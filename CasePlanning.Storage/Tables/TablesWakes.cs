using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Tables;

/// <summary>Reads wakes agency by agency, with what a change of the agency's directory has hastened.</summary>
internal sealed class TablesWakes(ITableService service, TableIndex index) : IWakeStore
{
    public async Task<IReadOnlyList<Wake>> Due(DateTimeOffset now, int limit, CancellationToken ct)
    {
        var due = new List<Wake>();
        await foreach (var agency in index.Each(IndexRows.Agencies, ct))
        {
            due.AddRange(await Due(await service.DirectoryHead(agency.Value, ct), now, limit, ct));
        }

        return [.. due.OrderBy(wake => wake.Due).ThenBy(wake => wake.Subject, StringComparer.Ordinal).Take(limit)];
    }

    public async Task<DateTimeOffset?> Earliest(CancellationToken ct)
    {
        DateTimeOffset? earliest = null;
        await foreach (var agency in index.Each(IndexRows.Agencies, ct))
        {
            var state = await service.DirectoryHead(agency.Value, ct);
            if (await Earliest(state, ct) is { } first && (earliest is null || first < earliest))
            {
                earliest = first;
            }
        }

        return earliest;
    }

    public async Task<Wake?> Find(string subject, CancellationToken ct)
    {
        var place = new Place(TableNames.Cases, TableKey.Of(StoreRules.CaseOfSubject(subject)), TableNames.Head);
        return await service.Head(place, ct) is { } head && head.Wakes.FirstOrDefault(wake => wake.Subject == subject) is { } wake
            ? new Wake(subject, head.Case, (await service.DirectoryHead(head.Agency, ct)).DueOf(wake))
            : null;
    }

    /// <summary>Those of before the last hastening come first in the index, and those of after it in the order of their instants: one range holds all that are due.</summary>
    private async Task<IReadOnlyList<Wake>> Due(DirectoryHead state, DateTimeOffset now, int limit, CancellationToken ct)
    {
        var due = new List<Wake>();
        var before = $"{TableKey.Of(state.Epoch)}~{TableKey.Of(now.UtcTicks + 1)}";
        await foreach (var rows in index.Each(IndexRows.WakesOf(state.Agency), ct, before).Chunk(limit).WithCancellation(ct))
        {
            due.AddRange((await Wakes(rows, state, ct)).Where(wake => wake.Due <= now));
            if (due.Count >= limit)
            {
                break;
            }
        }

        return due;
    }

    private async Task<DateTimeOffset?> Earliest(DirectoryHead state, CancellationToken ct)
    {
        var list = IndexRows.WakesOf(state.Agency);
        var hastened = state.Epoch == 0 ? [] : await index.Each(list, ct, TableKey.Of(state.Epoch)).ToListAsync(ct);
        var earliest = (await Wakes(hastened, state, ct)).Min(wake => wake.Due);
        await foreach (var row in index.Each(list, ct, from: TableKey.Of(state.Epoch), most: 10))
        {
            if (await Wakes([row], state, ct) is [var wake])
            {
                return earliest < wake.Due ? earliest : wake.Due;
            }
        }

        return earliest;
    }

    private async Task<IReadOnlyList<Wake>> Wakes(IReadOnlyList<IndexRow> rows, DirectoryHead state, CancellationToken ct) =>
    [
        .. from found in await service.Heads(rows, ct)
           let wake = found.Head.Wakes.Single(each => each.Subject == found.Row.Value)
           select new Wake(wake.Subject, found.Head.Case, state.DueOf(wake)),
    ];
}
