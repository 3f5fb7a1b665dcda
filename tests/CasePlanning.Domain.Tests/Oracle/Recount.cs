using System.Globalization;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>Does the sum an explanation gives, with nothing but its data, the agency's days and the law's holidays.</summary>
public static class Recount
{
    public static (DateOnly Counted, DateOnly Rolled) Of(Explanation given, Law law, Days days)
    {
        var counted = given.CutShortBy?.On ?? Counted(given, days);
        var from = given.Recurs == Recurrence.MonthsInCare ? counted : given.Pause?.Return ?? counted;
        return (counted, given.Roll == Roll.None ? from : days.Rolled(law, from));
    }

    private static DateOnly Counted(Explanation given, Days days) => given.Recurs switch
    {
        Recurrence.Monthly => EndOf(given, 1),
        Recurrence.Quarterly => EndOf(given, 3),
        Recurrence.MonthsInCare => FifteenMonths(given),
        Recurrence.GridFromLastAct => given.DueAtOnceOn ?? Earlier(Long(given).After(given.LastAct?.On ?? given.AnchorOn, days),
            Long(given).After(given.AnchorOn, days, Times(given))),
        _ => Long(given).After(given.AnchorOn, days, Times(given)),
    };

    private static string[] Words(Explanation given) => given.Count.Split(' ');

    /// <summary>"90 calendar days", or "2 times 6 calendar months".</summary>
    private static Length Long(Explanation given) => new(Number(Words(given)[^3]), string.Join(' ', Words(given)[^2..]));

    private static int Times(Explanation given) => Words(given) is [var times, "times", ..] ? Number(times) : 1;

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    /// <summary>"calendar month 3": the first is the one the anchor lies in.</summary>
    private static DateOnly EndOf(Explanation given, int months)
    {
        var first = new DateOnly(given.AnchorOn.Year, given.AnchorOn.Month - ((given.AnchorOn.Month - 1) % months), 1);
        return first.AddMonths(months * Number(Words(given)[^1])).AddDays(-1);
    }

    /// <summary>The stays from the anchor on are of this time in care, those before it of earlier ones.</summary>
    private static DateOnly FifteenMonths(Explanation given)
    {
        var first = given.Stays.First(stay => stay.From >= given.AnchorOn);
        var unbroken = Days.MonthsAfter(first.From, 15);
        if (first == given.Stays[0] && !(first.To < unbroken))
        {
            return unbroken;
        }

        var day = first.From;
        while (given.Stays.Sum(stay => Math.Max(0, Earlier(stay.To, day).DayNumber - Later(stay.From, Days.MonthsAfter(day, -22)).DayNumber)) < 450)
        {
            day = day.AddDays(1);
        }

        return day;
    }

    private static DateOnly Earlier(DateOnly? one, DateOnly other) => one < other ? one.Value : other;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
