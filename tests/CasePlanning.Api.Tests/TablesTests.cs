using CasePlanning.Api.Tests.Delivery;
using CasePlanning.Storage.Tables;

namespace CasePlanning.Api.Tests;

/// <summary>The same over the store for Azure Tables.</summary>
public sealed class TablesLifecycleTests : LifecycleTests
{
    public TablesLifecycleTests() => Stores = new TablesStore(new InMemoryTableService(TimeProvider.System));
}

/// <inheritdoc cref="TablesLifecycleTests"/>
public sealed class TablesIdempotencyTests : IdempotencyTests
{
    public TablesIdempotencyTests() => Stores = new TablesStore(new InMemoryTableService(TimeProvider.System));
}

/// <inheritdoc cref="TablesLifecycleTests"/>
public sealed class TablesTransferTests : TransferTests
{
    public TablesTransferTests() => Stores = new TablesStore(new InMemoryTableService(TimeProvider.System));
}

/// <inheritdoc cref="TablesLifecycleTests"/>
public sealed class TablesDeliveryTests : DeliveryTests
{
    public TablesDeliveryTests() => Stores = new TablesStore(new InMemoryTableService(TimeProvider.System));
}

/// <inheritdoc cref="TablesLifecycleTests"/>
public sealed class TablesDeadMailboxTests : DeadMailboxTests
{
    public TablesDeadMailboxTests() => Stores = new TablesStore(new InMemoryTableService(TimeProvider.System));
}

/// <inheritdoc cref="TablesLifecycleTests"/>
public sealed class TablesSealedMailTests : SealedMailTests
{
    public TablesSealedMailTests() => Stores = new TablesStore(new InMemoryTableService(TimeProvider.System));
}

/// <inheritdoc cref="TablesLifecycleTests"/>
public sealed class TablesDeliveryReportTests : DeliveryReportTests
{
    public TablesDeliveryReportTests() => Stores = new TablesStore(new InMemoryTableService(TimeProvider.System));
}
