using System.Globalization;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>What the ledger last said of an occurrence.</summary>
public enum Outcome { None, MetOnTime, MetLate, Missed, Ended, Void }

/// <summary>How far the reminders of one occurrence have gone. Steps are taken in order, so a count says which are done.</summary>
/// <param name="Counted">The due date as counted when steps were last taken.</param>
/// <param name="Due">The rolled date then.</param>
/// <param name="Round">One, and one more each time the date moved after steps were taken.</param>
/// <param name="Done">Number of steps raised or superseded in this round.</param>
/// <param name="Early">True when the step that the worker's extra lead time asks for was raised, or passed, in this round.</param>
public sealed record Mark(DateOnly Counted, DateOnly Due, int Round, int Done, Outcome Outcome, bool Early = false);

/// <summary>The marks of a case's occurrences: what was raised already. They stand in rows, as occurrences follow one another, so that a reading looks up a row once.</summary>
public sealed class Marks
{
    private readonly MarkRow[] _rows = [];

    public static Marks None { get; } = new();

    /// <summary>Mostly in the order in which the rules first gave an occurrence that was marked.</summary>
    public IReadOnlyList<MarkRow> Rows { get => _rows; init => _rows = value as MarkRow[] ?? [.. value]; }

    /// <summary>The same by the occurrences' names.</summary>
    public IReadOnlyDictionary<string, Mark> ByOccurrence => field ??= _rows.SelectMany(row => row.ByOccurrence).ToDictionary(StringComparer.Ordinal);

    public Marks With(IEnumerable<KeyValuePair<string, Mark>> changes)
    {
        var rows = new List<MarkRow>(_rows);
        foreach (var (occurrence, mark) in changes)
        {
            var (of, cycle) = Deadline.PartsOf(occurrence);
            var place = rows.FindIndex(row => row.Of == of);
            if (place < 0)
            {
                place = rows.Count;
                rows.Add(new MarkRow { Of = of, Marks = [] });
            }

            rows[place] = rows[place].With(cycle, mark);
        }

        return new Marks { Rows = [.. rows] };
    }

    /// <summary>Whether there are more marks than so many.</summary>
    internal bool AreMoreThan(int count)
    {
        foreach (var row in _rows)
        {
            count -= row.Count;
        }

        return count < 0;
    }

    /// <summary>The row of a rule for a subject that a fact anchors; null where nothing of it is marked.</summary>
    /// <param name="place">Where it is looked for first; afterwards the place behind it.</param>
    internal MarkRow? Find(string rule, string subject, in FactName anchor, ref int place)
    {
        for (var tried = 0; tried < _rows.Length; tried++)
        {
            place = place < _rows.Length ? place : 0;
            var row = _rows[place++];
            if (row.IsOf(rule, subject, anchor))
            {
                return row;
            }
        }

        return null;
    }
}

/// <summary>The marks of a rule's occurrences for a subject that one fact anchors, by cycle.</summary>
public sealed class MarkRow
{
    private readonly Mark?[] _marks = [];

    /// <summary>Rule, subject and the fact that anchors them, joined by <c>~</c>.</summary>
    public required string Of { get; init; }

    /// <summary>From the first cycle on; null for one that isn't marked.</summary>
    public required IReadOnlyList<Mark?> Marks
    {
        get => _marks;
        init => (_marks, Count) = (value as Mark?[] ?? [.. value], value.Count(mark => mark is not null));
    }

    internal int Count { get; private init; }

    internal IEnumerable<KeyValuePair<string, Mark>> ByOccurrence =>
        from each in _marks.Index()
        where each.Item is not null
        select KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"{Of}~{each.Index + 1}"), each.Item);

    /// <summary>The mark of a cycle, counted from one, or null.</summary>
    internal Mark? At(int cycle) => cycle <= _marks.Length ? _marks[cycle - 1] : null;

    internal MarkRow With(int cycle, Mark mark)
    {
        var next = new Mark?[Math.Max(cycle, _marks.Length)];
        _marks.CopyTo(next, 0);
        next[cycle - 1] = mark;
        return new MarkRow { Of = Of, Marks = next };
    }

    internal bool IsOf(string rule, string subject, in FactName anchor)
    {
        var row = Of.AsSpan();
        var subjectEnds = rule.Length + 1 + subject.Length;
        return row.Length == subjectEnds + 1 + anchor.Length
            && row[rule.Length] == '~' && row[subjectEnds] == '~'
            && row.StartsWith(rule) && row[(rule.Length + 1)..].StartsWith(subject) && anchor.Is(row[(subjectEnds + 1)..]);
    }
}
