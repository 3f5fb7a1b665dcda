using CasePlanning.Storage.Memory;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests;

internal static class Memory
{
    public static Task<IStores> Open() => Task.FromResult<IStores>(new InMemoryStore());
}

public sealed class MemoryCaseStoreTests : CaseStoreContract
{
    protected override Task<IStores> Open() => Memory.Open();
}

public sealed class MemoryUnitOfWorkTests : UnitOfWorkContract
{
    protected override Task<IStores> Open() => Memory.Open();
}

public sealed class MemoryCaseListTests : CaseListContract
{
    protected override Task<IStores> Open() => Memory.Open();
}

public sealed class MemoryReplyTests : ReplyContract
{
    protected override Task<IStores> Open() => Memory.Open();
}

public sealed class MemoryWakeStoreTests : WakeStoreContract
{
    protected override Task<IStores> Open() => Memory.Open();
}

public sealed class MemoryHasteningTests : HasteningContract
{
    protected override Task<IStores> Open() => Memory.Open();
}

public sealed class MemoryInboxStoreTests : InboxStoreContract
{
    protected override Task<IStores> Open() => Memory.Open();
}

public sealed class MemoryOutboxTests : OutboxContract
{
    protected override Task<IStores> Open() => Memory.Open();
}

public sealed class MemoryDirectoryStoreTests : DirectoryStoreContract
{
    protected override Task<IStores> Open() => Memory.Open();
}

public sealed class MemoryCalendarFeedTests : CalendarFeedContract
{
    protected override Task<IStores> Open() => Memory.Open();
}

public sealed class MemoryRoundTripTests : RoundTripContract
{
    protected override Task<IStores> Open() => Memory.Open();
}

public sealed class MemoryTransferTests : TransferContract
{
    protected override Task<IStores> Open() => Memory.Open();
}
