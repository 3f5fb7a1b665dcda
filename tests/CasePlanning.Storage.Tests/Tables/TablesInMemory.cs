using CasePlanning.Storage.Tables;

namespace CasePlanning.Storage.Tests.Tables;

internal static class TablesInMemory
{
    public static Task<IStores> Open() => Task.FromResult<IStores>(new TablesStore(new InMemoryTableService(TimeProvider.System)));
}
