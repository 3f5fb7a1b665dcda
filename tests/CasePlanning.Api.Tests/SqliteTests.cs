namespace CasePlanning.Api.Tests;

/// <summary>The same over the store that keeps things on disk.</summary>
public sealed class SqliteLifecycleTests : LifecycleTests
{
    public SqliteLifecycleTests() => KeepOnDisk();
}

/// <inheritdoc cref="SqliteLifecycleTests"/>
public sealed class SqliteIdempotencyTests : IdempotencyTests
{
    public SqliteIdempotencyTests() => KeepOnDisk();
}
