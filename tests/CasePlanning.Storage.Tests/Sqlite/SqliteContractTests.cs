using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Sqlite;

public sealed class SqliteCaseStoreTests : CaseStoreContract
{
    protected override Task<IStores> Open() => TemporarySqlite.Open();
}

public sealed class SqliteUnitOfWorkTests : UnitOfWorkContract
{
    protected override Task<IStores> Open() => TemporarySqlite.Open();
}

public sealed class SqliteCaseListTests : CaseListContract
{
    protected override Task<IStores> Open() => TemporarySqlite.Open();
}

public sealed class SqliteReplyTests : ReplyContract
{
    protected override Task<IStores> Open() => TemporarySqlite.Open();
}

public sealed class SqliteWakeStoreTests : WakeStoreContract
{
    protected override Task<IStores> Open() => TemporarySqlite.Open();
}

public sealed class SqliteHasteningTests : HasteningContract
{
    protected override Task<IStores> Open() => TemporarySqlite.Open();
}

public sealed class SqliteInboxStoreTests : InboxStoreContract
{
    protected override Task<IStores> Open() => TemporarySqlite.Open();
}

public sealed class SqliteOutboxTests : OutboxContract
{
    protected override Task<IStores> Open() => TemporarySqlite.Open();
}

public sealed class SqliteDirectoryStoreTests : DirectoryStoreContract
{
    protected override Task<IStores> Open() => TemporarySqlite.Open();
}

public sealed class SqliteCalendarFeedTests : CalendarFeedContract
{
    protected override Task<IStores> Open() => TemporarySqlite.Open();
}

public sealed class SqliteRoundTripTests : RoundTripContract
{
    protected override Task<IStores> Open() => TemporarySqlite.Open();
}

public sealed class SqliteTransferTests : TransferContract
{
    protected override Task<IStores> Open() => TemporarySqlite.Open();
}
