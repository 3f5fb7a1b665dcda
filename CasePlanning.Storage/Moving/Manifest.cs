using System.Security.Cryptography;
using System.Text.Json;

namespace CasePlanning.Storage.Moving;

/// <summary>What an exported folder holds. It is written last, so that a folder with one is whole.</summary>
public sealed record Manifest(int Format, IReadOnlyList<ManifestKind> Kinds)
{
    public const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public byte[] Write() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Options), (byte)'\n'];

    /// <summary>Throws <see cref="JsonException"/> for a text that is none.</summary>
    public static Manifest Read(byte[] text) => JsonSerializer.Deserialize<Manifest>(text, Options) ?? throw new JsonException("It is empty.");

    /// <summary>Tells this content from any other.</summary>
    public string Mark() => Convert.ToHexStringLower(SHA256.HashData(Write()));

    /// <summary>A sentence for each kind that isn't as in another manifest.</summary>
    public IEnumerable<string> Differences(Manifest other) =>
        from each in Kinds
        let found = other.Kinds.FirstOrDefault(kind => kind.Kind == each.Kind)
        where found is null || found.Lines != each.Lines || found.Sha256 != each.Sha256
        select found is null ? $"{each.Kind}: nothing is known of them."
            : found.Lines != each.Lines ? FormattableString.Invariant($"{each.Kind}: {found.Lines} are there, and {each.Lines} should be.")
            : FormattableString.Invariant($"{each.Kind}: all {each.Lines} are there, and they aren't the same; their SHA-256 is {found.Sha256} instead of {each.Sha256}.");
}

/// <param name="Schema">Version of the documents' shape.</param>
/// <param name="Sha256">Of the file, in small hexadecimal digits.</param>
public sealed record ManifestKind(string Kind, int Schema, long Lines, string Sha256);
