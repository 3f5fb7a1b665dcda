using System.Collections.Concurrent;
using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// Cases as they were last read, by id. A case is what its version says, so whoever asks the file for the version and finds it here needn't read
/// the documents again, and while nothing is saved needn't ask. Those asked for of late stay: what is full becomes the older half, and the half before
/// it is forgotten.
/// </summary>
internal sealed class CaseCache
{
    /// <summary>Bytes of documents that one half stands for.</summary>
    private const int MostBytes = 4_000_000;

    private Half _newer = new();
    private volatile Half _older = new();

    /// <summary>The case if it was found to be current when the database was as it still is, or null.</summary>
    /// <param name="caseId">The case's id.</param>
    /// <param name="unchanged"><see cref="SqliteDatabase.Unchanged"/>.</param>
    public CaseRecord? Unchanged(string caseId, long? unchanged) =>
        unchanged is { } since && _newer.Cases.TryGetValue(caseId, out var kept) && kept.CurrentSince == since ? kept.Record : null;

    /// <summary>The case at this version, or null.</summary>
    /// <param name="caseId">The case's id.</param>
    /// <param name="version">Its version, as the file has it.</param>
    /// <param name="unchanged"><see cref="SqliteDatabase.Unchanged"/>, from before the file was asked.</param>
    public CaseRecord? Find(string caseId, long version, long? unchanged = null)
    {
        var isNewer = _newer.Cases.TryGetValue(caseId, out var kept);
        if ((!isNewer && !_older.Cases.TryGetValue(caseId, out kept)) || kept!.Record.Version != version)
        {
            return null;
        }

        kept.CurrentSince = unchanged ?? Kept.Never;
        if (!isNewer)
        {
            Keep(kept);
        }

        return kept.Record;
    }

    /// <summary>Keeps a case as it was read, if there was one, with the length of its documents.</summary>
    public CaseRecord? Keep((CaseRecord? Record, int Bytes) read, long? unchanged = null)
    {
        if (read.Record is { } record)
        {
            Keep(new Kept(record, read.Bytes) { CurrentSince = unchanged ?? Kept.Never });
        }

        return read.Record;
    }

    private void Keep(Kept kept)
    {
        var half = _newer;
        half.Cases[kept.Record.File.Id] = kept;
        if (Interlocked.Add(ref half.Bytes, kept.Bytes) > MostBytes && Interlocked.CompareExchange(ref _newer, new Half(), half) == half)
        {
            _older = half;
        }
    }

    private sealed class Kept(CaseRecord record, int bytes)
    {
        public const long Never = -1;

        private long _currentSince = Never;

        public CaseRecord Record { get; } = record;

        public int Bytes { get; } = bytes;

        public long CurrentSince
        {
            get => Volatile.Read(ref _currentSince);
            set => Volatile.Write(ref _currentSince, value);
        }
    }

    private sealed class Half
    {
        public int Bytes;

        public ConcurrentDictionary<string, Kept> Cases { get; } = new(StringComparer.Ordinal);
    }
}
