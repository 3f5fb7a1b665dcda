using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Api.Tests;

/// <summary>The same over the store that keeps things on disk.</summary>
public sealed class SqliteLifecycleTests : LifecycleTests, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("case-planning-api").FullName;

    public SqliteLifecycleTests() => Stores = SqliteStore.Open(Path.Combine(_folder, "cases.db"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <inheritdoc cref="SqliteLifecycleTests"/>
public sealed class SqliteIdempotencyTests : IdempotencyTests, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("case-planning-api").FullName;

    public SqliteIdempotencyTests() => Stores = SqliteStore.Open(Path.Combine(_folder, "cases.db"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
