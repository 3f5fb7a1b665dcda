namespace CasePlanning.Domain.Json;

/// <summary>The text is one of a list of words; on a list of texts, each of them is.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class WordAttribute : Attribute
{
    public abstract IEnumerable<string> Words { get; }
}

/// <summary>The JSON kept here, or each entry of the list or dictionary, is to be read as another type.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReadAsAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;

    /// <summary>It holds only the members to change: none is required, and null takes an optional one away.</summary>
    public bool Changes { get; init; }
}

/// <summary>Names the entry, so that it isn't among what can be changed of it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FixedAttribute : Attribute;

/// <summary>How a value of the type is called in a sentence: "must be …".</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class CalledAttribute(string words) : Attribute
{
    public string Words { get; } = words;
}
