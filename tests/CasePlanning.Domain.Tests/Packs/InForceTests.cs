using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Domain.Tests.Packs;

/// <summary>A rule that comes into force for a case with years of facts binds from that day on, and one that goes out of force stops.</summary>
public sealed class InForceTests
{
    private const string Placed = "2024-01-02 open; child dan; foster dan";
    private const string VisitedInMarch = $"{Placed}; 2025-03-03 caseworker-visit dan";
    private const string Visit = "fed.visit~child:dan~placement-foster-3";

    // The 90-day dates from 2 January 2024: 1 Apr, 30 Jun, 28 Sep, 27 Dec, 27 Mar 2025, 25 Jun; work on each counts from 30 days before.
    [Theory]
    [InlineData("2025-05-25", "2025-03-27 missed", "2025-06-25 upcoming")] // the fifth runs through that day
    [InlineData("2025-05-26", "2025-06-25 upcoming", "none")] // the sixth has opened
    public void Of_a_grid_only_the_cycle_that_runs_on_the_day_and_later_ones_are_given(string from, string first, string second)
    {
        var agency = Changed("wisconsin", (from, "michigan"));
        Is(first, Vector.Found(agency, Placed, "2025-06-02", "mi.review"));
        Is(second, Vector.Found(agency, Placed, "2025-06-02", "mi.review #2"));
    }

    [Theory]
    [InlineData("2025-05-31", "2025-05-31 missed")]
    [InlineData("2025-06-01", "2025-06-30 upcoming")] // May had passed by then
    [InlineData("2025-06-15", "2025-06-30 upcoming")]
    public void Of_a_monthly_rule_the_month_of_the_day_is_the_first(string from, string first) =>
        Is(first, Vector.Found(Changed("wisconsin", (from, "wisconsin+federal")), Placed, "2025-06-15", "fed.visit"));

    [Fact]
    public void Of_a_rolling_rule_the_link_of_the_chain_that_runs_on_the_day_is_the_first()
    {
        const string facts = "2024-01-02 open; child dan; 2024-01-10 version home; 2024-04-01 review home; 2025-03-03 review home";
        var agency = Changed("wisconsin", ("2025-03-03", "default"));
        Is("2024-06-30 met late", Vector.Found(agency, facts, "2025-03-10", "default.review")); // owed since the April review, met that day
        Is("2025-06-01 upcoming", Vector.Found(agency, facts, "2025-03-10", "default.review #2"));
        agency = Changed("wisconsin", ("2025-03-04", "default"));
        Is("2025-06-01 upcoming", Vector.Found(agency, facts, "2025-03-10", "default.review"));
        Is("none", Vector.Found(agency, facts, "2025-03-10", "default.review #2"));
    }

    [Fact]
    public void A_duty_owed_once_is_given_while_it_is_open_and_not_when_it_was_met_or_had_ended_before()
    {
        var agency = Changed("wisconsin", ("2025-06-01", "michigan"));
        Is("2024-02-01 overdue", Vector.Found(agency, Placed, "2025-06-02", "mi.initial"));
        Is("none", Vector.Found(agency, $"{Placed}; 2024-03-01 version placed", "2025-06-02", "mi.initial"));
        Is("2024-02-01 met late", Vector.Found(agency, $"{Placed}; 2025-06-01 version placed", "2025-06-02", "mi.initial"));
        Is("none", Vector.Found(agency, $"{Placed}; 2025-05-31 home dan", "2025-06-02", "mi.initial"));
        Is("2024-02-01 ended", Vector.Found(agency, $"{Placed}; 2025-06-01 home dan", "2025-06-02", "mi.initial"));
    }

    [Fact]
    public void Of_what_is_late_on_the_day_only_the_latest_step_is_raised()
    {
        var change = Read(Changed("wisconsin", ("2025-06-02", "michigan")), Placed, "2025-06-02", Marks.None).Changes
            .Single(each => each.Deadline.Rule.Id == "mi.initial");
        Assert.Equal("+483", change.StepName); // due 1 February 2024; 69 weeks after it is Thursday 29 May 2025
        Assert.Equal(73, change.Superseded.Count); // -14, -7, -1, 0, +1, and 68 weeks
    }

