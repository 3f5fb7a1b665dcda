using System.Collections.Concurrent;
using CasePlanning.Application.Ports;

namespace CasePlanning.Storage.Sqlite;

/// <summary>
/// Cases as they were last read, by id. A case is what its version says, so whoever asks the file for the version and finds it here needn't read
/// the documents again. Those asked for of late stay: what is full becomes the older half, and the half before it is forgotten.
/// </summary>
internal sealed class CaseCache
{
    /// <summary>Bytes of documents that one half stands for.</summary>
    private const int MostBytes = 4_000_000;

    private Half _newer = new();
    private volatile Half _older = new();

    /// <summary>The case at this version, or null.</summary>
    public CaseRecord? Find(string caseId, long version)
    {
        if (_newer.Cases.TryGetValue(caseId, out var kept) && kept.Record.Version == version)
        {
            return kept.Record;
        }

        if (_older.Cases.TryGetValue(caseId, out kept) && kept.Record.Version == version)
        {
            return Keep(kept);
        }

        return null;
    }

    /// <summary>Keeps a case as it was read, if there was one, with the length of its documents.</summary>
    public CaseRecord? Keep((CaseRecord? Record, int Bytes) read)
    {
        if (read.Record is { } record)
        {
            var half = _newer;
            half.Cases[record.File.Id] = (record, read.Bytes);
            if (Interlocked.Add(ref half.Bytes, read.Bytes) > MostBytes && Interlocked.CompareExchange(ref _newer, new Half(), half) == half)
            {
                _older = half;
            }
        }

        return read.Record;
    }

    private sealed class Half
    {
        public int Bytes;

        public ConcurrentDictionary<string, (CaseRecord Record, int Bytes)> Cases { get; } = new(StringComparer.Ordinal);
    }
}
