using System.Collections.Concurrent;

namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>An agency's days and mornings, found by walking through them.</summary>
public sealed class Days(Office office)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(office.Zone);
    private readonly HashSet<DateOnly> _holidays = [.. office.Holidays];
    private readonly ConcurrentDictionary<DateOnly, DateTimeOffset> _mornings = new();
    private readonly ConcurrentDictionary<DateOnly, bool> _working = new();
    private readonly ConcurrentDictionary<(DateOnly, string, string), DateOnly> _rolled = new();

    public Office Office { get; } = office;

    /// <summary>A day of the agency's week that is neither its own day off nor a legal holiday of a pack in force.</summary>
    public bool IsWorking(DateOnly date) => _working.GetOrAdd(date, day => Office.WorkingDays.Contains(day.DayOfWeek)
        && !_holidays.Contains(day) && !Office.EditionOn(day).Packs.Any(pack => LegalHolidays.Contains(pack, day)));

    /// <summary>The date a law moves a date to: past the legal holidays of its own jurisdiction and, as it says, Sundays or weekends.</summary>
    public DateOnly Rolled(Law law, DateOnly date) => law.Rolls.Length == 0 ? date : _rolled.GetOrAdd((date, law.Pack, law.Rolls), _ =>
        date.DayOfWeek == DayOfWeek.Sunday || (law.Rolls == "weekends" && date.DayOfWeek == DayOfWeek.Saturday)
            || LegalHolidays.Contains(law.Pack, date) ? Rolled(law, date.AddDays(1)) : date);

    public DateOnly DateAt(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, _zone).DateTime);

    /// <summary>The first instant at which clocks at the agency show its hour; where they skip it, an hour later.</summary>
    public DateTimeOffset MorningOf(DateOnly date) => _mornings.GetOrAdd(date, Find);

    public DateOnly WorkingDayAtOrBefore(DateOnly date) => IsWorking(date) ? date : WorkingDayAtOrBefore(date.AddDays(-1));

    public DateOnly WorkingDayAtOrAfter(DateOnly date) => IsWorking(date) ? date : WorkingDayAtOrAfter(date.AddDays(1));

    public DateOnly WorkingDaysAfter(DateOnly date, int count)
    {
        while (count > 0)
        {
            date = date.AddDays(1);
            count -= IsWorking(date) ? 1 : 0;
        }

        return date;
    }

    /// <summary>The same day of the month so many months on, or back, or the month's last day.</summary>
    public static DateOnly MonthsAfter(DateOnly date, int count)
    {
        var (year, month) = (date.Year, date.Month);
        for (var step = 0; step < Math.Abs(count); step++)
        {
            (year, month) = count > 0 ? (month == 12 ? (year + 1, 1) : (year, month + 1)) : (month == 1 ? (year - 1, 12) : (year, month - 1));
        }

        var found = new DateOnly(year, month, 1);
        while (found.Day < date.Day && found.AddDays(1).Month == month)
        {
            found = found.AddDays(1);
        }

        return found;
    }

    private DateTimeOffset Find(DateOnly date)
    {
        var shown = date.ToDateTime(Office.Morning);
        return At(shown) ?? At(shown.AddHours(1)) ?? throw new InvalidOperationException($"{date} has no morning in {Office.Zone}.");
    }

    private DateTimeOffset? At(DateTime shown)
    {
        // No clock on earth is more than 14 hours ahead of UTC, or more than 12 behind.
        var from = new DateTimeOffset(shown, TimeSpan.Zero).AddHours(-14);
        for (var quarter = 0; quarter <= 26 * 4; quarter++)
        {
            var instant = from.AddMinutes(15 * quarter);
            if (TimeZoneInfo.ConvertTime(instant, _zone).DateTime == shown)
            {
                return instant;
            }
        }

        return null;
    }
}