    [Fact]
    public void A_rule_in_force_from_the_first_edition_gives_every_cycle_there_was()
    {
        var kept = Changed("federal", ("2025-06-01", "federal+wisconsin"));
        Assert.Equal(18, Visits(kept)); // January 2024 to June 2025
    }

    [Fact]
    public void Of_two_changes_for_one_day_the_last_one_made_holds_and_the_other_interrupts_nothing()
    {
        var agency = Changed("federal", ("2025-06-01", "wisconsin"), ("2025-06-01", "federal"));
        Assert.Equal(18, Visits(agency));
    }

    [Fact]
    public void Out_of_force_a_rule_ends_what_was_open_and_leaves_what_was_met_or_missed()
    {
        var agency = Changed("federal", ("2025-04-10", "wisconsin"));
        var before = Read(agency, VisitedInMarch, "2025-04-09", Marks.None, told: true).After;
        Assert.Equal([Outcome.Missed, Outcome.MetOnTime, Outcome.None], Outcomes(before, 14, 15, 16)); // February, March, April 2025

        var gone = Read(agency, VisitedInMarch, "2025-04-10", before);
        Assert.All(gone.Changes.Where(change => change.Deadline.Rule.Id == "fed.visit"), change => Assert.Equal(Outcome.Ended, change.Mark.Outcome));
        Assert.Equal([Outcome.Missed, Outcome.MetOnTime, Outcome.Ended], Outcomes(gone.After, 14, 15, 16));
    }

    [Fact]
    public void Back_in_force_a_rule_leaves_on_the_ledger_what_was_over_before_and_makes_nothing_void()
    {
        var agency = Changed("federal", ("2025-04-10", "wisconsin"), ("2025-08-01", "federal"));
        var before = Read(agency, VisitedInMarch, "2025-04-09", Marks.None, told: true).After;
        var gone = Read(agency, VisitedInMarch, "2025-04-10", before).After;

        var back = Read(agency, VisitedInMarch, "2025-08-04", gone);

        Assert.Equal([Outcome.Missed, Outcome.MetOnTime, Outcome.Ended], Outcomes(back.After, 14, 15, 16));
        Assert.DoesNotContain(back.Changes, change => change.Mark.Outcome == Outcome.Void);
        var visits = back.Agenda.Deadlines.Where(each => each.Rule.Id == "fed.visit").ToArray();
        Assert.DoesNotContain(visits, each => each.Cycle is > 15 and < 20); // April ended, and nobody owed May, June and July
        Assert.Equal("2025-08-31", visits.Single(each => each.IsOpen).Due.ToString("yyyy-MM-dd", null));
    }

    [Fact]
    public void An_act_before_the_day_that_is_entered_after_a_reminder_meets_what_people_were_reminded_of()
    {
        var agency = Changed("wisconsin", ("2025-06-10", "wisconsin+federal"));
        var told = Read(agency, Placed, "2025-06-16", Marks.None);
        Assert.Equal("-14", told.Changes.Single(change => change.Deadline.Occurrence == $"{Visit}~18").StepName);

        var met = Read(agency, $"{Placed}; 2025-06-03 caseworker-visit dan", "2025-06-17", told.After).Changes
            .Single(change => change.Deadline.Rule.Id == "fed.visit");
        Assert.Equal((Outcome.MetOnTime, null), (met.Mark.Outcome, met.Step));
    }

    [Fact]
    public void What_was_done_before_the_day_leads_to_the_next_month_though_nobody_owed_it()
    {
        const string facts = "2024-01-02 open; child dan; 2025-01-15 mental-health-screening dan; 2025-06-03 child-wellbeing dan; 2025-06-03 family-met; 2025-06-03 provider-consultation";
        var read = Read(Changed("wisconsin", ("2025-06-10", "minnesota")), facts, "2025-06-12", Marks.None);
        Is("none", Vector.Found(Changed("wisconsin", ("2025-06-10", "minnesota")), facts, "2025-06-12", "mn.contact"));
        Assert.Equal(Given.Instant("2025-07-01 12:00Z"), read.Agenda.NextWakes.Min(wake => wake.At)); // 7:00 in Chicago
    }

