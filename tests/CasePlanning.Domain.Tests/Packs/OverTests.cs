using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Tests.Packs;

/// <summary>What becomes of a cycle whose place the next one has taken, and of a stay that a pause ended.</summary>
public sealed class OverTests
{
    private const string Opened = "2025-01-15 open; child dan";

    [Fact]
    public void A_cycle_excused_until_the_next_one_opened_is_over_and_nobody_is_reminded_of_it()
    {
        var agency = Vector.AgencyOf("minnesota");
        var name = Vector.DeadlinesOf(agency, Opened, "2025-01-20").Single(each => each.Rule.Id == "mn.contact").Occurrence;
        var agenda = Read($"{Opened}; 2025-01-30 excuse {name} until 2025-02-05", "2025-02-20", Marks.None);
        var january = agenda.Deadlines.Single(each => each.Occurrence == name);
        Assert.Equal((DeadlineStatus.Excused, false), (january.Status, january.IsOpen));
        Assert.DoesNotContain(agenda.Changes, change => change.Deadline.Occurrence == name && change.Step is not null);
    }

    [Fact]
    public void A_miss_is_reported_though_the_date_moves_with_it()
    {
        var told = Read(Opened, "2025-01-29", Marks.None);
        var marks = Marks.None.With(told.Changes.Select(change => KeyValuePair.Create(change.Deadline.Occurrence, change.Mark)));
        var moved = Read("2024-12-15 open; child dan", "2025-02-03", marks);
        Assert.Contains(moved.Changes,
            change => change.Deadline is { Rule.Id: "mn.contact", Cycle: 1 } && change.StepName == LedgerChange.MissedReport);
    }

    [Fact]
    public void A_stay_after_a_discharge_is_named_by_the_return()
    {
        const string returned = "2025-01-02 open; child dan; foster dan; 2025-08-25 detention dan; 2025-09-20 foster dan";
        var stays = Vector.DeadlinesOf(Vector.AgencyOf("federal fed.review.pause=discharge"), returned, "2025-10-10");
        Assert.Equal("fed.review~child:dan~placement-foster-5~1", stays.Last(each => each.Rule.Id == "fed.review").Occurrence);
    }

    [Fact]
    public void An_excuse_that_ends_while_the_child_is_away_asks_for_a_wake()
    {
        const string detained = "2025-01-02 open; child dan; foster dan; 2025-02-20 version placed; 2025-05-01 detention dan; " +
            "2025-08-01 excuse fed.review~child:dan~placement-foster-3~1 until 2025-08-10";
        var agenda = Read(detained, "2025-08-05", Marks.None, "federal");
        Assert.Equal(DeadlineStatus.Excused, agenda.Deadlines.Single(each => each.Rule.Id == "fed.review").Status);
        Assert.Equal(Given.Instant("2025-08-11 12:00Z"), agenda.NextWakes.Single(wake => wake.Owner == $"plan:{Given.PlacedPlan}").At); // Monday, 07:00 in Chicago
    }

    private static Agenda Read(string facts, string on, Marks marks, string packs = "minnesota")
    {
        var read = Notation.Of(facts);
        var now = new DateTimeOffset(Given.Day(on).ToDateTime(new(18, 0)), TimeSpan.Zero);
        return Agenda.For(read.File, read.Plans, RuleBook.For(Vector.AgencyOf(packs)), marks, now);
    }
}
