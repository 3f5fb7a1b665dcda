using CasePlanning.Storage;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Functions.Tests.Tables;

public sealed class AzuriteCaseStoreTests : CaseStoreContract
{
    protected override Task<IStores> Open() => AzuriteStore.Open();
}

public sealed class AzuriteUnitOfWorkTests : UnitOfWorkContract
{
    protected override Task<IStores> Open() => AzuriteStore.Open();
}

public sealed class AzuriteCaseListTests : CaseListContract
{
    protected override Task<IStores> Open() => AzuriteStore.Open();
}

public sealed class AzuriteReplyTests : ReplyContract
{
    protected override Task<IStores> Open() => AzuriteStore.Open();
}

public sealed class AzuriteWakeStoreTests : WakeStoreContract
{
    protected override int ManyCases => 30;

    protected override Task<IStores> Open() => AzuriteStore.Open();
}

public sealed class AzuriteHasteningTests : HasteningContract
{
    protected override Task<IStores> Open() => AzuriteStore.Open();
}

public sealed class AzuriteInboxStoreTests : InboxStoreContract
{
    protected override Task<IStores> Open() => AzuriteStore.Open();
}

public sealed class AzuriteOutboxTests : OutboxContract
{
    protected override Task<IStores> Open() => AzuriteStore.Open();
}

public sealed class AzuriteDirectoryStoreTests : DirectoryStoreContract
{
    protected override Task<IStores> Open() => AzuriteStore.Open();
}

public sealed class AzuriteCalendarFeedTests : CalendarFeedContract
{
    protected override Task<IStores> Open() => AzuriteStore.Open();
}

public sealed class AzuriteRoundTripTests : RoundTripContract
{
    protected override Task<IStores> Open() => AzuriteStore.Open();
}

public sealed class AzuriteTransferTests : TransferContract
{
    protected override Task<IStores> Open() => AzuriteStore.Open();
}

public sealed class AzuriteTableServiceTests : TableServiceContract
{
    protected override Task<ITableService> Open() => Azurite.Tables();
}

public sealed class AzuriteKeyRingTests : KeyRingContract
{
    protected override Task<ITableService> Open() => Azurite.Tables();
}

internal static class AzuriteStore
{
    public static async Task<IStores> Open() => new TablesStore(await Azurite.Tables());
}
