using System.Text.Json;

namespace CasePlanning.Domain.Json;

/// <summary>One thing wrong with a file: where, as a JSON path, and what, in a sentence.</summary>
public sealed record FileViolation(string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message}";

    /// <summary>True when it lies at a path or somewhere below it.</summary>
    public bool IsWithin(string path) => Path.StartsWith(path, StringComparison.Ordinal) && (Path.Length == path.Length || Path[path.Length] is '.' or '[');

    /// <summary>What a file that can't be used is answered with: each violation on a line of its own.</summary>
    public static string Listed(string file, IEnumerable<FileViolation> violations) => $"{file} can't be used:{string.Concat(violations.Select(violation => $"\n  {violation}"))}";

    /// <summary>What a text that isn't JSON is answered with.</summary>
    public static FileViolation NotJson(JsonException exception) =>
        new("$", FormattableString.Invariant($"This isn't JSON: line {exception.LineNumber + 1}, character {exception.BytePositionInLine + 1} can't be read."));
}
