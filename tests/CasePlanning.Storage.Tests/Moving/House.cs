using CasePlanning.Application.Ports;
using CasePlanning.Storage.Moving;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;
using CasePlanning.Storage.Tests.Sqlite;
using CasePlanning.Storage.Tests.Tables;

namespace CasePlanning.Storage.Tests.Moving;

/// <summary>A store to move out of or into, of either kind.</summary>
internal sealed record House(IStores Stores, IMovable Whole, SqliteFolder? Folder) : IAsyncDisposable
{
    public static House Sqlite()
    {
        var folder = new SqliteFolder();
        var store = folder.OpenStore();
        return new House(store, store.Whole, folder);
    }

    public static House Tables(ITableService? service = null)
    {
        var store = new TablesStore(service ?? new InMemoryTableService(TimeProvider.System));
        return new House(store, store.Whole, null);
    }

    public static House Of(string kind) => kind == "SQLite" ? Sqlite() : Tables();

    /// <summary>Does everything that is done with stores, and what else has a form of its own.</summary>
    public async Task<House> Furnished()
    {
        foreach (var act in Act.All.SkipLast(1))
        {
            await act.Do(Stores);
        }

        var odd = Sample.Opened("Ä/1 b~c");
        await Stores.Cases.Save(odd with { Messages = [Sample.Message("<odd>@é") with { Case = odd.Case }], Wakes = [Sample.Wake(odd.Case, Sample.Noon)], Reply = Sample.Reply("ines recordFact k/2") }, default);
        for (var version = 1; version < 4; version++)
        {
            await Stores.Cases.Save(Sample.Next(odd.Case, version) with { History = [.. Enumerable.Range(0, 80).Select(number => Sample.Entry(odd.Case, $"{version}.{number}"))] }, default);
        }

        await Stores.Outbox.Add(Sample.Message("summary"), default);
        await Stores.Outbox.Update(Sample.Message("summary") with { State = MessageState.Dead, Revision = 1 }, default, Sample.Message("after-summary"), Sample.Message("told"));
        await Stores.Outbox.Update(Sample.Message("told") with { State = MessageState.Sent, SentAt = Sample.Noon, DeliveredAt = Sample.Noon, Revision = 1 }, default);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await Stores.DisposeAsync();
        Folder?.Dispose();
    }
}

/// <summary>A folder to move through.</summary>
internal sealed class Van : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("case-planning-").FullName;

    public string Path => System.IO.Path.Combine(_root, "export");

    public string Of(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>Every file by its name.</summary>
    public SortedDictionary<string, string> Content() =>
        new(Directory.EnumerateFiles(Path).ToDictionary(file => System.IO.Path.GetFileName(file), File.ReadAllText), StringComparer.Ordinal);

    public Task<Manifest> Load(House house) => Mover.Export(house.Whole, Path, _ => { }, default);

    public async Task<Manifest> Unload(House house)
    {
        var moved = await Mover.Import(Path, house.Whole, (_, _) => { }, default);
        await house.Whole.SetMark(null, default);
        return moved;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
