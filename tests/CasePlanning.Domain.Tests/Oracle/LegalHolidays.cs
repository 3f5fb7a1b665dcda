namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>The legal holidays of each jurisdiction, as its statute lists them; asked of one day at a time.</summary>
public static class LegalHolidays
{
    private delegate bool Feast(DateOnly day, bool alsoFriday);

    private static readonly Feast[] Everywhere =
    [
        On(1, 1), Nth(3, DayOfWeek.Monday, 2), On(7, 4), Nth(1, DayOfWeek.Monday, 9), On(11, 11), Nth(4, DayOfWeek.Thursday, 11), On(12, 25),
        (day, _) => day is { Month: 5, DayOfWeek: DayOfWeek.Monday } && day.AddDays(7).Month == 6,
    ];

    private static readonly Feast King = Nth(3, DayOfWeek.Monday, 1);
    private static readonly Feast Columbus = Nth(2, DayOfWeek.Monday, 10);

    private static readonly Dictionary<string, (bool AlsoFriday, Feast[] Own)> Lists = new()
    {
        ["federal"] = (true, [King, Columbus, On(6, 19, from: 2021)]),
        ["minnesota"] = (true, [King, Columbus, On(6, 19, from: 2023)]),
        ["california"] = (true,
        [
            King, Until(2021, Columbus), On(6, 19, from: 2023), On(2, 12), On(3, 31, from: 2002), From(2022, Nth(4, DayOfWeek.Friday, 9)),
            (day, _) => day.DayOfWeek == DayOfWeek.Friday && day.AddDays(-1) is { Month: 11, Day: >= 22 and <= 28 },
        ]),
        ["michigan"] = (false, [King, Columbus, On(6, 19, from: 2024), On(2, 12)]),
        ["wisconsin"] = (false,
        [
            On(1, 15, to: 2016), From(2017, King), Columbus, On(6, 19, from: 2010), Even(Until(2010, Nth(2, DayOfWeek.Tuesday, 9))),
            Even(From(2012, Nth(2, DayOfWeek.Tuesday, 8))),
            Even((day, _) => day is { Month: 11, DayOfWeek: DayOfWeek.Tuesday, Day: >= 2 and <= 8 }),
        ]),
    };

    public static bool Contains(string pack, DateOnly day) =>
        Lists.TryGetValue(pack, out var list) && Everywhere.Concat(list.Own).Any(feast => feast(day, list.AlsoFriday));

    /// <summary>A date of the year; kept on the Monday when it is a Sunday, and in some places on the Friday when it is a Saturday.</summary>
    private static Feast On(int month, int date, int from = 0, int to = 9999)
    {
        return (day, alsoFriday) => Is(day) || (day.DayOfWeek == DayOfWeek.Monday && Is(day.AddDays(-1)))
            || (alsoFriday && day.DayOfWeek == DayOfWeek.Friday && Is(day.AddDays(1)));
        bool Is(DateOnly day) => day.Month == month && day.Day == date && day.Year >= from && day.Year <= to;
    }

    private static Feast Nth(int nth, DayOfWeek weekday, int month) =>
        (day, _) => day.Month == month && day.DayOfWeek == weekday && (day.Day + 6) / 7 == nth;

    private static Feast From(int year, Feast feast) => (day, friday) => day.Year >= year && feast(day, friday);

    private static Feast Until(int year, Feast feast) => (day, friday) => day.Year <= year && feast(day, friday);

    private static Feast Even(Feast feast) => (day, friday) => day.Year % 2 == 0 && feast(day, friday);
}
