using System.Text.Json;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Domain.Tests.Packs;

/// <summary>An agency's own file over its packs, editions with the day they come into force, and files that can't be used.</summary>
public sealed class LayerTests
{
    private const string Removed = "2025-01-02 open; child dan; foster dan";
    private const string Home = "2025-01-02 open; child dan; 2025-01-10 version home";
    private static readonly string[] ReviewSteps = ["-30", "0"];

    [Fact]
    public void A_layer_changes_the_steps_and_a_duty_is_due_soon_from_the_first_of_them()
    {
        var agency = With("minnesota", """
            { "rules": { "mn.review": { "steps": [{ "days": -30, "to": ["worker"] }, { "days": 0, "to": ["worker", "manager"] }] } } }
            """);
        Is("2025-04-10 upcoming", Vector.Found(With("minnesota", "{}"), Home, "2025-03-11", "mn.review"));
        Is("2025-04-10 due soon", Vector.Found(agency, Home, "2025-03-11", "mn.review")); // 10 April less 30 days is 11 March
        var rule = RuleBook.For(agency).On(Given.Day("2025-03-11")).Find("mn.review")!;
        Assert.Equal(ReviewSteps, rule.Steps.Select(step => Rule.StepName(step.Days)));
        Assert.Equal([Role.Worker, Role.Manager], rule.Steps[1].To);
    }

    [Fact]
    public void A_layer_changes_the_days_of_the_developmental_screening()
    {
        const string facts = "2025-05-20 open; child dan born 2023-05-01; 2025-05-27 maltreatment-determined";
        var agency = With("minnesota", """{ "rules": { "mn.dev-screening": { "due": "2 working days" } } }""");
        Is("2025-05-29 due soon", Vector.Found(agency, facts, "2025-05-28", "mn.dev-screening")); // Wednesday 28, Thursday 29
    }

    [Fact]
    public void A_discharge_doesnt_divide_the_months_in_care()
    {
        var agency = With("federal", """{ "rules": { "fed.fifteen-of-22": { "pause": "discharge" } } }""");
        const string facts = $"{Removed}; 2025-04-01 detention dan; 2025-05-01 foster dan";
        Is("2026-06-26 upcoming", Vector.Found(agency, facts, "2025-06-01", "fed.fifteen-of-22")); // 29 days from 3 March; 245 + 176 from 1 May
    }

    [Fact]
    public void A_layer_adds_a_rule_of_the_agencys_own()
    {
        var agency = With("wisconsin", """
            { "add": [{ "id": "county.visit", "name": "Visit after placement", "scope": "child", "applies": ["placed"], "anchor": "removal",
                "due": "2 working days", "metBy": "caseworker-visit", "source": "County manual",
                "sentence": "A placed child is visited within two working days." }] }
            """);
        Is("2025-01-06 due soon", Vector.Found(agency, Removed, "2025-01-03", "county.visit")); // Friday 3, Monday 6 January
        Is("2025-01-06 met on time", Vector.Found(agency, $"{Removed}; 2025-01-06 caseworker-visit dan", "2025-01-10", "county.visit"));
        Is("2025-03-03 upcoming", Vector.Found(agency, Removed, "2025-01-10", "wi.initial"));
    }

    [Fact]
    public void An_own_day_off_counts_as_no_working_day_and_moves_no_legal_date()
    {
        var agency = With("michigan", """
            { "choices": { "mi.tribe.days": "working" }, "holidays": [{ "name": "Founders' Day", "on": "01-21" }] }
            """);
        const string facts = "2025-01-16 open; child dan indian";
        Is("2025-01-23 due soon", Vector.Found(agency, facts, "2025-01-17", "mi.tribe")); // 17, 22, 23; 20 is a holiday, 21 the county's own
        Is("2025-01-21 upcoming", Vector.Found(agency, "2024-12-22 open; child dan; foster dan", "2024-12-30", "mi.initial")); // 9 + 21
    }

    [Fact]
    public void What_was_met_under_the_old_edition_stays_judged_by_it_and_what_is_open_moves_on_the_day()
    {
        var agency = Changed("minnesota", "2025-06-01", ["minnesota"], """{ "rules": { "mn.review": { "due": "60 days" } } }""");
        const string reviewed = $"{Home}; 2025-04-08 review home";
        Is("2025-04-10 met on time", Vector.Found(agency, reviewed, "2025-05-31", "mn.review"));
        Is("2025-07-07 upcoming", Vector.Found(agency, reviewed, "2025-05-31", "mn.review #2")); // 22 + 31 + 30 + 7 = 90
        Is("2025-04-10 met on time", Vector.Found(agency, reviewed, "2025-06-01", "mn.review"));
        Is("2025-06-07 -> 2025-06-09 due soon", Vector.Found(agency, reviewed, "2025-06-01", "mn.review #2")); // 22 + 31 + 7 = 60, a Saturday
    }

