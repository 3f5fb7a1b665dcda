using System.Collections.Concurrent;
using CasePlanning.Domain.People;

namespace CasePlanning.Storage.Sqlite;

/// <summary>What was read of the directory at one revision of it, or since.</summary>
internal sealed class DirectoryCache(long revision)
{
    /// <summary>Bounds what a caller with many spellings of one address can make it keep.</summary>
    private const int MostPeople = 10_000;

    private long _currentSince = -1;

    public long Revision { get; } = revision;

    /// <summary><see cref="SqliteDatabase.Unchanged"/> from before the file was last found to be at this revision, or -1.</summary>
    public long CurrentSince
    {
        get => Volatile.Read(ref _currentSince);
        set => Volatile.Write(ref _currentSince, value);
    }

    public IReadOnlyList<Agency>? Agencies { get; set; }

    public ConcurrentDictionary<string, AgencyDirectory> Directories { get; } = new(StringComparer.Ordinal);

    /// <summary>By token subject or address as they were asked for.</summary>
    public ConcurrentDictionary<string, Person> People { get; } = new(StringComparer.Ordinal);

    public AgencyDirectory? Keep(AgencyDirectory? directory) =>
        directory is null ? null : Directories.GetOrAdd(directory.Agency.Id, directory);

    public Person? Keep(string subject, Person? person) =>
        person is null || People.Count >= MostPeople ? person : People.GetOrAdd(subject, person);
}
