using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CasePlanning.Domain.Clocks;

/// <summary>On which day a holiday that falls on a weekend is kept.</summary>
public enum Observed
{
    /// <summary>On its own day only.</summary>
    OnItsDay,

    /// <summary>On the Monday after a Sunday.</summary>
    MondayAfter,

    /// <summary>On the Friday before a Saturday and the Monday after a Sunday.</summary>
    NearestWeekday,
}

/// <summary>
/// A holiday as a rule that gives its date in any year: <c>07-04</c>, <c>3rd monday of january</c>, <c>last monday of may</c>, or
/// <c>day after 4th thursday of november</c>.
/// </summary>
public sealed partial record HolidayRule
{
    /// <summary>The years people plan in; holidays are worked out for them.</summary>
    internal const int FirstYear = 1970;

    /// <inheritdoc cref="FirstYear"/>
    internal const int LastYear = 2100;

    private const string OfAMonth = "(?<nth>[1-4](st|nd|rd|th)|last) (?<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday) of "
        + "(?<month>january|february|march|april|may|june|july|august|september|october|november|december)";

    private const string OfAYear = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])";

    private const string Written = "^((?<after>day after )?" + OfAMonth + "|" + OfAYear + ")$";

    /// <summary>What people call it.</summary>
    [RegularExpression(PackText.Short, ErrorMessage = PackText.ShortSays)]
    public required string Name { get; init; }

    /// <summary>Its day: <c>07-04</c>, <c>3rd monday of january</c>, <c>last monday of may</c> or <c>day after 4th thursday of november</c>.</summary>
    [RegularExpression(Written, ErrorMessage = "a day such as \"07-04\", \"3rd monday of january\", \"last monday of may\" or \"day after 4th thursday of november\"")]
    public required string On { get; init; }

    /// <summary>On which day it is kept when it falls on a weekend.</summary>
    public Observed Observed { get; init; }

    /// <summary>First year it is kept, or null for always.</summary>
    [Range(FirstYear, LastYear)]
    public int? From { get; init; }

    /// <summary>Last year it is kept, or null.</summary>
    [Range(FirstYear, LastYear)]
    public int? To { get; init; }

    /// <summary>True for a day of even years only, as elections are.</summary>
    public bool EvenYears { get; init; }

    /// <summary>The law it comes from, where that isn't the pack's own.</summary>
    public string? Source { get; init; }

    /// <summary>The days it takes off in a year: its own, and the one it is observed on where that differs. Throws <see cref="FormatException"/> for a rule that can't be read.</summary>
    public IEnumerable<DateOnly> DaysIn(int year)
    {
        if (year < (From ?? year) || year > (To ?? year) || (EvenYears && year % 2 != 0))
        {
            yield break;
        }

        var day = DateIn(year);
        yield return day;
        if (day.DayOfWeek == DayOfWeek.Sunday && Observed != Observed.OnItsDay)
        {
            yield return day.AddDays(1);
        }

        if (day.DayOfWeek == DayOfWeek.Saturday && Observed == Observed.NearestWeekday)
        {
            yield return day.AddDays(-1);
        }
    }

    private DateOnly DateIn(int year)
    {
        if (DateOnly.TryParseExact(string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{On}"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        var match = Nth().Match(On);
        if (!match.Success)
        {
            throw new FormatException($"'{On}' names no day; write for example \"07-04\", \"3rd monday of january\", \"last monday of may\" or \"day after 4th thursday of november\".");
        }

        var weekday = Enum.Parse<DayOfWeek>(match.Groups["weekday"].Value, ignoreCase: true);
        var month = DateTime.ParseExact(match.Groups["month"].Value, "MMMM", CultureInfo.InvariantCulture).Month;
        var day = match.Groups["nth"].Value == "last" ? LastOf(year, month, weekday) : NthOf(year, month, weekday, match.Groups["nth"].Value[0] - '0');
        return match.Groups["after"].Success ? day.AddDays(1) : day;
    }

    private static DateOnly NthOf(int year, int month, DayOfWeek weekday, int nth)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays((((int)weekday - (int)first.DayOfWeek + 7) % 7) + (7 * (nth - 1)));
    }

    private static DateOnly LastOf(int year, int month, DayOfWeek weekday)
    {
        var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-(((int)last.DayOfWeek - (int)weekday + 7) % 7));
    }

    [GeneratedRegex(Written, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nth();
}

/// <summary>A set of holidays, worked out once for the years people plan in.</summary>
public sealed class HolidaySet
{
    private const int FirstYear = HolidayRule.FirstYear;
    private const int LastYear = HolidayRule.LastYear;
    private static readonly int Origin = new DateOnly(FirstYear, 1, 1).DayNumber;

    private readonly System.Collections.BitArray _days = new(new DateOnly(LastYear, 12, 31).DayNumber - Origin + 1);

    public HolidaySet(IEnumerable<HolidayRule> rules, IEnumerable<DateOnly>? ownDays = null)
    {
        Add(DaysOf(rules));
        Add(ownDays ?? []);
    }

    /// <param name="editions">Rules with the first day they are in force, in order; each holds until the next one does.</param>
    /// <param name="ownDays">Days off whatever the edition.</param>
    public static HolidaySet Of(IReadOnlyList<(DateOnly From, IEnumerable<HolidayRule> Rules)> editions, IEnumerable<DateOnly> ownDays)
    {
        var days = new HolidaySet([], ownDays);
        for (var index = 0; index < editions.Count; index++)
        {
            var (from, rules) = editions[index];
            var before = index + 1 < editions.Count ? editions[index + 1].From : DateOnly.MaxValue;
            days.Add(DaysOf(rules).Where(day => day >= from && day < before));
        }

        return days;
    }

    public static HolidaySet None { get; } = new([]);

    /// <summary>Other days before a date, and these from it on.</summary>
    public HolidaySet After(IEnumerable<DateOnly> others, DateOnly from)
    {
        var days = new HolidaySet([], others.Where(day => day < from));
        var before = Math.Clamp(from.DayNumber - Origin, 0, _days.Length);
        days._days.Or(new System.Collections.BitArray(_days).RightShift(before).LeftShift(before));
        return days;
    }

    /// <summary>The days of it in a time, its last day included.</summary>
    public IEnumerable<DateOnly> Between(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (Contains(day))
            {
                yield return day;
            }
        }
    }

    public bool Contains(DateOnly date) => (uint)(date.DayNumber - Origin) is var index && index < (uint)_days.Length && _days[(int)index];

    private static IEnumerable<DateOnly> DaysOf(IEnumerable<HolidayRule> rules) =>
        rules.SelectMany(rule => Enumerable.Range(FirstYear, LastYear - FirstYear + 1).SelectMany(rule.DaysIn));

    private void Add(IEnumerable<DateOnly> days)
    {
        foreach (var day in days)
        {
            if ((uint)(day.DayNumber - Origin) is var index && index < (uint)_days.Length)
            {
                _days[(int)index] = true;
            }
        }
    }
}
