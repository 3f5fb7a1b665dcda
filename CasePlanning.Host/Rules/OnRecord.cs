using System.CommandLine;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Json;
using CasePlanning.Domain.People;
using CasePlanning.Host.Settings;
using CasePlanning.Host.Start;
using CasePlanning.Storage;
using CasePlanning.Storage.Sqlite;

namespace CasePlanning.Host.Rules;

/// <summary>An agency in the database of a process that may be running, read and never changed.</summary>
internal sealed record OnRecord(IStores Stores, Agency Agency, DateTimeOffset Now) : IAsyncDisposable
{
    public DateOnly Today => Agency.Calendar().DateAt(Now);

    /// <summary>Throws <see cref="InvalidDataException"/> with a sentence when there is no such database or agency, or its rules can't be used.</summary>
    public static async Task<OnRecord> Open(ParseResult parsed, string agency, CancellationToken ct)
    {
        var directory = SharedOptions.DataDirectory(parsed);
        var database = Path.Combine(directory, DataDirectory.Database);
        var stores = SqliteStore.OpenToRead(database);
        try
        {
            if ((await stores.Directory.Find(agency, ct))?.Agency is not { } found)
            {
                var known = (await stores.Directory.Agencies(ct)).Select(each => each.Id);
                throw new InvalidDataException($"There is no agency '{agency}' in {database}. Known agencies: {string.Join(", ", known)}.");
            }

            return RulePacks.Check(found) is { Count: > 0 } violations
                ? throw new InvalidDataException(FileViolation.Listed($"{database}: agency '{agency}'", violations))
                : new OnRecord(stores, found, SharedOptions.NowIn(directory));
        }
        catch
        {
            await stores.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Stores.DisposeAsync();
}
