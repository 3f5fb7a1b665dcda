using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>A cycle of a rule before it is judged.</summary>
internal readonly record struct Cycle
{
    public const int NoAct = -1;

    public required DatedFact Anchor { get; init; }

    public required int Number { get; init; }

    /// <summary>The due date as counted.</summary>
    public required DateOnly Counted { get; init; }

    /// <summary>The place of the act that meets or ends it among the clock's acts, or <see cref="NoAct"/>.</summary>
    public required int Act { get; init; }

    /// <summary>The day the next cycle opens, on which an unmet one is missed; null for rules without a grid.</summary>
    public DateOnly? Closes { get; init; }

    /// <summary>The length counted, where it isn't the rule's first.</summary>
    public Offset? Counting { get; init; }

    /// <summary>The rule with the length that judges it, where that isn't today's.</summary>
    public Rule? Former { get; init; }

    /// <summary>On a grid, how often the length is counted from the anchor.</summary>
    public int? Times { get; init; }

    /// <summary>The event that makes it due earlier than counted.</summary>
    public DatedFact? CutShortBy { get; init; }

    /// <summary>On a grid from the last act, that act, or the anchor where there was none.</summary>
    public DatedFact? Since { get; init; }

    /// <summary>The day it opened, where it was due at once.</summary>
    public DateOnly? Opened { get; init; }

    /// <summary>The stays whose days were added up.</summary>
    public IReadOnlyList<CareStay>? Stays { get; init; }
}

/// <summary>A cycle as it is judged by the facts as they now are. A deadline is made of it only where one is asked for: most say nothing new.</summary>
internal ref struct Occurrence
{
    public required ref readonly Cycle Cycle;

    /// <summary>What the ledger last said of it, or null.</summary>
    public required Mark? Mark { get; init; }

    public required Rule Rule { get; init; }

    public required ClockTarget Target { get; init; }

    /// <summary>The act that meets or ends it; empty where there is none.</summary>
    public ReadOnlySpan<ClockAct> Act { get; init; }

    public readonly DateOnly Counted => Cycle.Counted;

    public required DateOnly Due { get; init; }

    public required DeadlineStatus Status { get; init; }

    public string? Because { get; init; }

    public DateOnly? ExcusedUntil { get; init; }

    public CarePause? Paused { get; init; }

    public bool AwaitsReturn { get; init; }

    public DateOnly? Closes { get; init; }

    public DateOnly? LastDay { get; init; }

    public bool IsOver { get; init; }

    /// <summary>As <see cref="Deadline.Occurrence"/> says it.</summary>
    public readonly string Name => Deadline.NameOf(Rule.Id, Target.Subject, Cycle.Anchor.Name, Cycle.Number);

    /// <summary>True while somebody still has to act.</summary>
    public readonly bool IsOpen => Deadline.Opens(Status, IsOver);

    public readonly Deadline ToDeadline() => new()
    {
        Occurrence = Name,
        Rule = Cycle.Former ?? Rule,
        Subject = Target.Subject,
        Owner = Target.Owner,
        Anchor = Cycle.Anchor,
        Cycle = Cycle.Number,
        Times = Cycle.Times ?? 1,
        Counting = Cycle.Counting ?? (Cycle.Former ?? Rule).Due,
        CutShortBy = Cycle.CutShortBy,
        Since = Cycle.Since,
        Opened = Cycle.Opened,
        Stays = Cycle.Stays ?? [],
        Counted = Counted,
        Due = Due,
        Met = Act is [{ Ends: false } met] ? met.Fact : null,
        ExcusedUntil = ExcusedUntil,
        Paused = Paused,
        AwaitsReturn = AwaitsReturn,
        Closes = Closes,
        LastDay = LastDay,
        IsOver = IsOver,
        Because = Because,
        Status = Status,
    };
}

/// <summary>Takes the occurrences of a case, one after the other.</summary>
internal abstract class OccurrenceReader
{
    public abstract void Take(in Occurrence occurrence);
}
