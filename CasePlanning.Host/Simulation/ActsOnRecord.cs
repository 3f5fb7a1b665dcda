namespace CasePlanning.Host.Simulation;

/// <summary>An act that is kept as a fact of its case.</summary>
public abstract record ActOnRecord : PlanAction
{
    /// <summary>Id of the act; "action-" and its place in the file where this is missing.</summary>
    public string? Source { get; init; }

    /// <summary>The day it took place; that of the action where this is missing.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>Records a review of the plan.</summary>
public sealed record Review : ActOnRecord
{
    /// <summary>Who attended.</summary>
    public required string Attended { get; init; }

    /// <summary>Point one of the analysis (MN-11).</summary>
    public string? CurrentSafety { get; init; }

    /// <summary>Point two.</summary>
    public string? ProtectiveFactors { get; init; }

    /// <summary>Point three.</summary>
    public string? Progress { get; init; }

    /// <summary>Point four.</summary>
    public string? Services { get; init; }

    /// <summary>Point five.</summary>
    public string? LevelOfRisk { get; init; }

    /// <summary>Point six.</summary>
    public string? ReadyToClose { get; init; }
}

/// <summary>Closes the plan.</summary>
public sealed record Close : ActOnRecord
{
    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>True when the goals are met; otherwise an attorney is consulted first (MN-16).</summary>
    public bool GoalsMet { get; init; }

    /// <summary>True when nothing threatens the child any more.</summary>
    public bool SafetyConcernsEliminated { get; init; }

    /// <summary>What the family thinks should happen.</summary>
    public string? FamilyView { get; init; }

    /// <summary>What the service providers say.</summary>
    public string? ProviderInput { get; init; }

    /// <summary>Which needs remain, or that none do (MN-17).</summary>
    public string? RemainingNeeds { get; init; }
}

/// <summary>Reopens a closed plan.</summary>
public sealed record Reopen : ActOnRecord
{
    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>Excuses the plan's open deadline of a rule until a day.</summary>
public sealed record Excuse : ActOnRecord
{
    /// <summary>Id of the rule, e.g. <c>default.review</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>Source id of the child, where the rule runs once per child.</summary>
    public string? Child { get; init; }

    /// <summary>Last day of the excuse.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}
