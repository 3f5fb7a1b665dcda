namespace CasePlanning.Domain.Clocks;

/// <summary>What a transfer keeps of the rules a case was under: an edition's rules, with what judges an occurrence that is over.</summary>
public sealed record FormerEdition
{
    /// <summary>The first day they were in force, in the agency's zone; null for those in force from the beginning.</summary>
    public DateOnly? From { get; init; }

    public required IReadOnlyList<FormerRule> Rules { get; init; }
}

/// <summary>A rule's id and the lengths it counted.</summary>
public sealed record FormerRule
{
    public required string Id { get; init; }

    /// <summary>From the anchor to the first due date.</summary>
    public required Offset Due { get; init; }

    /// <summary>From one due date to the next where that differs from <see cref="Due"/>.</summary>
    public Offset? Then { get; init; }
}
