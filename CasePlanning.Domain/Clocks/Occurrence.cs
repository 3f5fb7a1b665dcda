using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>A cycle of a rule before it is judged.</summary>
/// <param name="Counted">The due date as counted.</param>
/// <param name="Act">The act that meets or ends it, or null.</param>
/// <param name="Closes">The day the next cycle opens, on which an unmet one is missed; null for rules without a grid.</param>
internal readonly record struct Cycle(DatedFact Anchor, int Number, DateOnly Counted, ClockAct? Act, DateOnly? Closes)
{
    /// <summary>The length counted, where it isn't the rule's first.</summary>
    public Offset? Counting { get; init; }

    /// <summary>The rule with the length that judges it, where that isn't today's.</summary>
    public Rule? Former { get; init; }

    /// <summary>On a grid, how often the length is counted from the anchor.</summary>
    public int Times { get; init; } = 1;

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
internal readonly ref struct Occurrence(ReadOnlySpan<char> name, Rule rule, ClockTarget target, ref readonly Cycle cycle)
{
    private readonly ref readonly Cycle _cycle = ref cycle;

    /// <summary>Rule, subject, the fact that anchors it and its cycle number, joined by <c>~</c>.</summary>
    public ReadOnlySpan<char> Name { get; } = name;

    public Rule Rule { get; } = rule;

    public ClockTarget Target { get; } = target;

    public DateOnly Counted => _cycle.Counted;

    public required DateOnly Due { get; init; }

    public required DeadlineStatus Status { get; init; }

    public string? Because { get; init; }

    public DateOnly? ExcusedUntil { get; init; }

    public CarePause? Paused { get; init; }

    public bool AwaitsReturn { get; init; }

    public DateOnly? Closes { get; init; }

    public DateOnly? LastDay { get; init; }

    public bool IsOver { get; init; }

    /// <summary>True while somebody still has to act.</summary>
    public bool IsOpen => Deadline.Opens(Status, IsOver);

    public Deadline ToDeadline() => new()
    {
        Occurrence = Name.ToString(),
        Rule = _cycle.Former ?? Rule,
        Subject = Target.Subject,
        Owner = Target.Owner,
        Anchor = _cycle.Anchor,
        Cycle = _cycle.Number,
        Times = _cycle.Times,
        Counting = _cycle.Counting ?? (_cycle.Former ?? Rule).Due,
        CutShortBy = _cycle.CutShortBy,
        Since = _cycle.Since,
        Opened = _cycle.Opened,
        Stays = _cycle.Stays ?? [],
        Counted = Counted,
        Due = Due,
        Met = _cycle.Act is { Ends: false } act ? act.Fact : null,
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

/// <summary>Takes every occurrence of a case, one after the other.</summary>
internal abstract class OccurrenceReader
{
    public abstract void Take(in Occurrence occurrence);
}
