namespace CasePlanning.Domain;

/// <summary>The dates people plan in. Anything outside is a slip of the keyboard, and dates counted from it would leave the calendar.</summary>
public static class PlausibleDates
{
    public static readonly DateOnly First = new(1900, 1, 1);

    public static readonly DateOnly Last = new(2199, 12, 31);

    public static bool Contains(DateOnly? date) => date is null || (date >= First && date <= Last);

    /// <summary>A violation for each of the dates that isn't plausible.</summary>
    public static IEnumerable<Violation> Check(string rule, params IEnumerable<(DateOnly? Date, string Field)> dates) =>
        dates.Where(each => !Contains(each.Date)).Select(each =>
            new Violation(rule, FormattableString.Invariant($"The date {each.Date:yyyy-MM-dd} can't be right; a date lies between 1900 and 2199."), each.Field));
}
