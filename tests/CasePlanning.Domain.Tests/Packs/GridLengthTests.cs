using System.Text.Json;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Domain.Tests.Packs;

/// <summary>
/// When the length of a grid changes, what is over stays as people knew it, and no date of the grid is given that had passed before. Counted by hand
/// from an opening on 2 January 2025: every 90 days is 2 April, 1 July, 29 September and 28 December; every 60 days is 3 March, 2 May, 1 July,
/// 30 August, 29 October and 28 December; every 120 days is 2 May, 30 August and 28 December. Work counts from 30 days before.
/// </summary>
public sealed class GridLengthTests
{
    private const string Opened = "2025-01-02 open; child dan";
    private const string Visit = """ "id": "or.visit", "name": "Visit", "scope": "case", "anchor": "beginning", "metBy": "family-met", "source": "ORS", "sentence": "Soon." """;
    private const string BothReviewed = $"{Opened}; 2025-03-10 review home; 2025-06-10 review home";

    [Theory]
    [InlineData("", "2025-04-02 met on time", "2025-07-01 met on time", "2025-09-29 upcoming")]
    [InlineData("2025-07-20 60", "2025-04-02 met on time", "2025-07-01 met on time", "2025-08-30 -> 2025-09-02 upcoming")] // 1 September is Labor Day
    [InlineData("2025-07-20 120", "2025-04-02 met on time", "2025-07-01 met on time", "2025-08-30 -> 2025-09-02 upcoming")]
    [InlineData("2025-07-20 60, 2025-07-21 90", "2025-04-02 met on time", "2025-07-01 met on time", "2025-09-29 upcoming")]
    [InlineData("2025-07-22 60", "2025-04-02 met on time", "2025-07-01 met on time", "2025-09-29 upcoming")] // not in force yet
    [InlineData("2025-05-10 120", "2025-04-02 met on time", "2025-08-30 -> 2025-09-02 upcoming", "none")] // 2 May had passed; the review of June is too early for August
    public void What_was_met_stays_met_and_the_next_date_is_the_first_of_the_new_grid(string changes, string first, string second, string third)
    {
        var agency = Changing("mi.review", "michigan", changes);
        Assert.Equal(
            [first, second, third],
            Enumerable.Range(1, 3).Select(number => Vector.Found(agency, BothReviewed, "2025-07-21", $"mi.review #{number}")));
    }

    [Theory]
    [InlineData("2025-07-19", "2025-07-01 overdue", "none")]
    [InlineData("2025-07-20", "2025-07-01 overdue", "none")]
    [InlineData("2025-07-30", "2025-07-01 overdue", "none")]
    [InlineData("2025-07-31", "2025-07-01 missed", "2025-08-30 -> 2025-09-02 upcoming")] // 30 days before 30 August
    public void A_date_that_has_passed_stays_until_the_next_of_the_new_grid_opens(string on, string second, string third)
    {
        var agency = Changing("mi.review", "michigan", "2025-07-20 60");
        const string facts = $"{Opened}; 2025-03-10 review home";
        Assert.Equal(second, Vector.Found(agency, facts, on, "mi.review #2"));
        Assert.Equal(third, Vector.Found(agency, facts, on, "mi.review #3"));
    }

    // Entered foster care 60 days after the removal of 2 January 2025, on 3 March: every 6 months is 3 September and 3 March 2026; every 4 months
    // is 3 July, 3 November and 3 March 2026.
    [Theory]
    [InlineData("2025-06-01 4 months", "2025-06-10", "2025-07-03 upcoming")]
    [InlineData("2025-07-04 4 months", "2025-07-10", "2025-07-03 overdue")] // four months since the last act, as any date counted from one
    [InlineData("2025-09-04 4 months", "2025-09-10", "2025-09-03 missed")]
    public void A_review_in_care_is_counted_from_the_last_act_by_the_length_of_today_until_it_is_over(string changes, string on, string expected) =>
        Assert.Equal(expected, Vector.Found(Changing("fed.review", "federal", changes), "2025-01-02 open; child dan; foster dan", on, "fed.review"));

