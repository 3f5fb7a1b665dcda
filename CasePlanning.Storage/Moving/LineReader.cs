using System.Text.Json;

namespace CasePlanning.Storage.Moving;

/// <summary>Reads the lines of one kind in their order, one owner's after the other.</summary>
internal sealed class LineReader<T> : ILineReader
    where T : class
{
    private readonly Kind<T> _kind;
    private readonly int _schema;
    private readonly IEnumerator<string> _lines;
    private long _number;
    private (string Owner, T Document)? _next;

    public LineReader(Kind<T> kind, string folder, int schema)
    {
        (_kind, _schema) = (kind, schema);
        _lines = File.ReadLines(Path.Combine(folder, kind.FileName)).GetEnumerator();
        Advance();
    }

    /// <summary>Whose the next line is; null at the end.</summary>
    public string? Owner => _next?.Owner;

    /// <summary>Names the next line where there should be none.</summary>
    public string? Left => _next is var (owner, _)
        ? FormattableString.Invariant($"{_kind.FileName}, line {_number}: it is of '{owner}', and belongs to nothing that comes here.")
        : null;

    /// <summary>The next lines, as long as they are an owner's.</summary>
    public IEnumerable<T> Each(string owner)
    {
        while (_next is var (found, document) && found == owner)
        {
            Advance();
            yield return document;
        }
    }

    public IReadOnlyList<T> All(string owner) => [.. Each(owner)];

    /// <summary>The next line, which has to be this owner's only one.</summary>
    public T One(string owner) => All(owner) is [var only] ? only : throw new InvalidDataException($"{_kind.FileName}: '{owner}' should have one line here.");

    public void Dispose() => _lines.Dispose();

    private void Advance()
    {
        _number++;
        try
        {
            _next = _lines.MoveNext() ? _kind.Read(_schema, _lines.Current) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            throw new InvalidDataException(FormattableString.Invariant($"{_kind.FileName}, line {_number}: {exception.Message}"), exception);
        }
    }
}

internal interface ILineReader : IDisposable
{
    string? Left { get; }
}
