using System.Globalization;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>Writes names of occurrences into memory that is used again, because few of them are kept. What several begin with is written once.</summary>
internal sealed class OccurrenceName
{
    /// <summary>Characters that hold all but names of uncommon length.</summary>
    private const int Usual = 128;

    private const int LongestNumber = 10;

    private char[] _text = new char[Usual];
    private int _subjectEnds;
    private int _anchorEnds;
    private DatedFact? _anchor;

    /// <summary>Begins the names of a rule's occurrences for a subject.</summary>
    public void Begin(string rule, string subject)
    {
        _anchor = null;
        MakeRoom(rule.Length + subject.Length + 2);
        _subjectEnds = Write(subject, Write(rule, 0));
    }

    /// <summary>The name as <see cref="Deadline.NameOf"/> gives it; it holds until the next one is asked for.</summary>
    public ReadOnlySpan<char> Of(DatedFact anchor, int cycle)
    {
        if (!ReferenceEquals(anchor, _anchor))
        {
            _anchor = anchor;
            _anchorEnds = _subjectEnds + anchor.Name.Length;
            MakeRoom(_anchorEnds + 1 + LongestNumber);
            anchor.Name.CopyTo(_text.AsSpan(_subjectEnds));
            _text[_anchorEnds++] = '~';
        }

        var digits = 1;
        if (cycle < 10)
        {
            _text[_anchorEnds] = (char)('0' + cycle);
        }
        else
        {
            cycle.TryFormat(_text.AsSpan(_anchorEnds), out digits, default, CultureInfo.InvariantCulture);
        }

        return _text.AsSpan(0, _anchorEnds + digits);
    }

    private int Write(string part, int at)
    {
        part.CopyTo(_text.AsSpan(at));
        _text[at + part.Length] = '~';
        return at + part.Length + 1;
    }

    private void MakeRoom(int length)
    {
        if (length > _text.Length)
        {
            Array.Resize(ref _text, 2 * length);
        }
    }
}

/// <summary>Something with a date, for sorting.</summary>
internal interface IDated
{
    DateOnly On { get; }
}

internal static class Sorting
{
    /// <summary>Sorts by date and keeps the order within a day. What comes here is short, and nearly always sorted.</summary>
    public static void InsertionSort<T>(Span<T> items)
        where T : IDated
    {
        for (var index = 1; index < items.Length; index++)
        {
            if (items[index].On >= items[index - 1].On)
            {
                continue;
            }

            var (item, place) = (items[index], index);
            for (; place > 0 && items[place - 1].On > item.On; place--)
            {
                items[place] = items[place - 1];
            }

            items[place] = item;
        }
    }
}
