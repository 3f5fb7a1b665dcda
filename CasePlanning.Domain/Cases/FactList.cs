using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;

namespace CasePlanning.Domain.Cases;

/// <summary>A case's facts in their order. Where each kind lies is found once, so that asking for one kind doesn't look at the others.</summary>
internal sealed class FactList : IReadOnlyList<Fact>
{
    /// <summary>Every kind of fact, in the order in which a file has them; its number is its place.</summary>
    private static readonly Type[] Kinds =
        [.. typeof(Fact).GetCustomAttributes<JsonDerivedTypeAttribute>().OrderBy(kind => (string)kind.TypeDiscriminator!, StringComparer.Ordinal).Select(kind => kind.DerivedType)];

    private readonly Fact[] _facts;

    /// <summary>The facts with those of a kind side by side; the same array where they are so already.</summary>
    private readonly Fact[] _byKind;

    /// <summary>Where each kind lies in it, by its number.</summary>
    private readonly Place[] _places;

    private FactList(Fact[] facts)
    {
        _facts = facts;
        _byKind = facts;
        _places = PlacesIn(facts) ?? PlacesIn(_byKind = [.. facts.GroupBy(fact => fact.GetType()).SelectMany(kind => kind)])!;
    }

    private readonly record struct Place(int From, int To);

    public int Count => _facts.Length;

    public Fact this[int index] => _facts[index];

    public static FactList Of(IReadOnlyList<Fact> facts) => facts as FactList ?? new FactList(facts as Fact[] ?? [.. facts]);

    /// <summary>The facts of a kind that hold.</summary>
    public FactsOf<T> OfKind<T>()
        where T : Fact
    {
        var place = _places[NumberOf<T>.Value];
        return new FactsOf<T>(_byKind, place.From, place.To);
    }

    public IEnumerator<Fact> GetEnumerator() => ((IEnumerable<Fact>)_facts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _facts.GetEnumerator();

    /// <summary>Where each kind lies, or null where one of them lies apart.</summary>
    private static Place[]? PlacesIn(Fact[] facts)
    {
        var places = new Place[Kinds.Length];
        var number = 0;
        for (var from = 0; from < facts.Length;)
        {
            var to = from + 1;
            while (to < facts.Length && facts[to].GetType() == facts[from].GetType())
            {
                to++;
            }

            var kind = facts[from].GetType();
            while (Kinds[number] != kind)
            {
                number = number + 1 < Kinds.Length ? number + 1 : 0;
            }

            ref var place = ref places[number];
            if (place.To > 0)
            {
                return null;
            }

            (place, from) = (new Place(from, to), to);
        }

        return places;
    }

    private static class NumberOf<T>
    {
        public static readonly int Value = Array.IndexOf(Kinds, typeof(T));
    }
}

/// <summary>The facts of one kind that hold, by date and then source id.</summary>
public readonly struct FactsOf<T> : IEnumerable<T>
    where T : Fact
{
    private readonly Fact[] _facts;
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
        private readonly Fact[] _facts;
        private readonly int _to;
        private int _at;

        internal Enumerator(Fact[] facts, int from, int to) => (_facts, _at, _to) = (facts, from - 1, to);

        public readonly T Current => (T)_facts[_at];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            while (++_at < _to)
            {
                if (_facts[_at].Withdrawn is null)
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
