using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Tests.Packs;

public sealed class CompletenessTests
{
    private static readonly (string Packs, string Rule, string Expected)[] Rows =
    [
        .. new[]
        {
            CaliforniaTable.Rows, MichiganTable.Rows, MinnesotaTable.Rows, WisconsinTable.Rows, FederalTable.Rows, DefaultTable.Rows,
        }.SelectMany(rows => rows).Select(row => ((string)row[0], ((string)row[3]).Split(' ')[0], (string)row[4])),
    ];

    [Fact]
    public void Every_rule_of_every_pack_stands_in_the_table_with_two_dates_or_more()
    {
        var rules = RulePacks.Known.Append(RulePacks.Everywhere).SelectMany(pack => RulePacks.Load(pack).Rules.Select(rule => rule.Id));
        var counts = Rows.Where(row => row.Expected != "none").CountBy(row => row.Rule).ToDictionary();
        var lacking = rules.Where(rule => counts.GetValueOrDefault(rule) < 2);
        Assert.True(!lacking.Any(), $"Too few dates in the tables for: {string.Join(", ", lacking)}.");
    }

    [Fact]
    public void Every_option_of_every_choice_stands_in_the_table()
    {
        var lacking =
            from rule in RulePacks.Known.SelectMany(pack => RulePacks.Load(pack).Rules)
            from choice in rule.Choices
            from option in choice.Value.Options.Keys
            where option != choice.Value.Default
                && !Rows.Any(row => row.Rule == rule.Id && row.Packs.Contains($"{rule.Id}.{choice.Key}={option}"))
            select $"{rule.Id}.{choice.Key}={option}";
        Assert.True(!lacking.Any(), $"No date in the tables for: {string.Join(", ", lacking)}.");
    }

    [Fact]
    public void The_tables_hold_at_least_120_dates() => Assert.True(Rows.Length >= 120, $"{Rows.Length} dates.");
}