    [Fact]
    public void The_sentence_counts_the_length_that_judged_it()
    {
        var found = Vector.DeadlinesOf(Changing("mi.review", "michigan", "2025-07-20 60"), BothReviewed, "2025-07-21").Where(each => each.Rule.Id == "mi.review");
        Assert.Equal(
            [
                "Case plan review is due 2025-04-02: 90 calendar days after 2025-01-02 (case opened).",
                "Case plan review is due 2025-07-01: 2 times 90 calendar days after 2025-01-02 (case opened).",
                "Case plan review is due 2025-09-02: 4 times 60 calendar days after 2025-01-02 (case opened), counted to 2025-08-30 and moved to the next day of business.",
            ],
            found.Select(Explanation.SentenceOf));
    }

    [Theory]
    [InlineData("rolling")]
    [InlineData("grid")]
    [InlineData("grid-from-last-act")]
    [InlineData("monthly")]
    public void What_comes_back_has_a_length_whoever_writes_it(string recurs)
    {
        const string refused = "due: what comes back is due after one day or more.";
        Assert.Equal([$"$.rules[0].{refused}"], Violations($$""" "due": "0 days", "recurs": "{{recurs}}" """));
        Assert.Equal([$"$.rules[0].choices.length.options.none.{refused}"], Violations($$"""
            "due": "1 day", "recurs": "{{recurs}}",
            "choices": { "length": { "sentence": "Which.", "default": "some", "options": { "some": {}, "none": { "due": "0 months" } } } }
            """));
        string[] written = [.. RulePacks.Check(["michigan"], JsonSerializer.Deserialize<RuleLayer>($$"""
            {
              "rules": { "mi.review": { "due": "0 working days", "recurs": "{{recurs}}", "countsFromDaysBefore": null } },
              "add": [{ {{Visit}}, "due": "0 days", "recurs": "{{recurs}}" }]
            }
            """, RulePacks.Json)!).Select(violation => violation.ToString())];
        Assert.Equal([$"$.rules['mi.review'].{refused}", $"$.add[0].{refused}"], written);
    }

    [Fact]
    public void Options_are_looked_at_with_the_other_choices_at_their_defaults() => Assert.Equal(
        ["$.rules[0].choices.length.options.none.due: what comes back is due after one day or more."],
        Violations("""
            "due": "1 day",
            "choices": {
              "length": { "sentence": "Which.", "default": "some", "options": { "some": {}, "none": { "due": "0 days" } } },
              "recurs": { "sentence": "How often.", "default": "again", "options": { "once": {}, "again": { "recurs": "grid" } } } }
            """));

    [Theory]
    [InlineData("rolling")]
    [InlineData("grid")]
    [InlineData("grid-from-last-act")]
    public void The_second_length_is_a_length_too(string recurs) => Assert.Equal(
        ["$.rules[0].due: what comes back is due after one day or more."],
        Violations($$""" "due": "1 day", "then": "0 months", "recurs": "{{recurs}}" """));

    /// <param name="changes">E.g. <c>2025-07-20 60, 2025-07-21 4 months</c>; a number alone is of days.</param>
    private static Agency Changing(string rule, string pack, string changes) => changes.Split(", ", StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(Given.Agency("America/Chicago") with { Packs = [pack] }, (agency, change) => agency.Changed(change[..10], [pack], Due(rule, change[11..])));

    private static RuleLayer Due(string rule, string length) => new()
    {
        Rules = new Dictionary<string, JsonElement>
        {
            [rule] = JsonSerializer.SerializeToElement(new { due = length.Contains(' ') ? length : $"{length} days" }),
        },
    };

    private static string[] Violations(string members) =>
    [
        .. PackReading.Read($$"""
            { "id": "oregon", "name": "Oregon", "steps": [{ "days": 0, "to": ["worker"] }], "rules": [{ {{Visit}}, {{members}} }] }
            """).Violations.Select(violation => violation.ToString()),
    ];
}
