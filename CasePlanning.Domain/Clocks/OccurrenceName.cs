using System.Globalization;

namespace CasePlanning.Domain.Clocks;

/// <summary>Writes names of occurrences into memory that is used again, because few of them are kept.</summary>
internal static class OccurrenceName
{
    /// <summary>Characters that hold all but names of uncommon length.</summary>
    public const int Usual = 128;

    private const int LongestNumber = 10;

    /// <summary>The name as <see cref="Deadline.NameOf"/> gives it.</summary>
    public static ReadOnlySpan<char> Write(Rule rule, ClockTarget time, in Cycle cycle, Span<char> text)
    {
        var fact = cycle.Anchor.Name;
        var most = rule.Id.Length + time.Subject.Length + fact.Length + LongestNumber + 3;
        text = most <= text.Length ? text : new char[most];
        var at = Write(rule.Id, text, 0);
        at = Write(time.Subject, text, at);
        fact.CopyTo(text[at..]);
        at += fact.Length;
        text[at++] = '~';
        cycle.Number.TryFormat(text[at..], out var digits, default, CultureInfo.InvariantCulture);
        return text[..(at + digits)];
    }

    private static int Write(string part, Span<char> text, int at)
    {
        part.CopyTo(text[at..]);
        text[at + part.Length] = '~';
        return at + part.Length + 1;
    }
}

internal static class Sorting
{
    /// <summary>Sorts by date and keeps the order within a day. What comes here is short, and nearly always sorted.</summary>
    public static void InsertionSort<T>(Span<T> items, Func<T, DateOnly> on)
    {
        for (var index = 1; index < items.Length; index++)
        {
            var (item, place) = (items[index], index);
            for (; place > 0 && on(items[place - 1]) > on(item); place--)
            {
                items[place] = items[place - 1];
            }

            items[place] = item;
        }
    }
}
