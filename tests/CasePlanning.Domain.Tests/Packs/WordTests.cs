using System.Text.Json;
using System.Text.RegularExpressions;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Tests.Packs;

/// <summary>The words of the vocabulary in every combination: what a pack may say can be read of a case, and never stops it from being read.</summary>
public sealed class WordTests
{
    private const string Story = "2025-01-02 open; child dan born 2023-05-01 indian; child eve born 2010-01-01; services-needed; complaint-assigned; in-person-response; " +
        "end-of-assessment; maltreatment-determined; 2025-01-10 version home signed 2025-01-11; 2025-02-01 foster dan; order-for-placement; judicial-finding; " +
        "2025-02-10 detention dan; 2025-02-20 foster dan; dispositional-hearing; 2025-03-01 version placed signed 2025-03-02; review placed; review home; " +
        "family-met; provider-consultation; caseworker-visit dan; tribal-contact dan; court-review dan; permanency-hearing dan; 2025-04-01 home dan; 2025-04-15 submitted home";

    [Fact]
    public void Whatever_a_pack_may_say_can_be_read_of_a_case()
    {
        var rules = Combinations().Select((rule, index) => rule with { Id = FormattableString.Invariant($"own.{index}") }).ToArray();
        var refused = RulePacks.Check(["default"], LayerOf(rules)).Select(violation => int.Parse(Regex.Match(violation.Path, @"^\$\.add\[(\d+)\]").Groups[1].Value)).ToHashSet();
        var accepted = rules.Where((_, index) => !refused.Contains(index)).ToArray();
        var agency = Given.Agency("America/Chicago").Changed("1990-01-01", ["default"], LayerOf(accepted));

        var found = Vector.DeadlinesOf(agency, Story, "2025-06-02").Select(deadline => deadline.Rule.Id).ToHashSet();

        Assert.All(Vocabulary.Anchors.Keys, word => Assert.Contains(accepted, rule => rule.Anchor == word && found.Contains(rule.Id)));
        Assert.All(Vocabulary.Acts.Keys, word => Assert.Contains(accepted, rule => rule.MetBy == word && found.Contains(rule.Id)));
        Assert.All(Vocabulary.Conditions.Keys, word => Assert.Contains(accepted, rule => rule.VoidWhen == word && found.Contains(rule.Id)));
        Assert.All(Enum.GetValues<RuleScope>(), scope => Assert.Contains(accepted, rule => rule.Scope == scope && found.Contains(rule.Id)));
        Assert.NotEmpty(refused);
    }

    private static IEnumerable<Rule> Combinations() =>
        from scope in Enum.GetValues<RuleScope>()
        from recurs in Enum.GetValues<Recurrence>()
        from words in (from anchor in Vocabulary.Anchors.Keys from act in Vocabulary.Acts.Keys select (Anchor: anchor, Act: act, Condition: (string?)null))
            .Concat(from condition in Vocabulary.Conditions.Keys select (Anchor: "beginning", Act: "family-met", Condition: (string?)condition))
        from pause in scope == RuleScope.Child ? Enum.GetValues<PauseEffect>() : [PauseEffect.None]
        select new Rule
        {
            Id = "own", Name = "A duty", Scope = scope, Anchor = words.Anchor, MetBy = words.Act, VoidWhen = words.Condition, Recurs = recurs, Pause = pause,
            Due = new Offset(3, OffsetUnit.Months), NoLaterThan = recurs == Recurrence.No ? "dispositional-hearing" : null, Source = "Manual", Sentence = "Soon.",
        };

    private static RuleLayer LayerOf(IEnumerable<Rule> rules) => new() { Add = [.. rules.Select(rule => JsonSerializer.SerializeToElement(rule, RulePacks.Json))] };
}
