using System.Collections;

namespace CasePlanning.Domain.Cases;

/// <summary>A case's facts in their order. Where each kind lies is found once, so that asking for one kind doesn't look at the others.</summary>
internal sealed class FactList : IReadOnlyList<Fact>
{
    private readonly Fact[] _facts;

    /// <summary>The facts with those of a kind side by side; the same array where they are so already.</summary>
    private readonly Fact[] _byKind;
    private readonly (Type Kind, int From, int To)[] _runs;

    private FactList(Fact[] facts)
    {
        _facts = facts;
        _byKind = facts;
        _runs = RunsOf(facts);
        if (HasKindTwice(_runs))
        {
            _byKind = [.. facts.GroupBy(fact => fact.GetType()).SelectMany(kind => kind)];
            _runs = RunsOf(_byKind);
        }
    }

    public int Count => _facts.Length;

    public Fact this[int index] => _facts[index];

    public static FactList Of(IReadOnlyList<Fact> facts) => facts as FactList ?? new FactList(facts as Fact[] ?? [.. facts]);

    /// <summary>The facts of a kind that hold.</summary>
    public FactsOf<T> OfKind<T>()
        where T : Fact
    {
        foreach (var (kind, from, to) in _runs)
        {
            if (kind == typeof(T))
            {
                return new FactsOf<T>(_byKind, from, to);
            }
        }

        return default;
    }

    public IEnumerator<Fact> GetEnumerator() => ((IEnumerable<Fact>)_facts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _facts.GetEnumerator();

    private static (Type Kind, int From, int To)[] RunsOf(Fact[] facts)
    {
        var count = 0;
        for (var index = 0; index < facts.Length; index++)
        {
            count += index == 0 || facts[index].GetType() != facts[index - 1].GetType() ? 1 : 0;
        }

        var runs = new (Type Kind, int From, int To)[count];
        for (int index = 0, run = 0, from = 0; index < facts.Length; index++)
        {
            if (index == facts.Length - 1 || facts[index + 1].GetType() != facts[index].GetType())
            {
                runs[run++] = (facts[index].GetType(), from, index + 1);
                from = index + 1;
            }
        }

        return runs;
    }

    private static bool HasKindTwice((Type Kind, int From, int To)[] runs)
    {
        for (var index = 1; index < runs.Length; index++)
        {
            for (var before = 0; before < index; before++)
            {
                if (runs[before].Kind == runs[index].Kind)
                {
                    return true;
                }
            }
        }

        return false;
    }
}

/// <summary>The facts of one kind that hold, by date and then source id.</summary>
public readonly struct FactsOf<T> : IEnumerable<T>
    where T : Fact
{
    private readonly Fact[]? _facts;
    private readonly int _from;
    private readonly int _to;

    internal FactsOf(Fact[] facts, int from, int to) => (_facts, _from, _to) = (facts, from, to);

    public Enumerator GetEnumerator() => new(_facts, _from, _to);

    /// <summary>The first of them, or null.</summary>
    public T? FirstOrDefault()
    {
        foreach (var fact in this)
        {
            return fact;
        }

        return null;
    }

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public struct Enumerator : IEnumerator<T>
    {
        private readonly Fact[]? _facts;
        private readonly int _to;
        private int _at;

        internal Enumerator(Fact[]? facts, int from, int to) => (_facts, _at, _to) = (facts, from - 1, to);

        public readonly T Current => (T)_facts![_at];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            while (++_at < _to)
            {
                if (_facts![_at].Withdrawn is null)
                {
                    return true;
                }
            }

            return false;
        }

        public readonly void Reset() => throw new NotSupportedException();

        public readonly void Dispose()
        {
        }
    }
}
