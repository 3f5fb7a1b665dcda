namespace CasePlanning.Application.Reading;

/// <summary>A calendar week in the agency's zone, or what is left of the first one. Weeks run from Monday to Sunday.</summary>
public sealed record Week(DateOnly From, DateOnly To);

public static class Weeks
{
    /// <summary>The Sunday that ends the week of a date; a Sunday's own.</summary>
    public static DateOnly SundayOf(DateOnly date) => date.AddDays((7 - (int)date.DayOfWeek) % 7);

    /// <summary>This week from today on, and the weeks after it.</summary>
    public static IReadOnlyList<Week> Ahead(DateOnly today, int count)
    {
        var sunday = SundayOf(today);
        return [.. Enumerable.Range(0, count).Select(week => new Week(week == 0 ? today : sunday.AddDays((7 * week) - 6), sunday.AddDays(7 * week)))];
    }
}