    [Fact]
    public void Another_pack_ends_the_occurrences_of_the_old_one_and_begins_its_own_from_the_same_facts()
    {
        var agency = Changed("wisconsin", "2025-02-01", ["michigan"], "{}");
        Is("2025-03-03 upcoming", Vector.Found(agency, Removed, "2025-01-31", "wi.initial"));
        Is("none", Vector.Found(agency, Removed, "2025-01-31", "mi.initial"));
        Is("none", Vector.Found(agency, Removed, "2025-02-01", "wi.initial"));
        Is("2025-02-01 -> 2025-02-03 due", Vector.Found(agency, Removed, "2025-02-01", "mi.initial")); // 29 + 1, a Saturday

        const string occurrence = "wi.initial~child:dan~placement-foster-3~1";
        var due = Given.Day("2025-03-03");
        var told = Marks.None.With([new(occurrence, new Mark(due, due, 1, 1, Outcome.None))]);
        var read = Notation.Of(Removed);
        var gone = Agenda.For(read.File, read.Plans, RuleBook.For(agency), told, Given.Instant("2025-02-01 18:00Z")).Changes
            .Single(change => change.Deadline.Occurrence == occurrence);
        Assert.Equal(DeadlineStatus.Ended, gone.Deadline.Status);
        Assert.Equal("its rule is no longer in force for this case", gone.Deadline.Because);
    }

    [Fact]
    public void A_pack_that_cannot_be_used_names_its_file_each_place_and_what_is_wrong_there()
    {
        var error = Assert.Throws<InvalidDataException>(() => RulePacks.Parse("oregon.json", """
            { "id": "oregon", "name": "Oregon", "holidays": [{ "name": "Odd", "on": "5th friday of may" }],
              "steps": [{ "days": 7, "every": 7, "to": ["worker"] }, { "days": 0, "to": [] }],
              "rules": [{ "id": "or.initial", "name": "Plan", "scope": "child", "anchor": "the-moon", "due": "30 days", "metBy": "magic",
                "source": "ORS", "sentence": "Soon." }] }
            """));
        Named(error, "oregon.json", "$.holidays[0].on", "$.steps", "order of their days", "only the last", "at least one role",
            "$.rules[0].anchor", "the-moon", "$.rules[0].metBy", "magic");
    }

    [Theory]
    [InlineData("""{ "id": "o", "name": "O", "steps": [], "rules": [{ "id": "o.a", "due": "soon" }] }""", "$.rules[0].due")]
    [InlineData("""{ "id": "o", "name": "O", "steps": [], "rulez": [] }""", "rulez")]
    [InlineData("""{ "id": "o", "name": """, "line 1")]
    public void A_pack_of_the_wrong_shape_names_its_file_and_the_place(string text, string place) =>
        Named(Assert.Throws<InvalidDataException>(() => RulePacks.Parse("oregon.json", text)), "oregon.json", place);

    [Theory]
    [InlineData("""{ "choices": { "mn.review.anchor": "moon" } }""", "mn.review.anchor", "'moon'", "took-effect, plan-date")]
    [InlineData("""{ "choices": { "mn.review.moon": "x" }, "rules": { "wi.initial": {} } }""", "mn.review.moon", "wi.initial")]
    [InlineData("""{ "rules": { "mn.review": { "metBy": "magic" } } }""", "minnesota", "magic")]
    [InlineData("""
        { "add": [{ "id": "own.a", "name": "A", "scope": "case", "anchor": "nowhere", "due": "3 days", "metBy": "review",
            "source": "s", "sentence": "s" }] }
        """, "$.rules[0].anchor", "nowhere")]
    public void A_layer_that_cannot_be_used_names_each_place_and_what_is_wrong_there(string layer, params string[] named) =>
        Named(Assert.Throws<InvalidDataException>(() => RuleBook.For(With("minnesota", layer))), named);

    private static Agency With(string pack, string layer) => Changed(pack, "1990-01-01", [pack], layer);

    private static Agency Changed(string pack, string from, IReadOnlyList<string> to, string layer) => Given.Agency("America/Chicago") with
    {
        Packs = [pack],
        RuleChanges =
        [
            new RuleChange
            {
                InForceFrom = Given.Day(from), Packs = to, Layer = JsonSerializer.Deserialize<RuleLayer>(layer, RulePacks.Json), By = "adele",
                At = default, Why = "The county's manual.",
            },
        ],
    };

    private static void Is(string expected, string found) => Assert.Equal(expected, found);

    private static void Named(InvalidDataException error, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
}
