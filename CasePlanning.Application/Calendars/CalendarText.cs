using System.Globalization;
using System.Text;

namespace CasePlanning.Application.Calendars;

/// <summary>One all-day event. Its texts carry no name of a child or family.</summary>
/// <param name="Uid">The same for as long as the event is the same, wherever it moves.</param>
/// <param name="Changed">When it may last have changed, UTC.</param>
/// <param name="Sequence">Grows whenever it may have changed.</param>
public sealed record CalendarEvent(string Uid, DateOnly On, string Summary, string Description, string Url, DateTimeOffset Changed, int Sequence);

/// <summary>Writes iCalendar (RFC 5545): CRLF, lines folded at 75 octets, texts escaped.</summary>
public static class CalendarText
{
    private const int LongestLine = 75;

    /// <param name="name">What calendar programs show it as.</param>
    /// <param name="refresh">How often they are to look again, as an ISO 8601 duration.</param>
    public static string Of(string name, string refresh, IEnumerable<CalendarEvent> events)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//Case planning//Deadlines//EN");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, $"X-WR-CALNAME:{Escaped(name)}");
        Line(text, $"REFRESH-INTERVAL;VALUE=DURATION:{refresh}");
        Line(text, $"X-PUBLISHED-TTL:{refresh}");
        foreach (var each in events)
        {
            Line(text, "BEGIN:VEVENT");
            Line(text, $"UID:{Escaped(each.Uid)}");
            Line(text, $"DTSTAMP:{Instant(each.Changed)}");
            Line(text, $"LAST-MODIFIED:{Instant(each.Changed)}");
            Line(text, string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{each.Sequence}"));
            Line(text, string.Create(CultureInfo.InvariantCulture, $"DTSTART;VALUE=DATE:{each.On:yyyyMMdd}"));
            Line(text, $"SUMMARY:{Escaped(each.Summary)}");
            Line(text, $"DESCRIPTION:{Escaped(each.Description)}");
            Line(text, $"URL:{each.Url}");
            Line(text, "TRANSP:TRANSPARENT");
            Line(text, "END:VEVENT");
        }

        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    /// <summary>A text as a property value: line breaks become <c>\n</c>, and control characters, which no value may hold, are left out.</summary>
    public static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings("\n"))
        {
            _ = letter switch
            {
                '\\' or ';' or ',' => escaped.Append('\\').Append(letter),
                '\n' => escaped.Append("\\n"),
                '\t' => escaped.Append(letter),
                _ when char.IsControl(letter) => escaped,
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }

    /// <summary>A content line, folded so that no line is longer than 75 octets and no character is torn apart.</summary>
    public static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune);
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
