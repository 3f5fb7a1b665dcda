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
    private FactName _anchor;

    /// <summary>Begins the names of a rule's occurrences for a subject.</summary>
    public void Begin(string rule, in SubjectName subject)
    {
        _anchor = default;
        _subjectEnds = rule.Length + subject.Length + 2;
        MakeRoom(_subjectEnds);
        rule.CopyTo(_text);
        _text[rule.Length] = '~';
        subject.CopyTo(_text.AsSpan(rule.Length + 1));
        _text[_subjectEnds - 1] = '~';
    }

    /// <summary>The name as <see cref="Deadline.NameOf"/> gives it; it holds until the next one is asked for.</summary>
    public ReadOnlySpan<char> Of(in DatedFact anchor, int cycle)
    {
        if (anchor.Name != _anchor)
        {
            _anchor = anchor.Name;
            _anchorEnds = _subjectEnds + _anchor.Length;
            MakeRoom(_anchorEnds + 1 + LongestNumber);
            _anchor.CopyTo(_text.AsSpan(_subjectEnds));
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
