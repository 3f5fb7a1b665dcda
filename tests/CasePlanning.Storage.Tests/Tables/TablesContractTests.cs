using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Tables;

public sealed class TablesCaseStoreTests : CaseStoreContract
{
    protected override Task<IStores> Open() => TablesInMemory.Open();
}

public sealed class TablesUnitOfWorkTests : UnitOfWorkContract
{
    protected override Task<IStores> Open() => TablesInMemory.Open();
}

public sealed class TablesCaseListTests : CaseListContract
{
    protected override Task<IStores> Open() => TablesInMemory.Open();
}

public sealed class TablesReplyTests : ReplyContract
{
    protected override Task<IStores> Open() => TablesInMemory.Open();
}

public sealed class TablesWakeStoreTests : WakeStoreContract
{
    protected override Task<IStores> Open() => TablesInMemory.Open();
}

public sealed class TablesHasteningTests : HasteningContract
{
    protected override Task<IStores> Open() => TablesInMemory.Open();
}

public sealed class TablesInboxStoreTests : InboxStoreContract
{
    protected override Task<IStores> Open() => TablesInMemory.Open();
}

public sealed class TablesOutboxTests : OutboxContract
{
    protected override Task<IStores> Open() => TablesInMemory.Open();
}

public sealed class TablesDirectoryStoreTests : DirectoryStoreContract
{
    protected override Task<IStores> Open() => TablesInMemory.Open();
}

public sealed class TablesCalendarFeedTests : CalendarFeedContract
{
    protected override Task<IStores> Open() => TablesInMemory.Open();
}

public sealed class TablesRoundTripTests : RoundTripContract
{
    protected override Task<IStores> Open() => TablesInMemory.Open();
}

public sealed class TablesTransferTests : TransferContract
{
    protected override Task<IStores> Open() => TablesInMemory.Open();
}

public sealed class TablesKeyRingTests : KeyRingContract
{
    protected override Task<ITableService> Open() => Task.FromResult<ITableService>(new InMemoryTableService(TimeProvider.System));
}
