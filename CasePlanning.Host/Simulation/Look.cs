using CasePlanning.Domain.Plans;

namespace CasePlanning.Host.Simulation;

/// <summary>Opens a version of the plan and reads it, with what still keeps it from approval and what is pointed out.</summary>
public sealed record Look : PlanAction
{
    /// <summary>Number of the version; the one being prepared, else the one in effect, where this is missing.</summary>
    public int? Version { get; init; }

    /// <summary>What has to stand there.</summary>
    public Shown? Shows { get; init; }
}

/// <summary>What a version shows; only the members given are compared.</summary>
public sealed record Shown
{
    /// <summary>The plan's stage.</summary>
    public Stage? Stage { get; init; }

    /// <summary>The version's plan date.</summary>
    public DateOnly? PlanDate { get; init; }

    /// <summary>The version's end date.</summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>Source ids of the focus children.</summary>
    public IReadOnlyList<string>? FocusChildren { get; init; }

    /// <summary>Ids of the service objectives.</summary>
    public IReadOnlyList<string>? Objectives { get; init; }

    /// <summary>The appropriateness description; empty when it is blank.</summary>
    public string? Appropriateness { get; init; }

    /// <summary>Signatures of earlier versions, shown as prior, each as "source id date".</summary>
    public IReadOnlyList<string>? PriorSignatures { get; init; }
}
