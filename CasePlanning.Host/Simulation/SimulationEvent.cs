using CasePlanning.Domain.Clocks;

namespace CasePlanning.Host.Simulation;

/// <summary>What an event is. <see cref="Act"/>, <see cref="Shown"/> and <see cref="Unexpected"/> are for the story alone, not for <c>--json</c>.</summary>
public enum EventKind { Act, Stage, Notice, Mail, Refusal, Deadline, Shown, Unexpected }

/// <summary>Somebody in a role, where a mail or notice went or who was refused.</summary>
public sealed record Addressee(string Name, Role? Role, string? Address);

/// <summary>One line of a simulation.</summary>
public sealed record SimulationEvent
{
    /// <summary>The agency's local time, with its offset.</summary>
    public required DateTimeOffset At { get; init; }

    public required EventKind Kind { get; init; }

    /// <summary>E.g. <c>child:daniel</c>, <c>plan:sonoma-2005-0042.placed</c>; null for a digest.</summary>
    public string? Subject { get; init; }

    /// <summary>Id of the rule that a deadline, notice or refusal comes from.</summary>
    public string? Rule { get; init; }

    public string? Occurrence { get; init; }

    /// <summary>The due date as counted.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>The due date as rolled.</summary>
    public DateOnly? DueRolled { get; init; }

    /// <summary>Days from the due date, e.g. <c>-14</c>, <c>+7</c>.</summary>
    public string? Step { get; init; }

    public Addressee? To { get; init; }

    public required string Message { get; init; }

    /// <summary>Why a deadline's date is what it is; for the story.</summary>
    public string? Why { get; init; }

    /// <summary>A mail's plain text.</summary>
    public string? Text { get; init; }

    /// <summary>A mail's HTML.</summary>
    public string? Html { get; init; }

    /// <summary>Number of the case it is about and, where it is about a plan, which one; for the story.</summary>
    public string? Case { get; init; }
}
