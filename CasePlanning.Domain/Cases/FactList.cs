using System.Collections;

namespace CasePlanning.Domain.Cases;

/// <summary>A case's facts in their order. Where each kind lies is found once, so that asking for one kind doesn't look at the others.</summary>
internal sealed class FactList : IReadOnlyList<Fact>
{
    /// <summary>No fewer than there are kinds of facts.</summary>
    private const int Kinds = 16;

    private readonly Fact[] _facts;

    /// <summary>The facts with those of a kind side by side; the same array where they are so already.</summary>
    private readonly Fact[] _byKind;

    /// <summary>Where each kind begins in it.</summary>
    private readonly int[] _begins;

    private FactList(Fact[] facts)
    {
        _facts = facts;
        _byKind = facts;
        _begins = BeginsOf(facts) ?? BeginsOf(_byKind = [.. facts.GroupBy(fact => fact.GetType()).SelectMany(kind => kind)])!;
    }

    public int Count => _facts.Length;

    public Fact this[int index] => _facts[index];

    public static FactList Of(IReadOnlyList<Fact> facts) => facts as FactList ?? new FactList(facts as Fact[] ?? [.. facts]);

    /// <summary>The facts of a kind that hold.</summary>
    public FactsOf<T> OfKind<T>()
        where T : Fact
    {
        var (facts, begins) = (_byKind, _begins);
        for (var kind = 0; kind < begins.Length; kind++)
        {
            if (facts[begins[kind]].GetType() == typeof(T))
            {
                return new FactsOf<T>(facts, begins[kind], kind + 1 < begins.Length ? begins[kind + 1] : facts.Length);
            }
        }

        return default;
    }

    public IEnumerator<Fact> GetEnumerator() => ((IEnumerable<Fact>)_facts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _facts.GetEnumerator();

    /// <summary>Where each kind begins, or null where one of them lies apart.</summary>
    private static int[]? BeginsOf(Fact[] facts)
    {
        Span<int> begins = stackalloc int[Kinds];
        var kinds = 0;
        for (var index = 0; index < facts.Length; index++)
        {
            if (index > 0 && facts[index].GetType() == facts[index - 1].GetType())
            {
                continue;
            }

            for (var kind = 0; kind < kinds; kind++)
            {
                if (facts[begins[kind]].GetType() == facts[index].GetType())
                {
                    return null;
                }
            }

            begins[kinds++] = index;
        }

        return begins[..kinds].ToArray();
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

    /// <summary>True where there is none, not even one that was withdrawn.</summary>
    internal bool IsEmpty => _from == _to;

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
