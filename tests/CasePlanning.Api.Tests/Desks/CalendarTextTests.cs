using System.Text;
using CasePlanning.Application.Calendars;

namespace CasePlanning.Api.Tests.Desks;

/// <summary>iCalendar as RFC 5545 writes it.</summary>
public sealed class CalendarTextTests
{
    [Fact]
    public void A_calendar_is_written_line_by_line()
    {
        var text = CalendarText.Of("Case plan deadlines", "PT1H",
        [
            new CalendarEvent("ab12@plans.test", new(2026, 3, 4), "Case 7: Review", "Due; soon, or \\ not\r\nat all.", "http://plans.test/plans/x.home", new(2026, 3, 2, 10, 5, 6, TimeSpan.FromHours(-6)), 12),
        ]);

        Assert.Equal(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Case planning//Deadlines//EN\r\nCALSCALE:GREGORIAN\r\nX-WR-CALNAME:Case plan deadlines\r\n"
            + "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n"
            + "BEGIN:VEVENT\r\nUID:ab12@plans.test\r\nDTSTAMP:20260302T160506Z\r\nLAST-MODIFIED:20260302T160506Z\r\nSEQUENCE:12\r\nDTSTART;VALUE=DATE:20260304\r\n"
            + "SUMMARY:Case 7: Review\r\nDESCRIPTION:Due\\; soon\\, or \\\\ not\\nat all.\r\nURL:http://plans.test/plans/x.home\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
            + "END:VCALENDAR\r\n",
            text);
    }

    [Theory]
    [InlineData(75, new[] { 75 })]
    [InlineData(76, new[] { 75, 2 })]
    [InlineData(149, new[] { 75, 75 })]
    [InlineData(150, new[] { 75, 75, 2 })]
    public void A_line_is_folded_at_75_octets(int letters, int[] expected) =>
        Assert.Equal(expected, Folded(new string('x', letters)).Select(Encoding.UTF8.GetByteCount));

    [Theory]
    [InlineData('é', 2)]
    [InlineData('€', 3)]
    public void No_character_is_torn_apart(char letter, int octets)
    {
        for (var before = 70; before < 76; before++)
        {
            var line = new string('x', before) + new string(letter, 60);

            var folded = Folded(line);

            Assert.All(folded, part => Assert.InRange(Encoding.UTF8.GetByteCount(part), 1, 75));
            Assert.All(folded.Skip(1), part => Assert.StartsWith(" ", part));
            Assert.Equal(line, folded[0] + string.Concat(folded.Skip(1).Select(part => part[1..])));
            Assert.All(folded.SkipLast(1), part => Assert.True(Encoding.UTF8.GetByteCount(part) > 75 - octets));
        }
    }

    [Fact]
    public void A_pair_of_surrogates_stays_together() =>
        Assert.Equal([new string('x', 73), " 😀"], Folded(new string('x', 73) + "😀"));

    [Theory]
    [InlineData("a,b;c\\d", "a\\,b\\;c\\\\d")]
    [InlineData("a\r\nb\nc\rd", "a\\nb\\nc\\nd")]
    [InlineData("a\u0000b\u001bc\u007fd\u0085e\tf", "abcd\\ne\tf")]
    [InlineData("\"quoted\": yes", "\"quoted\": yes")]
    public void A_text_is_escaped(string text, string expected) => Assert.Equal(expected, CalendarText.Escaped(text));

    private static string[] Folded(string line)
    {
        var text = new StringBuilder();
        CalendarText.Line(text, line);
        Assert.EndsWith("\r\n", text.ToString());
        return text.ToString()[..^2].Split("\r\n");
    }
}
