using System.Text.Json;
using CasePlanning.Domain.Json;

namespace CasePlanning.Domain.Clocks;

/// <summary>Puts an agency's layer over its packs: default options, its choices, then its changes. What is wrong is gathered, with its place in the layer.</summary>
internal sealed class Layering
{
    private readonly RuleLayer _layer;
    private readonly IReadOnlyList<FileViolation> _shape;
    private readonly List<FileViolation> _found;

    private Layering(RuleLayer layer)
    {
        _layer = layer;
        _shape = ShapeCheck.Of<RuleLayer>(JsonSerializer.SerializeToElement(layer, RulePacks.Json), RulePacks.Json);
        _found = [.. _shape];
    }

    public static (IReadOnlyList<RulePack> Packs, IReadOnlyList<FileViolation> Violations) Over(IReadOnlyList<PackOnFile> packs, RuleLayer layer)
    {
        var layering = new Layering(layer);
        layering.Unknown([.. packs.SelectMany(pack => pack.Read.Rules)]);
        List<RulePack> layered = [.. packs.Select(layering.Layered)];
        if (layer.Add.Count > 0)
        {
            layered.Add(layering.Added(packs));
        }

        return (layered, layering._found);
    }

    /// <summary>A layer that speaks of a rule or choice none of the packs has would silently do nothing.</summary>
    private void Unknown(Rule[] rules)
    {
        var choices = rules.SelectMany(rule => rule.Choices.Keys.Select(name => $"{rule.Id}.{name}")).Order(StringComparer.Ordinal).ToArray();
        _found.AddRange(_layer.Choices.Keys.Except(choices, StringComparer.Ordinal).Select(choice =>
            new FileViolation(ShapeCheck.Below("$.choices", choice), $"the agency's packs have no such choice; they have {(choices.Length == 0 ? "none" : string.Join(", ", choices))}.")));
        _found.AddRange(_layer.Rules.Keys.Except(rules.Select(rule => rule.Id), StringComparer.Ordinal).Select(id =>
            new FileViolation(ShapeCheck.Below("$.rules", id), "none of the agency's packs has this rule.")));
    }

    private RulePack Layered(PackOnFile pack)
    {
        var written = pack.Written();
        foreach (var rule in written["rules"]!.AsArray().Select(each => each!.AsObject()))
        {
            var read = pack.Read.Rules.First(each => each.Id == (string)rule["id"]!);
            foreach (var (name, choice) in read.Choices)
            {
                PackReading.Merge(rule, Chosen($"{read.Id}.{name}", choice));
            }

            if (_layer.Rules.TryGetValue(read.Id, out var changes) && IsFine(ShapeCheck.Below("$.rules", read.Id)))
            {
                PackReading.Merge(rule, changes);
                _found.AddRange(PackChecks.Rule(rule.Deserialize<Rule>(RulePacks.Json)!, ShapeCheck.Below("$.rules", read.Id)));
            }
            else if (read.Choices.Count > 1)
            {
                _found.AddRange(PackChecks.Rule(rule.Deserialize<Rule>(RulePacks.Json)!, "$.choices").Select(violation =>
                    violation with { Path = "$.choices", Message = $"what is chosen for {read.Id} doesn't go together: {violation.Message}" }));
            }
        }

        return written.Deserialize<RulePack>(RulePacks.Json)!;
    }

    private JsonElement Chosen(string name, RuleChoice choice)
    {
        var chosen = _layer.Choices.GetValueOrDefault(name) ?? choice.Default;
        if (choice.Options.TryGetValue(chosen, out var option))
        {
            return option;
        }

        _found.Add(new FileViolation(ShapeCheck.Below("$.choices", name), $"'{chosen}' is none of {string.Join(", ", choice.Options.Keys)}."));
        return choice.Options[choice.Default];
    }

    /// <summary>The rules the layer adds, as a pack of their own; their reminders, where they have none, are those of the agency's first pack.</summary>
    private RulePack Added(IReadOnlyList<PackOnFile> packs)
    {
        var taken = packs.SelectMany(pack => pack.Read.Rules).Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        var rules = new List<Rule>();
        for (var index = 0; index < _layer.Add.Count; index++)
        {
            var at = FormattableString.Invariant($"$.add[{index}]");
            if (IsFine(at))
            {
                var rule = _layer.Add[index].Deserialize<Rule>(RulePacks.Json)!;
                _found.AddRange(PackChecks.Rule(rule, at));
                _found.AddRange(taken.Add(rule.Id) ? [] : [new FileViolation($"{at}.id", $"there is a rule '{rule.Id}' already.")]);
                _found.AddRange(rule.Choices.Count == 0 ? [] : [new FileViolation($"{at}.choices", "a rule of the agency's own leaves nothing to choose.")]);
                rules.Add(rule);
            }
        }

        return new RulePack { Id = RulePacks.OfAgencies, Name = "The agency's own rules", Steps = packs[0].Read.Steps, Rules = rules };
    }

    private bool IsFine(string path) => !_shape.Any(violation => violation.IsWithin(path));
}
