using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>A cycle of a rule before it is judged.</summary>
internal readonly record struct Cycle
{
    public const int NoAct = -1;

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

    /// <summary>The place of the event that makes it due earlier than counted among the clock's events, or null.</summary>
    public int? CutShortBy { get; init; }

    /// <summary>On a grid from the last act, the place of that act, or <see cref="NoAct"/> where it counts from the anchor.</summary>
    public int? Since { get; init; }

    /// <summary>The day it opened, where it was due at once.</summary>
    public DateOnly? Opened { get; init; }

    /// <summary>The stays whose days were added up.</summary>
    public IReadOnlyList<CareStay>? Stays { get; init; }
}

/// <summary>How a cycle stands by the facts as they now are.</summary>
/// <param name="Due">The due date as rolled.</param>
/// <param name="ExcusedUntil">Last day of its excuse, or null.</param>
/// <param name="Paused">The pause its counted date fell in, or null; for months in care, the one the child hasn't returned from.</param>
/// <param name="IsOver">True once the next cycle has taken its place.</param>
internal readonly record struct Judgement(DateOnly Due, DeadlineStatus Status, DateOnly? ExcusedUntil, CarePause? Paused, bool AwaitsReturn, bool IsOver);

/// <summary>A cycle as it is judged by the facts as they now are. A deadline is made of it only where one is asked for: most say nothing new.</summary>
internal readonly ref struct Occurrence(in DatedFact anchor, in Cycle cycle, in Judgement judgement)
{
    public readonly ref readonly DatedFact Anchor = ref anchor;
    public readonly ref readonly Cycle Cycle = ref cycle;
    public readonly ref readonly Judgement Judgement = ref judgement;

    /// <summary>What the ledger last said of it, or null.</summary>
    public required Mark? Mark { get; init; }

    /// <summary>Rule, subject, the fact that anchors it and its cycle number, joined by <c>~</c>.</summary>
    public required ReadOnlySpan<char> Name { get; init; }

    public required Rule Rule { get; init; }

    public required ClockTarget Target { get; init; }

    /// <summary>The clock's acts.</summary>
    public ReadOnlySpan<ClockAct> Acts { get; init; }

    /// <summary>The events that can make it due earlier than counted.</summary>
    public ReadOnlySpan<DatedFact> Events { get; init; }

    public DateOnly Counted => Cycle.Counted;

    public DateOnly Due => Judgement.Due;

    public DeadlineStatus Status => Judgement.Status;

    public string? Because { get; init; }

    public DateOnly? Closes { get; init; }

    public DateOnly? LastDay { get; init; }

    /// <summary>True while somebody still has to act.</summary>
    public bool IsOpen => Deadline.Opens(Status, Judgement.IsOver);

    public Deadline ToDeadline() => new()
    {
        Occurrence = Name.ToString(),
        Rule = Cycle.Former ?? Rule,
        Subject = Target.Subject,
        Owner = Target.Owner,
        Anchor = Anchor,
        Cycle = Cycle.Number,
        Times = Cycle.Times ?? 1,
        Counting = Cycle.Counting ?? (Cycle.Former ?? Rule).Due,
        CutShortBy = Cycle.CutShortBy is { } earlier ? Events[earlier] : null,
        Since = Cycle.Since is { } since ? since < 0 ? Anchor : Acts[since].Fact : null,
        Opened = Cycle.Opened,
        Stays = Cycle.Stays ?? [],
        Counted = Counted,
        Due = Due,
        Met = Cycle.Act >= 0 && Acts[Cycle.Act] is { Ends: false } met ? met.Fact : null,
        ExcusedUntil = Judgement.ExcusedUntil,
        Paused = Judgement.Paused,
        AwaitsReturn = Judgement.AwaitsReturn,
        Closes = Closes,
        LastDay = LastDay,
        IsOver = Judgement.IsOver,
        Because = Because,
        Status = Status,
    };
}

/// <summary>Takes every occurrence of a case, one after the other.</summary>
internal abstract class OccurrenceReader
{
    /// <summary>True where a cycle that is over or met needs no more looking at, because the reader has it as it is.</summary>
    public virtual bool Has(Mark? mark, in Cycle cycle, in Judgement judgement) => false;

    public abstract void Take(in Occurrence occurrence);
}
