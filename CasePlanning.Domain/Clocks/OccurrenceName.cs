using System.Globalization;

namespace CasePlanning.Domain.Clocks;

/// <summary>Writes names of occurrences into one place, one after the other, so that those nobody keeps cost no memory.</summary>
internal sealed class OccurrenceName
{
    private const int LongestNumber = 10;

    private char[] _text = new char[160];

    /// <summary>The name, until the next one is written: as <see cref="Deadline.NameOf"/> gives it.</summary>
    public ReadOnlySpan<char> Of(Rule rule, ClockTarget time, in Cycle cycle)
    {
        var fact = cycle.Anchor.Name;
        var most = rule.Id.Length + time.Subject.Length + fact.Length + LongestNumber + 3;
        if (_text.Length < most)
        {
            _text = new char[most];
        }

        var at = Write(rule.Id, 0);
        at = Write(time.Subject, at);
        fact.CopyTo(_text.AsSpan(at));
        at += fact.Length;
        _text[at++] = '~';
        cycle.Number.TryFormat(_text.AsSpan(at), out var digits, default, CultureInfo.InvariantCulture);
        return _text.AsSpan(0, at + digits);
    }

    private int Write(string part, int at)
    {
        part.CopyTo(_text.AsSpan(at));
        _text[at + part.Length] = '~';
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
