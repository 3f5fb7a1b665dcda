using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CasePlanning.Domain.Json;
using CasePlanning.Domain.People;

namespace CasePlanning.Domain.Clocks;

/// <summary>A file with a pack: its name, for sentences, and what is in it.</summary>
public sealed record RulePackFile(string Name, string Text);

/// <summary>
/// The rule packs of this process: those that come with the product, and those its host adds at its start. Whatever is wrong with a pack, or
/// with an agency's layer over packs, is named all at once, each with its place and a sentence.
/// </summary>
public static class RulePacks
{
    /// <summary>The pack that is in force everywhere.</summary>
    public const string Everywhere = "approval";

    /// <summary>The pack that an agency's own rules form.</summary>
    internal const string OfAgencies = "agency";

    /// <summary>How packs and layers are written as JSON.</summary>
    public static JsonSerializerOptions Json { get; } = CreateJson();

    private static readonly Lock Adding = new();
    private static volatile FrozenDictionary<string, PackOnFile> _packs = OfTheProduct();

    /// <summary>Ids of the packs an agency can choose.</summary>
    public static IReadOnlyList<string> Known => [.. _packs.Keys.Where(id => id != Everywhere).Order(StringComparer.Ordinal)];

    /// <summary>A pack as its file has it, every choice at its default. Throws <see cref="InvalidDataException"/> where there is none.</summary>
    public static RulePack Load(string id) => Of([id], null)[0];

    /// <summary>
    /// Adds packs from files, once and for all; called at the start, before a rule is asked for. Throws <see cref="InvalidDataException"/> with
    /// everything that is wrong with any of them, and then adds none.
    /// </summary>
    public static void Add(IReadOnlyList<RulePackFile> files)
    {
        lock (Adding)
        {
            var packs = _packs.ToDictionary(StringComparer.Ordinal);
            var failures = new List<string>();
            foreach (var file in files)
            {
                var read = PackReading.Read(file.Text);
                FileViolation[] violations = read.Pack is { } pack ? [.. Taken(pack, packs.Values)] : [.. read.Violations];
                if (violations.Length > 0)
                {
                    failures.Add(FileViolation.Listed(file.Name, violations));
                }
                else
                {
                    packs.Add(read.Pack!.Id, new PackOnFile(file, read.Pack));
                }
            }

            _packs = failures.Count == 0 ? packs.ToFrozenDictionary(StringComparer.Ordinal) : throw new InvalidDataException(string.Join("\n", failures));
        }
    }

    /// <summary>What keeps a layer from being used over these packs; paths are the layer's own.</summary>
    public static IReadOnlyList<FileViolation> Check(IReadOnlyList<string> packs, RuleLayer layer) => Layering.Over([.. packs.Append(Everywhere).Select(OnFile)], layer).Violations;

    /// <summary>What keeps the packs and layers of an agency on record from being used; paths are those of its record.</summary>
    public static IReadOnlyList<FileViolation> Check(Agency agency) =>
    [
        .. Missing(agency.Packs, "$.packs"),
        .. agency.RuleChanges.SelectMany((change, index) => Check(change, FormattableString.Invariant($"$.ruleChanges[{index}]"))),
    ];

    private static IEnumerable<FileViolation> Check(RuleChange change, string at)
    {
        var missing = Missing(change.Packs, $"{at}.packs");
        return missing.Length > 0 || change.Layer is null ? missing : Check(change.Packs, change.Layer).Select(violation => violation with { Path = $"{at}.layer{violation.Path[1..]}" });
    }

    private static FileViolation[] Missing(IReadOnlyList<string> ids, string at) =>
        [.. from pack in ids.Select((id, index) => (Id: id, Index: index)) where !Known.Contains(pack.Id, StringComparer.Ordinal) select new FileViolation(FormattableString.Invariant($"{at}[{pack.Index}]"), NoSuch(pack.Id))];

    /// <summary>Packs with a layer over them; the rules it adds are the last one. Throws <see cref="InvalidDataException"/> with everything that is wrong.</summary>
    internal static IReadOnlyList<RulePack> Of(IReadOnlyList<string> ids, RuleLayer? layer)
    {
        var (packs, violations) = Layering.Over([.. ids.Select(OnFile)], layer ?? new RuleLayer());
        return violations.Count == 0 ? packs : throw new InvalidDataException(FileViolation.Listed("The agency's rules", violations));
    }

    /// <summary>A rule as a pack writes it, for occurrences of agencies that no longer have it; its id alone where no pack knows it.</summary>
    public static Rule Remembered(string id) =>
        _packs.Values.SelectMany(pack => pack.Read.Rules).FirstOrDefault(rule => string.Equals(rule.Id, id, StringComparison.Ordinal))
        ?? new Rule { Id = id, Name = id, Scope = RuleScope.Case, Anchor = "beginning", Due = new Offset(0, OffsetUnit.Days), MetBy = "review", Source = "a former rule of the agency", Sentence = "A rule that is no longer in force." };

    private static PackOnFile OnFile(string id) => _packs.GetValueOrDefault(id) ?? throw new InvalidDataException(NoSuch(id));

    private static string NoSuch(string id) => $"There is no rule pack '{id}'; known packs are {string.Join(", ", Known)}.";

    /// <summary>Ids that belong to others already.</summary>
    private static IEnumerable<FileViolation> Taken(RulePack pack, IReadOnlyCollection<PackOnFile> others) =>
    [
        .. others.Where(other => other.Read.Id == pack.Id).Select(other => new FileViolation("$.id", $"there is a pack '{pack.Id}' already, in {other.File.Name}.")),
        .. pack.Id == OfAgencies ? [new FileViolation("$.id", $"'{OfAgencies}' is what an agency's own rules are called.")] : Array.Empty<FileViolation>(),
        .. from rule in pack.Rules.Select((rule, index) => (rule.Id, Index: index))
           let other = others.FirstOrDefault(other => other.Read.Id != pack.Id && other.Read.Rules.Any(each => each.Id == rule.Id))
           where other is not null
           select new FileViolation(FormattableString.Invariant($"$.rules[{rule.Index}].id"), $"the pack '{other.Read.Id}' has a rule '{rule.Id}'."),
    ];

    private static FrozenDictionary<string, PackOnFile> OfTheProduct() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.Contains(".RulePacks.", StringComparison.Ordinal)).Select(resource =>
        {
            using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
            var file = new RulePackFile($"{resource.Split('.')[^2]}.json", reader.ReadToEnd());
            var read = PackReading.Read(file.Text);
            return new PackOnFile(file, read.Pack ?? throw new InvalidDataException(FileViolation.Listed(file.Name, read.Violations)));
        }).ToFrozenDictionary(pack => pack.Read.Id, StringComparer.Ordinal);

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>A pack as it was read, and the file it was read from.</summary>
internal sealed record PackOnFile(RulePackFile File, RulePack Read)
{
    /// <summary>The pack as JSON, to be changed by an agency's choices.</summary>
    public JsonObject Written() => JsonNode.Parse(File.Text)!.AsObject();
}
