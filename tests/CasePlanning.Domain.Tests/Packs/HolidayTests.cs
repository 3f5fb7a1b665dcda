using System.Globalization;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Tests.Packs;

/// <summary>The weekdays each pack's holidays take off in a year, from the laws the packs cite;
/// what falls on a weekend isn't listed.</summary>
public sealed class HolidayTests
{
    [Theory]
    // CCP 135 with Rule of Court 1.11; 2001 has no Cesar Chavez Day, 2002 keeps it on Monday 1 April
    [InlineData("california", 2001, "01-01 01-15 02-12 02-19 05-28 07-04 09-03 10-08 11-12 11-22 11-23 12-25")]
    [InlineData("california", 2002, "01-01 01-21 02-12 02-18 04-01 05-27 07-04 09-02 10-14 11-11 11-28 11-29 12-25")]
    // New Year's Day 2022 is kept on the last day of 2021; Columbus Day for the last time, Native American Day the year after
    [InlineData("california", 2021, "01-01 01-18 02-12 02-15 03-31 05-31 07-05 09-06 10-11 11-11 11-25 11-26 12-24 12-31")]
    [InlineData("california", 2022, "01-17 02-11 02-21 03-31 05-30 07-04 09-05 09-23 11-11 11-24 11-25 12-26")]
    [InlineData("california", 2023, "01-02 01-16 02-13 02-20 03-31 05-29 06-19 07-04 09-04 09-22 11-10 11-23 11-24 12-25")]
    [InlineData("california", 2026, "01-01 01-19 02-12 02-16 03-31 05-25 06-19 07-03 09-07 09-25 11-11 11-26 11-27 12-25")]
    // MCL 435.101 and 435.102: Sundays move to Monday, Saturdays don't move; Juneteenth from 2024
    [InlineData("michigan", 2021, "01-01 01-18 02-12 02-15 05-31 07-05 09-06 10-11 11-11 11-25")]
    [InlineData("michigan", 2022, "01-17 02-21 05-30 07-04 09-05 10-10 11-11 11-24 12-26")]
    [InlineData("michigan", 2023, "01-02 01-16 02-13 02-20 05-29 07-04 09-04 10-09 11-23 12-25")]
    [InlineData("michigan", 2024, "01-01 01-15 02-12 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25")]
    // Minn. Stat. 645.44 subd. 5: Juneteenth from 2023, Saturdays to Friday
    [InlineData("minnesota", 2021, "01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25 12-24 12-31")]
    [InlineData("minnesota", 2022, "01-17 02-21 05-30 07-04 09-05 10-10 11-11 11-24 12-26")]
    [InlineData("minnesota", 2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25")]
    [InlineData("minnesota", 2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31")]
    // Wis. Stat. 995.20: 15 January to 2016, the September primary to 2010, the August one from 2012, Juneteenth from 2010
    [InlineData("wisconsin", 2009, "01-01 01-15 02-16 05-25 09-07 10-12 11-11 11-26 12-25")]
    [InlineData("wisconsin", 2010, "01-01 01-15 02-15 05-31 07-05 09-06 09-14 10-11 11-02 11-11 11-25")]
    [InlineData("wisconsin", 2012, "01-02 01-16 02-20 05-28 06-19 07-04 08-14 09-03 10-08 11-06 11-12 11-22 12-25")]
    [InlineData("wisconsin", 2016, "01-01 01-15 02-15 05-30 06-20 07-04 08-09 09-05 10-10 11-08 11-11 11-24 12-26")]
    [InlineData("wisconsin", 2017, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-23 12-25")]
    [InlineData("wisconsin", 2026, "01-01 01-19 02-16 05-25 06-19 08-11 09-07 10-12 11-03 11-11 11-26 12-25")]
    // 5 U.S.C. 6103: Juneteenth was first kept on Friday 18 June 2021
    [InlineData("federal", 2020, "01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25")]
    [InlineData("federal", 2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31")]
    [InlineData("federal", 2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26")]
    [InlineData("federal", 2033, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26")]
    [InlineData("default", 2026, "")]
    public void A_year_has_the_holidays_of_the_law(string pack, int year, string expected)
    {
        var days = new HolidaySet(RulePacks.Load(pack).Holidays);
        var first = new DateOnly(year, 1, 1);
        var found = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(first.AddDays)
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && days.Contains(day))
            .Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(expected, string.Join(' ', found));
    }

    [Theory]
    [InlineData("california", "2039-12-26")] // Christmas 2039 is a Sunday
    [InlineData("california", "2040-11-12")] // Veterans Day 2040 is a Sunday
    [InlineData("california", "2000-11-10")] // and in 2000 a Saturday
    [InlineData("michigan", "2040-01-02")] // New Year's Day 2040 is a Sunday
    [InlineData("wisconsin", "2040-08-14")]
    [InlineData("wisconsin", "2040-11-06")]
    [InlineData("wisconsin", "2000-09-12")]
    [InlineData("minnesota", "2038-12-31")] // New Year's Day 2039 is a Saturday
    [InlineData("federal", "2037-07-03")] // Independence Day 2037 is a Saturday
    public void The_first_and_the_last_years_have_them_too(string pack, string day) =>
        Assert.True(new HolidaySet(RulePacks.Load(pack).Holidays).Contains(Given.Day(day)), $"{day} is a holiday in {pack}.");
}
