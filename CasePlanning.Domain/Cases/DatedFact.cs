using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.Cases;

/// <summary>Names a fact, version or request within its case, e.g. <c>placement-4711</c>. It is put together only where the name is asked for.</summary>
public readonly record struct FactName(string Head, string Joint, string Tail)
{
    public static FactName Of(Fact fact) => new(fact.Kind, "-", fact.Source);

    public int Length => Head.Length + Joint.Length + Tail.Length;

    /// <summary>Whether a text of its length is this name.</summary>
    public bool Is(ReadOnlySpan<char> text) => text.EndsWith(Tail) && text.StartsWith(Head) && text[Head.Length..].StartsWith(Joint);

    public override string ToString() => string.Concat(Head, Joint, Tail);
}

/// <summary>A dated thing that a clock counts from or is met by, and the fact it came from.</summary>
public sealed record DatedFact(DateOnly On, FactName Name, string What, DateOnly RecordedOn) : IDated
{
    public DatedFact(DateOnly on, string fact, string what, DateOnly recordedOn)
        : this(on, new FactName("", "", fact), what, recordedOn)
    {
    }

    /// <summary>Key of the fact, version or request.</summary>
    public string Fact => Name.ToString();

    public static DatedFact Of(Fact fact, string what) => new(fact.On, FactName.Of(fact), what, fact.RecordedOn);
}
