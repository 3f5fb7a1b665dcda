namespace CasePlanning.Domain.Clocks;

/// <summary>How a due date that falls on a day without business moves.</summary>
public enum Roll
{
    /// <summary>It stays where it is counted.</summary>
    None,

    /// <summary>Saturday, Sunday and legal holidays roll forward.</summary>
    Weekends,

    /// <summary>Sunday and legal holidays roll forward; Saturday only for a filing.</summary>
    Sundays,
}

/// <summary>An agency's time zone, working days and mornings.</summary>
public sealed class Calendar(TimeZoneInfo zone, TimeOnly morning, IReadOnlySet<DayOfWeek> workingDays, HolidaySet daysOff)
{
    private readonly bool[] _works = [.. Enum.GetValues<DayOfWeek>().Select(workingDays.Contains)];

    /// <summary>Mornings by year and day of the year, worked out when a year is first asked for: converting an instant costs more than most rules.</summary>
    private DateTimeOffset[]?[] Mornings { get; init; } = new DateTimeOffset[]?[HolidayRule.LastYear - HolidayRule.FirstYear + 1];

    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>Days on which nobody works: legal holidays and the agency's own.</summary>
    public HolidaySet DaysOff => daysOff;

    /// <summary>The same with other days off.</summary>
    public Calendar With(HolidaySet others) => new(Zone, morning, workingDays, others) { Mornings = Mornings };

    public bool IsWorkingDay(DateOnly date) => _works[(int)date.DayOfWeek] && !daysOff.Contains(date);

    /// <summary>The date itself, or the first working day after it.</summary>
    public DateOnly Forward(DateOnly date)
    {
        while (!IsWorkingDay(date))
        {
            date = date.AddDays(1);
        }

        return date;
    }

    /// <summary>The date itself, or the last working day before it.</summary>
    public DateOnly Back(DateOnly date)
    {
        while (!IsWorkingDay(date))
        {
            date = date.AddDays(-1);
        }

        return date;
    }

    /// <summary>The working day this many working days after the date; the date itself isn't counted.</summary>
    public DateOnly AddWorkingDays(DateOnly date, int count)
    {
        for (var left = count; left > 0; left--)
        {
            date = Forward(date.AddDays(1));
        }

        return date;
    }

    /// <summary>The date as rolled: moved forward over the days its convention doesn't count as business.</summary>
    public static DateOnly Rolled(DateOnly counted, Roll roll, HolidaySet holidays)
    {
        while (Rolls(counted, roll, holidays))
        {
            counted = counted.AddDays(1);
        }

        return counted;
    }

    /// <summary>The agency's date at an instant.</summary>
    public DateOnly DateAt(DateTimeOffset instant)
    {
        var day = DateOnly.FromDateTime(instant.UtcDateTime).AddDays(-1);
        var (before, after) = (MorningOf(day), MorningOf(day.AddDays(2)));
        // While clocks aren't put forward or back, as much time has passed by the clock as in truth.
        return instant >= before && instant < after && after - before == TimeSpan.FromDays(2)
            ? DateOnly.FromDateTime(day.ToDateTime(morning) + (instant - before))
            : DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
    }

    /// <summary>The agency's hour for what goes out on a working day.</summary>
    public TimeOnly Morning => morning;

    /// <summary>The instant, in UTC, of the agency's morning on a date.</summary>
    public DateTimeOffset MorningOf(DateOnly date) => date.Year is < HolidayRule.FirstYear or > HolidayRule.LastYear
        ? At(date, morning)
        : (Volatile.Read(ref Mornings[date.Year - HolidayRule.FirstYear]) ?? MorningsOf(date.Year))[date.DayOfYear - 1];

    /// <summary>The instant, in UTC, of a local time. One that daylight saving skips is an hour later; one that comes twice is the first.</summary>
    public DateTimeOffset At(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        if (Zone.IsInvalidTime(local))
        {
            local = local.AddHours(1);
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The first working morning at or after an instant, in UTC.</summary>
    public DateTimeOffset NextMorning(DateTimeOffset instant) => Next(instant, morning);

    /// <summary>The first instant, in UTC, at or after another at which it is this time on a working day.</summary>
    public DateTimeOffset Next(DateTimeOffset instant, TimeOnly time)
    {
        var date = Forward(DateAt(instant));
        var first = At(date, time);
        return first >= instant ? first : At(Forward(date.AddDays(1)), time);
    }

    /// <summary>The first working day of the week, Monday to Sunday, that contains a date; in a week without one, the next working day after it.</summary>
    public DateOnly FirstOfWeek(DateOnly date) => Forward(date.AddDays(-(((int)date.DayOfWeek + 6) % 7)));

    /// <summary>The same instant with the agency's offset, as people read it.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    private DateTimeOffset[] MorningsOf(int year)
    {
        var mornings = new DateTimeOffset[DateTime.IsLeapYear(year) ? 366 : 365];
        var first = new DateOnly(year, 1, 1);
        for (var day = 0; day < mornings.Length; day++)
        {
            mornings[day] = At(first.AddDays(day), morning);
        }

        Volatile.Write(ref Mornings[year - HolidayRule.FirstYear], mornings);
        return mornings;
    }

    private static bool Rolls(DateOnly date, Roll roll, HolidaySet holidays) => roll switch
    {
        Roll.None => false,
        Roll.Weekends => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || holidays.Contains(date),
        _ => date.DayOfWeek == DayOfWeek.Sunday || holidays.Contains(date),
    };
}

/// <summary>Of two dates, one.</summary>
internal static class Dates
{
    public static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    public static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}

/// <summary>The working days around a date: they say which reminders' mornings have come by its own.</summary>
/// <param name="Last">The date itself, or the last working day before it.</param>
/// <param name="Next">The first working day after the date.</param>
internal readonly record struct WorkingDays(DateOnly Last, DateOnly Next)
{
    public static WorkingDays Around(DateOnly date, Calendar calendar) => new(calendar.Back(date), calendar.Forward(date.AddDays(1)));

    /// <summary>True when the morning of a step, as <see cref="Deadline.MorningOf"/> gives it, has come.</summary>
    public bool Reach(int stepDays, DateOnly counted, DateOnly due) => stepDays <= 0 ? counted.AddDays(stepDays) < Next : due.AddDays(stepDays) <= Last;
}
