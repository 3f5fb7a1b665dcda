using CasePlanning.Domain.Clocks;
using FsCheck;
using FsCheck.Fluent;

namespace CasePlanning.Domain.Tests.Dates;

public sealed class CalendarTests
{
    private static readonly Calendar Weekdays = Given.Agency("America/Los_Angeles", "07:00", "2025-11-27", "2025-11-28", "2025-12-25",
        "2026-01-01").Calendar();

    [Theory]
    [InlineData("2025-11-21", true)] // Friday
    [InlineData("2025-11-22", false)] // Saturday
    [InlineData("2025-11-23", false)] // Sunday
    [InlineData("2025-11-27", false)] // Thursday, a holiday of the agency
    public void A_working_day_is_a_weekday_and_no_holiday(string date, bool works) =>
        Assert.Equal(works, Weekdays.IsWorkingDay(Given.Day(date)));

    [Theory]
    [InlineData("2025-11-26", "2025-11-26", "2025-11-26")] // Wednesday works
    [InlineData("2025-11-27", "2025-11-26", "2025-12-01")] // Thursday and Friday off, then the weekend
    [InlineData("2025-11-30", "2025-11-26", "2025-12-01")] // Sunday after them
    [InlineData("2025-12-25", "2025-12-24", "2025-12-26")] // Thursday off, Friday works
    public void A_day_moves_back_or_forward_to_a_working_day(string date, string back, string forward)
    {
        Assert.Equal(Given.Day(back), Weekdays.Back(Given.Day(date)));
        Assert.Equal(Given.Day(forward), Weekdays.Forward(Given.Day(date)));
    }

    [Theory]
    [InlineData("2025-11-24", 1, "2025-11-25")] // Monday to Tuesday
    [InlineData("2025-11-25", 5, "2025-12-04")] // Wed 26; Thu and Fri off; Mon 1, Tue 2, Wed 3, Thu 4
    [InlineData("2025-11-22", 1, "2025-11-24")] // from a Saturday, Monday is the first
    [InlineData("2025-11-27", 2, "2025-12-02")] // from a holiday: Mon 1, Tue 2
    [InlineData("2025-12-24", 6, "2026-01-05")] // Fri 26, Mon 29, Tue 30, Wed 31, Fri 2, Mon 5
    [InlineData("2025-11-22", 0, "2025-11-22")] // nothing to count
    public void Working_days_are_counted_from_the_day_after(string from, int count, string expected) =>
        Assert.Equal(Given.Day(expected), Weekdays.AddWorkingDays(Given.Day(from), count));

    [Theory]
    [InlineData("2025-11-22", Roll.None, "2025-11-22")]
    [InlineData("2025-11-22", Roll.Weekends, "2025-11-24")] // Saturday to Monday
    [InlineData("2025-11-22", Roll.Sundays, "2025-11-22")] // Saturday stays
    [InlineData("2025-11-23", Roll.Sundays, "2025-11-24")]
    [InlineData("2025-11-27", Roll.Weekends, "2025-12-01")] // holiday, holiday, Saturday, Sunday
    [InlineData("2025-11-27", Roll.Sundays, "2025-11-29")] // holiday, holiday, then Saturday is a day of business
    public void A_due_date_rolls_as_its_law_says(string counted, Roll roll, string expected) =>
        Assert.Equal(Given.Day(expected), Calendar.Rolled(Given.Day(counted), roll, new HolidaySet([], [Given.Day("2025-11-27"), Given.Day("2025-11-28")])));

    [Theory]
    [InlineData("America/Los_Angeles", "07:00", "2025-03-07", "2025-03-07 15:00Z")] // the Friday before clocks go forward: UTC-8
    [InlineData("America/Los_Angeles", "07:00", "2025-03-10", "2025-03-10 14:00Z")] // the Monday after: UTC-7
    [InlineData("America/Los_Angeles", "07:00", "2025-10-31", "2025-10-31 14:00Z")]
    [InlineData("America/Los_Angeles", "07:00", "2025-11-03", "2025-11-03 15:00Z")]
    [InlineData("America/Chicago", "08:30", "2025-07-01", "2025-07-01 13:30Z")]
    [InlineData("America/New_York", "02:30", "2025-03-09", "2025-03-09 07:30Z")] // 02:30 is skipped; 03:30 at UTC-4
    [InlineData("America/New_York", "01:30", "2025-11-02", "2025-11-02 05:30Z")] // 01:30 comes twice; the first is UTC-4
    [InlineData("Africa/Cairo", "00:30", "2024-04-26", "2024-04-25 22:30Z")] // clocks skip from 00:00 to 01:00; 01:30 at UTC+3
    public void A_morning_is_the_agencys_hour_on_both_sides_of_a_clock_change(string zone, string hour, string date, string expected) =>
        Assert.Equal(Given.Instant(expected), Given.Agency(zone, hour).Calendar().MorningOf(Given.Day(date)));

    [Theory]
    [InlineData("2025-07-01 06:59Z", "2025-06-30")] // 23:59 in Los Angeles
    [InlineData("2025-07-01 07:00Z", "2025-07-01")]
    [InlineData("2025-12-01 07:59Z", "2025-11-30")]
    public void A_date_is_the_agencys_date(string instant, string expected) =>
        Assert.Equal(Given.Day(expected), Weekdays.DateAt(Given.Instant(instant)));

    [Theory]
    [InlineData("America/Chicago", "07:00")]
    [InlineData("America/Anchorage", "02:30")] // an hour that clocks skip and show twice
    [InlineData("Pacific/Honolulu", "08:00")]
    [InlineData("Africa/Cairo", "00:30")] // clocks skip from 00:00 to 01:00
    [InlineData("Australia/Lord_Howe", "23:45")] // clocks move by half an hour
    public void The_date_is_the_one_clocks_in_the_zone_show_at_any_quarter_of_an_hour(string zone, string hour)
    {
        var calendar = Given.Agency(zone, hour).Calendar();
        for (var instant = Given.Instant("2024-01-01 00:00Z"); instant < Given.Instant("2025-01-03 00:00Z"); instant = instant.AddMinutes(15))
        {
            Assert.Equal(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, calendar.Zone).DateTime), calendar.DateAt(instant));
        }
    }

    [Theory]
    [InlineData("2025-11-26 15:00Z", "2025-11-26 15:00Z")] // Wednesday, seven sharp
    [InlineData("2025-11-26 15:01Z", "2025-12-01 15:00Z")] // a minute later it is the Monday after the holidays
    [InlineData("2025-11-29 09:00Z", "2025-12-01 15:00Z")] // Saturday
    public void The_next_morning_is_the_first_working_one(string instant, string expected) =>
        Assert.Equal(Given.Instant(expected), Weekdays.NextMorning(Given.Instant(instant)));

    [Fact]
    public void Whatever_the_day_working_days_are_where_a_walk_finds_them()
    {
        var day = Gen.Choose(0, 20_000).Select(number => new DateOnly(1995, 1, 1).AddDays(number));
        Prop.ForAll(day.ToArbitrary(), Gen.Choose(1, 40).ToArbitrary(), (from, count) =>
        {
            var found = Weekdays.AddWorkingDays(from, count);
            var between = Enumerable.Range(1, found.DayNumber - from.DayNumber).Count(days => Weekdays.IsWorkingDay(from.AddDays(days)));
            return between == count && Weekdays.IsWorkingDay(found) && Weekdays.Back(from) <= from && Weekdays.Forward(from) >= from;
        }).QuickCheckThrowOnFailure();
    }
}
