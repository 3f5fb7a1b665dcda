using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace CasePlanning.Storage.Documents;

/// <summary>
/// A kind of stored document. Its schema version is stored beside it; an older document passes through the upcasters
/// from its own version on, each of which lifts it by one, and is then read as today's type.
/// </summary>
internal sealed class DocumentType<T>
    where T : class
{
    private readonly string _name;
    private readonly JsonTypeInfo<T> _json;
    private readonly Func<JsonNode, JsonNode>[] _upcasters;

    /// <param name="name">What the document is, for sentences.</param>
    /// <param name="upcasters">The first lifts version 1 to version 2.</param>
    public DocumentType(string name, params Func<JsonNode, JsonNode>[] upcasters)
        : this(name, StorageJson.Options, upcasters)
    {
    }

    private DocumentType(string name, JsonSerializerOptions json, Func<JsonNode, JsonNode>[] upcasters) =>
        (_name, _json, _upcasters) = (name, (JsonTypeInfo<T>)json.GetTypeInfo(typeof(T)), upcasters);

    /// <summary>The version written now.</summary>
    public int Schema => _upcasters.Length + 1;

    /// <summary>The same document written without these members, which are kept beside it; whoever reads it puts them back.</summary>
    public DocumentType<T> Without(params string[] members) => new(_name, StorageJson.Without<T>(members), _upcasters);

    /// <summary>Several as one document, each without these members.</summary>
    public DocumentType<T[]> ListWithout(params string[] members) => new(
        $"list of {_name}s", StorageJson.Without<T>(members), [.. _upcasters.Select(lift => (Func<JsonNode, JsonNode>)(list => new JsonArray([.. list.AsArray().Select(each => lift(each!.DeepClone()))])))]);

    /// <summary>The document as UTF-8.</summary>
    public byte[] Write(T document) => JsonSerializer.SerializeToUtf8Bytes(document, _json);

    /// <summary>Reads a stored document of any version up to <see cref="Schema"/>.</summary>
    public T Read(long schema, ReadOnlySpan<byte> utf8) =>
        (schema == Schema ? JsonSerializer.Deserialize(utf8, _json) : Lift(schema, utf8).Deserialize(_json))
            ?? throw new InvalidDataException($"A stored {_name} is empty.");

    /// <summary>Whether two documents are stored alike.</summary>
    public bool AreSame(T one, T other) => Write(one).AsSpan().SequenceEqual(Write(other));

    /// <summary>What reading the document back from any store gives.</summary>
    public T Copy(T document) => Read(Schema, Write(document));

    private JsonNode Lift(long schema, ReadOnlySpan<byte> utf8)
    {
        if (schema < 1 || schema > Schema)
        {
            throw new InvalidDataException(
                $"A stored {_name} has schema version {schema}, and this program knows versions 1 to {Schema}. Start the release that wrote it, or a newer one.");
        }

        var node = JsonNode.Parse(utf8) ?? throw new InvalidDataException($"A stored {_name} is empty.");
        return _upcasters.Skip((int)schema - 1).Aggregate(node, (document, upcast) => upcast(document));
    }
}