    // Services were needed on 1 March, 30 days before 31 March; counted from the opening it would have been 1 February, a Saturday, so Monday the 3rd.
    [Fact]
    public void What_was_over_before_a_rule_counts_from_another_event_stays_as_it_was()
    {
        const string needed = "2025-01-02 open; child dan; 2025-03-01 services-needed";
        const string planned = $"{needed}; 2025-03-20 version home signed 2025-03-18";
        var agency = In("minnesota").Changed("2025-06-02", ["minnesota"], new RuleLayer { Choices = new Dictionary<string, string> { ["mn.cps.initial.anchor"] = "opening" } });
        Is("2025-03-31 met on time", Vector.Found(agency, planned, "2025-06-01", "mn.cps.initial"));
        Is("none", Vector.Found(agency, planned, "2025-06-02", "mn.cps.initial"));
        var before = Read(agency, planned, "2025-06-01", Marks.None, told: true);
        Assert.Contains(before.After.ByOccurrence.Values, mark => mark is { Outcome: Outcome.MetOnTime, Due: var due } && due == Given.Day("2025-03-31"));
        Assert.DoesNotContain(Read(agency, planned, "2025-06-02", before.After).Changes, change => change.Deadline.Rule.Id == "mn.cps.initial");

        Is("2025-02-01 -> 2025-02-03 overdue", Vector.Found(agency, needed, "2025-06-02", "mn.cps.initial"));
        var open = Read(agency, needed, "2025-06-02", Read(agency, needed, "2025-05-30", Marks.None).After);
        Assert.Equal(
            ["its rule counts from another event now, or the fact it came from was withdrawn or moved"],
            open.Changes.Where(change => change is { Deadline.Rule.Id: "mn.cps.initial", Mark.Outcome: Outcome.Void }).Select(change => change.Deadline.Because));
    }

    private static int Visits(Agency agency) => Vector.DeadlinesOf(agency, Placed, "2025-06-15").Count(each => each.Rule.Id == "fed.visit");

    private static Outcome[] Outcomes(Marks marks, params int[] cycles) =>
        [.. cycles.Select(cycle => marks.ByOccurrence[$"{Visit}~{cycle}"].Outcome)];

    /// <summary>Reads the agenda at 13:00 in Chicago and the ledger after it.</summary>
    /// <param name="told">Whether every open deadline has been reminded of by then.</param>
    private static (Agenda Agenda, IReadOnlyList<LedgerChange> Changes, Marks After) Read(
        Agency agency, string facts, string on, Marks marks, bool told = false)
    {
        var read = Notation.Of(facts);
        var agenda = Agenda.For(read.File, read.Plans, RuleBook.For(agency), marks, Given.Instant($"{on} 18:00Z"));
        var after = marks.With(agenda.Changes.Select(change => KeyValuePair.Create(change.Deadline.Occurrence, change.Mark)));
        var open = agenda.Deadlines.Where(each => told && each.IsOpen && !after.ByOccurrence.ContainsKey(each.Occurrence));
        return (agenda, agenda.Changes, after.With(open.Select(each =>
            KeyValuePair.Create(each.Occurrence, new Mark(each.Counted, each.Due, 1, 1, Outcome.None)))));
    }

    private static Agency Changed(string packs, params (string From, string Packs)[] changes) =>
        changes.Aggregate(In(packs), (agency, change) => agency.Changed(change.From, change.Packs.Split('+')));

    private static Agency In(string packs) => Given.Agency("America/Chicago") with { Packs = packs.Split('+') };

    private static void Is(string expected, string found) => Assert.Equal(expected, found);
}
