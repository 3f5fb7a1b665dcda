using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Tests.Packs;

namespace CasePlanning.Domain.Tests.Forecasts;

/// <summary>Dan's first plan is due on Saturday 2025-02-01, 30 days after the case opened.</summary>
public sealed class PunctualityTests
{
    private const string Opened = "2025-01-02 open; child dan";
    private const string Excused = $"{Opened}; 2025-01-30 excuse default.initial~child:dan~opening-open-1~1 until 2025-02-20";

    [Theory]
    [InlineData("default", Opened, "2025-02-01", null, null)]
    [InlineData("default", Opened, "2025-02-02", "Overdue", 1)]
    [InlineData("default", Opened, "2025-02-10", "Overdue", 9)]
    [InlineData("default", $"{Opened}; 2025-02-01 version home", "2025-02-10", "OnTime", 0)]
    [InlineData("default", $"{Opened}; 2025-01-10 version home", "2025-01-10", "OnTime", 0)]
    [InlineData("default", $"{Opened}; 2025-02-03 version home", "2025-02-10", "Late", 2)]
    [InlineData("default", $"{Opened}; 2025-01-20 close home", "2025-02-10", null, null)]
    [InlineData("default", Excused, "2025-01-31", null, null)]
    [InlineData("default", Excused, "2025-02-10", "Excused", null)]
    [InlineData("default", Excused, "2025-02-25", "Overdue", 24)]
    [InlineData("default", $"{Excused}; 2025-02-01 version home", "2025-02-25", "OnTime", 0)]
    [InlineData("default", $"{Excused}; 2025-02-15 version home", "2025-02-25", "Excused", null)]
    [InlineData("default", $"{Excused}; 2025-02-22 version home", "2025-02-25", "Late", 21)]
    [InlineData("wisconsin", "2025-01-02 open; child dan; detention dan; 2025-02-15 home dan", "2025-03-20", null, null, "wi.initial")]
    [InlineData("federal", "2025-01-02 open; child dan; foster dan", "2025-02-01", "Missed", null, "fed.visit")]
    [InlineData("federal", "2025-01-02 open; child dan; foster dan", "2025-01-31", null, null, "fed.visit")]
    public void A_duty_that_fell_due_was_on_time_late_missed_overdue_or_excused(string packs, string facts, string on, string? expected, int? daysLate, string rule = "default.initial")
    {
        var first = Vector.DeadlinesOf(Vector.AgencyOf(packs), facts, on).First(each => each.Rule.Id == rule);

        Assert.Equal((expected, daysLate), (PunctualityCount.Of(first, Given.Day(on))?.ToString(), PunctualityCount.DaysLate(first, Given.Day(on))));
    }

    [Theory]
    [InlineData("2025-01-30", "2025-01-30", false)]
    [InlineData("2025-01-30", "2025-02-01", false)]
    [InlineData("2025-01-30", "2025-02-02", true)]
    [InlineData("2025-02-03", "2025-02-05", false)]
    public void Done_in_time_and_recorded_after_the_due_date_is_on_time_and_entered_late(string done, string recorded, bool expected)
    {
        var deadline = Done(done, recorded);
        var count = PunctualityCount.Of([deadline], Given.Day("2025-03-01"));

        Assert.Equal(expected, PunctualityCount.IsEnteredLate(deadline, Given.Day("2025-03-01")));
        Assert.Equal(expected ? (1, 1) : (0, count.OnTime), (count.EnteredLate, count.OnTime));
    }

    [Fact]
    public void Rates_leave_the_excused_out_and_days_late_count_only_what_was_done_late()
    {
        var today = Given.Day("2025-03-01");
        Deadline[] all =
        [
            Done("2025-01-20", "2025-01-20"), Done("2025-02-01", "2025-02-20"), Done("2025-02-02", "2025-02-02"), Done("2025-02-11", "2025-02-11"), Done("2025-02-03", "2025-02-03"),
            First(Opened, "2025-03-01"), First($"{Excused}; 2025-02-15 version home", "2025-03-01"), First($"{Opened}; 2025-01-20 close home", "2025-03-01"),
        ];

        var count = PunctualityCount.Of(all, today);

        // (1 + 10 + 2) / 3 days; 2 of 6 that weren't excused.
        Assert.Equal(new PunctualityCount { OnTime = 2, Late = 3, MeanDaysLate = 4.3m, MostDaysLate = 10, Overdue = 1, Excused = 1, EnteredLate = 1, Rate = 33.3m }, count);
        Assert.Equal(7, count.Due);
        Assert.Equal(new PunctualityCount(), PunctualityCount.Of([], today));
    }

    private static Deadline Done(string on, string recorded)
    {
        var deadline = First($"{Opened}; {on} version home", "2025-03-01");
        return deadline with { Met = deadline.Met! with { RecordedOn = Given.Day(recorded) } };
    }

    private static Deadline First(string facts, string on) => Vector.DeadlinesOf(Vector.AgencyOf("default"), facts, on).First(each => each.Rule.Id == "default.initial");
}
