using System.Text.Json;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Tests.Oracle;
using FsCheck;
using FsCheck.Fluent;

namespace CasePlanning.Domain.Tests.Dates;

public sealed class OffsetTests
{
    private static readonly Calendar Calendar = Given.Agency().Calendar();

    [Theory]
    [InlineData("2025-08-31", 6, "2026-02-28")] // February has no 31st
    [InlineData("2023-08-31", 6, "2024-02-29")] // in a leap year the last day is the 29th
    [InlineData("2025-08-29", 6, "2026-02-28")]
    [InlineData("2023-08-29", 6, "2024-02-29")]
    [InlineData("2025-03-31", 6, "2025-09-30")]
    [InlineData("2024-02-29", 12, "2025-02-28")]
    [InlineData("2025-02-28", 6, "2025-08-28")] // the last of February is the 28th, not the last of August
    [InlineData("2006-01-06", 6, "2006-07-06")] // the Martinez update
    public void Months_end_on_the_same_day_or_the_months_last(string anchor, int months, string expected) =>
        Assert.Equal(Given.Day(expected), new Offset(months, OffsetUnit.Months).After(Given.Day(anchor), Calendar));

    [Theory]
    [InlineData("2025-01-31", 30, "2025-03-02")] // 28 days to 28 February, 2 more
    [InlineData("2024-01-31", 30, "2024-03-01")] // 29 days to 29 February, 1 more
    [InlineData("2023-12-01", 90, "2024-02-29")] // 30 + 31 + 29
    [InlineData("2024-12-01", 90, "2025-03-01")] // 30 + 31 + 28 + 1
    public void Days_count_without_the_anchor_day(string anchor, int days, string expected) =>
        Assert.Equal(Given.Day(expected), new Offset(days, OffsetUnit.Days).After(Given.Day(anchor), Calendar));

    [Fact]
    public void Months_counted_from_the_anchor_each_time_do_not_drift()
    {
        var monthly = new Offset(1, OffsetUnit.Months);
        Assert.Equal(Given.Day("2025-02-28"), monthly.After(Given.Day("2025-01-31"), Calendar));
        Assert.Equal(Given.Day("2025-03-31"), monthly.After(Given.Day("2025-01-31"), Calendar, times: 2));
    }

    [Fact]
    public void Months_are_where_a_walk_through_the_months_finds_them()
    {
        var day = Gen.Choose(0, 40_000).Select(number => new DateOnly(1950, 1, 1).AddDays(number));
        Prop.ForAll(day.ToArbitrary(), Gen.Choose(0, 30).ToArbitrary(), (from, months) =>
            new Offset(months, OffsetUnit.Months).After(from, Calendar) == Days.MonthsAfter(from, months)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("30 days", 30, OffsetUnit.Days, "30 calendar days")]
    [InlineData("1 day", 1, OffsetUnit.Days, "1 calendar days")]
    [InlineData("6 months", 6, OffsetUnit.Months, "6 calendar months")]
    [InlineData("5 working days", 5, OffsetUnit.WorkingDays, "5 working days")]
    public void A_pack_writes_a_length_of_time_in_words(string text, int count, OffsetUnit unit, string read)
    {
        Assert.Equal(new Offset(count, unit), Offset.Parse(text));
        Assert.Equal(read, Offset.Parse(text).ToString());
        Assert.Equal(new Offset(count, unit), JsonSerializer.Deserialize<Offset>(JsonSerializer.Serialize(new Offset(count, unit))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("days")]
    [InlineData("30")]
    [InlineData("30 weeks")]
    [InlineData("-30 days")]
    [InlineData("3.5 months")]
    [InlineData(" days")]
    public void What_is_no_length_of_time_is_refused_with_a_hint(string text)
    {
        Assert.Contains("30 days", Assert.Throws<FormatException>(() => Offset.Parse(text)).Message);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Offset>(JsonSerializer.Serialize(text)));
    }
}
