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

    [Theory]
    [InlineData("{", "$: This isn't JSON: line 1, character 2 can't be read.")]
    [InlineData("[]", "$: must be an object.")]
    [InlineData("""
        { "id": "oregon", "name": "Oregon", "holidays": [{ "name": "Odd", "on": "5th friday of may" }],
          "steps": [{ "days": 7, "every": 7, "to": ["worker"] }, { "days": 0, "to": ["worker"] }],
          "rules": [
            { "id": "or.initial", "name": "Plan", "scope": "child", "anchor": "the-moon", "due": "soon", "metBy": "review", "source": "ORS", "sentence": "Soon." },
            { "id": "or.visit", "name": "Visit", "scope": "case", "anchor": "plan-date", "due": "0 days", "recurs": "grid", "metBy": "review", "source": "ORS",
              "sentence": "Soon.", "then": "1 month", "pause": "discharge", "noLaterThan": "submission", "voidWhen": "placed", "applies": ["at-home"],
              "choices": { "days": { "sentence": "Which.", "default": "none", "options": { "more": { "recurs": "months-in-care" } } } } },
            { "id": "or.visit", "name": "Visit", "scope": "case", "anchor": "beginning", "due": "3 days", "metBy": "family-met", "source": "ORS", "sentence": "Soon.",
              "then": "1 month", "countsFromDaysBefore": 3, "name": "Again" }] }
        """,
        "$.holidays[0].on: must be a day such as \"07-04\", \"3rd monday of january\", \"last monday of may\" or \"day after 4th thursday of november\".",
        "$.rules[0].anchor: must be one of beginning, complaint-or-opening, dispositional-hearing, end-of-assessment,",
        "$.rules[0].due: must be a length of time such as \"30 days\", \"6 months\" or \"5 working days\".",
        "$.rules[2].name: is given twice.",
        "$.rules[1].anchor: 'plan-date' is for rules with the scope child or plan, and this one has case.",
        "$.rules[1].noLaterThan: 'submission' is for rules with the scope version, and this one has case.",
        "$.rules[1].metBy: 'review' is for rules with the scope child or plan, and this one has case.",
        "$.rules[1].voidWhen: 'placed' is for rules with the scope child, and this one has case.",
        "$.rules[1].applies[0]: 'at-home' is for rules with the scope child, and this one has case.",
        "$.rules[1].due: what comes back is due after one day or more.",
        "$.rules[1].noLaterThan: only a rule that doesn't come back can be cut short by an event.",
        "$.rules[1].pause: only a child under a plan has stays outside foster care.",
        "$.rules[1].choices.days.default: 'none' is none of the options: more.",
        "$.rules[1].choices.days.options.more.recurs: months in care are counted from foster-care, and due after at most 22 months.",
        "$.steps: reminder steps stand in the order of their days.",
        "$.steps: only the last reminder step may repeat.")]
    public void A_pack_that_cannot_be_used_names_each_place_and_what_is_wrong_there(string text, params string[] named)
    {
        var violations = PackReading.Read(text).Violations.Select(violation => violation.ToString()).ToArray();
        Assert.All(named, expected => Assert.Contains(violations, found => found.StartsWith(expected, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_layer_that_cannot_be_used_names_every_place_and_what_is_wrong_there()
    {
        const string layer = """
            {
              "choices": { "mn.review.anchor": "moon", "mn.ohpp.initial.anchor": "sun", "mn.review.colour": "blue" },
              "rules": {
                "wi.initial": { "due": "5 days" }, "mn.review": { "metBy": "magic", "due": "soon" },
                "mn.contact": { "countsFromDaysBefore": 5, "steps": [{ "days": 0, "to": ["worker"] }, { "days": -1, "to": ["worker"] }] }
              },
              "add": [
                { "id": "own.a", "name": "A", "scope": "case", "anchor": "nowhere", "due": "3 days", "metBy": "family-met", "source": "s", "sentence": "s" },
                { "id": "mn.review", "name": "A", "scope": "case", "anchor": "submission", "due": "3 days", "metBy": "family-met", "source": "s", "sentence": "s" }
              ],
              "holidays": [{ "name": "Never", "on": "02-30" }]
            }
            """;
        string[] expected =
        [
            "$.holidays[0].on: must be a day such as \"07-04\", \"3rd monday of january\", \"last monday of may\" or \"day after 4th thursday of november\".",
            "$.choices['mn.review.anchor']: 'moon' is none of took-effect, plan-date.",
            "$.choices['mn.ohpp.initial.anchor']: 'sun' is none of order, earlier.",
            "$.choices['mn.review.colour']: the agency's packs have no such choice; they have mn.cps.initial.anchor,",
            "$.rules['wi.initial']: none of the agency's packs has this rule.",
            "$.rules['mn.review'].metBy: must be one of any-review-or-version,",
            "$.rules['mn.review'].due: must be a length of time",
            "$.rules['mn.contact'].countsFromDaysBefore: only on a grid does early work count.",
            "$.rules['mn.contact'].steps: reminder steps stand in the order of their days.",
            "$.add[0].anchor: must be one of beginning,",
            "$.add[1].id: there is a rule 'mn.review' already.",
            "$.add[1].anchor: 'submission' is for rules with the scope version, and this one has case.",
        ];

        var found = RulePacks.Check(["minnesota"], Read(layer)).Select(violation => violation.ToString()).ToArray();

        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected, each => Assert.Contains(found, violation => violation.StartsWith(each, StringComparison.Ordinal)));
        var thrown = Assert.Throws<InvalidDataException>(() => RuleBook.For(With("minnesota", layer)));
        Assert.All(found, each => Assert.Contains(each, thrown.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_layer_takes_an_optional_member_away()
    {
        var agency = With("wisconsin", """{ "rules": { "wi.initial": { "voidWhen": null } } }""");
        const string detained = "2025-01-02 open; child dan; detention dan; 2025-01-20 home dan";
        Is("2025-03-03 void", Vector.Found(With("wisconsin", "{}"), detained, "2025-01-30", "wi.initial"));
        Is("2025-03-03 ended", Vector.Found(agency, detained, "2025-01-30", "wi.initial"));
    }

    private static Agency With(string pack, string layer) => Changed(pack, "1990-01-01", [pack], layer);

    private static Agency Changed(string pack, string from, IReadOnlyList<string> to, string layer) =>
        (Given.Agency("America/Chicago") with { Packs = [pack] }).Changed(from, to, Read(layer));

    private static void Is(string expected, string found) => Assert.Equal(expected, found);

    private static RuleLayer Read(string layer) => JsonSerializer.Deserialize<RuleLayer>(layer, RulePacks.Json)!;
}
