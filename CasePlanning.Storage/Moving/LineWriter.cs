using System.Security.Cryptography;

namespace CasePlanning.Storage.Moving;

/// <summary>Writes lines of every kind, each into a stream of its own, and counts and hashes them.</summary>
internal sealed class LineWriter : IDisposable
{
    private readonly Dictionary<Kind, Sink> _sinks;

    public LineWriter(Func<Kind, Stream> open) => _sinks = Kinds.All.ToDictionary(kind => kind, kind => new Sink(open(kind)));

    public void Write<T>(Kind<T> kind, string owner, T document)
        where T : class => _sinks[kind].Write(kind.Line(owner, document));

    public void Write<T>(Kind<T> kind, string owner, IEnumerable<T> documents)
        where T : class
    {
        foreach (var document in documents)
        {
            Write(kind, owner, document);
        }
    }

    /// <summary>Flushes what was written, to the disk where it goes to files.</summary>
    public Manifest Finish() => new(Kinds.Format, [.. Kinds.All.Select(kind => new ManifestKind(kind.Name, kind.Schema, _sinks[kind].Lines, _sinks[kind].Finish()))]);

    public void Dispose()
    {
        foreach (var sink in _sinks.Values)
        {
            sink.Dispose();
        }
    }

    private sealed class Sink(Stream stream) : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public long Lines { get; private set; }

        public void Write(byte[] line)
        {
            stream.Write(line);
            _hash.AppendData(line);
            Lines++;
        }

        public string Finish()
        {
            if (stream is FileStream file)
            {
                file.Flush(flushToDisk: true);
            }

            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }

        public void Dispose()
        {
            stream.Dispose();
            _hash.Dispose();
        }
    }
}
