using System.Globalization;
using System.Text.Json;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Tests.Packs;

/// <summary>An agency's own rule may combine the words as it likes: it is refused with a sentence, or it can be read at any time.</summary>
public sealed class CombinationTests
{
    private const string Facts =
        "2024-01-02 open; complaint-assigned; child dan born 2022-05-01 indian; child eve; 2024-01-05 maltreatment-determined; foster dan; order-for-protective-care dan; "
        + "2024-02-01 version home; 2024-02-10 submitted placed; 2024-02-15 approved placed; 2024-03-01 detention dan; 2024-03-20 foster dan; "
        + "2024-04-01 review placed; caseworker-visit dan; family-met; administrative-review dan; 2024-06-01 home dan; 2024-07-01 relative dan; "
        + "2024-08-01 close home; 2024-09-01 reopen home; 2024-10-01 missing dan";

    [Fact]
    public void Every_combination_of_scope_recurrence_and_words_is_refused_with_a_sentence_or_gives_dates()
    {
        object[] rules =
        [
            .. (from scope in Enum.GetNames<RuleScope>()
                from recurs in Enum.GetNames<Recurrence>()
                from anchor in Vocabulary.Anchors.Keys
                from metBy in Vocabulary.Acts.Keys
                select (scope, recurs, anchor, metBy)).Select((rule, index) => new
                {
                    id = string.Create(CultureInfo.InvariantCulture, $"own.r{index}"),
                    name = "Own",
                    scope = Written(rule.scope),
                    rule.anchor,
                    due = "3 months",
                    recurs = Written(rule.recurs),
                    rule.metBy,
                    source = "County manual",
                    sentence = "It is done.",
                }),
        ];

        var violations = RulePacks.Check(["federal"], Layer(rules));
        var refused = violations.Select(violation => int.Parse(violation.Path["$.add[".Length..].Split(']')[0], CultureInfo.InvariantCulture)).ToHashSet();
        var agency = (Given.Agency("America/Chicago") with { Packs = ["federal"] })
            .Changed("1990-01-01", ["federal"], Layer(rules.Where((_, index) => !refused.Contains(index))));

        Assert.All(violations, violation => Assert.EndsWith(".", violation.Message));
        Assert.InRange(refused.Count, 1, rules.Length - 1000);
        foreach (var day in new[] { "2024-01-02", "2024-03-05", "2024-08-15", "2026-12-31" })
        {
            Assert.Contains(Vector.DeadlinesOf(agency, Facts, day), deadline => deadline.Rule.Id.StartsWith("own.", StringComparison.Ordinal));
        }
    }

    private static RuleLayer Layer(IEnumerable<object> rules) => JsonSerializer.Deserialize<RuleLayer>(JsonSerializer.Serialize(new { add = rules }), RulePacks.Json)!;

    private static string Written(string word) => JsonNamingPolicy.KebabCaseLower.ConvertName(word);
}
