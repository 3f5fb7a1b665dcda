using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using CasePlanning.Domain.People;

namespace CasePlanning.Domain.Clocks;

/// <summary>The rules in force for an agency's cases, with its calendar: its packs, and the approval clock that is in force everywhere.</summary>
public sealed class RuleBook
{
    private const string Everywhere = "approval";
    private static readonly ConcurrentDictionary<string, RulePack> Packs = new(StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private RuleBook(Agency agency, IReadOnlyList<RulePack> packs)
    {
        InForce = packs;
        Calendar = agency.Calendar();
        Rules = [.. packs.SelectMany(pack => pack.Rules.Select(rule => Complete(rule, pack, agency)))];
        FuturePlanDateBlocksApproval = packs.Any(pack => pack.FuturePlanDateBlocksApproval);
    }

    public Calendar Calendar { get; }

    public IReadOnlyList<RulePack> InForce { get; }

    public IReadOnlyList<Rule> Rules { get; }

    public bool FuturePlanDateBlocksApproval { get; }

    /// <summary>Ids of the packs that come with the product, without the one in force everywhere.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.Contains(".RulePacks.", StringComparison.Ordinal))
            .Select(name => name.Split('.')[^2])
            .Where(id => !string.Equals(id, Everywhere, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>The rule book of an agency. Throws <see cref="InvalidDataException"/> for a pack that isn't known.</summary>
    public static RuleBook For(Agency agency) => new(agency, [.. agency.Packs.Append(Everywhere).Select(Load)]);

    /// <summary>A pack that comes with the product. Throws <see cref="InvalidDataException"/>, with the pack and the place in it, if it can't be read.</summary>
    public static RulePack Load(string id) => Packs.GetOrAdd(id, static id =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"CasePlanning.Domain.RulePacks.{id}.json")
            ?? throw new InvalidDataException($"There is no rule pack '{id}'. Known packs: {string.Join(", ", Known)}.");
        try
        {
            return Checked(JsonSerializer.Deserialize<RulePack>(stream, Json)!);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"Rule pack '{id}', {exception.Path}: {exception.Message}", exception);
        }
    });

    private static RulePack Checked(RulePack pack)
    {
        foreach (var rule in pack.Rules)
        {
            Require(Vocabulary.Anchors.ContainsKey(rule.Anchor), rule, $"counts from '{rule.Anchor}', which is none of {string.Join(", ", Vocabulary.Anchors.Keys.Order(StringComparer.Ordinal))}");
            Require(Vocabulary.Acts.ContainsKey(rule.MetBy), rule, $"is met by '{rule.MetBy}', which is none of {string.Join(", ", Vocabulary.Acts.Keys.Order(StringComparer.Ordinal))}");
            var days = (rule.Steps.Count > 0 ? rule.Steps : pack.Steps).Select(step => step.Days).ToArray();
            Require(days.Zip(days.Skip(1)).All(pair => pair.First < pair.Second), rule, "has reminder steps that aren't in the order of their days");
        }

        return pack;

        void Require(bool holds, Rule rule, string what)
        {
            if (!holds)
            {
                throw new InvalidDataException($"Rule pack '{pack.Id}': the rule {rule.Id} {what}.");
            }
        }
    }

    private static Rule Complete(Rule rule, RulePack pack, Agency agency) => rule with
    {
        Steps = rule.Steps.Count > 0 ? rule.Steps : pack.Steps,
        Due = string.Equals(pack.Id, Everywhere, StringComparison.Ordinal) ? new Offset(agency.ApprovalWorkingDays, OffsetUnit.WorkingDays) : rule.Due,
    };
}
