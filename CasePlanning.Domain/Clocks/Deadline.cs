using System.Globalization;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

public enum DeadlineStatus { Upcoming, DueSoon, Due, Overdue, MetOnTime, MetLate, Missed, Excused, Void, Ended }

/// <summary>One occurrence of a rule for a child, plan, case or version, as the facts now are.</summary>
public sealed record Deadline
{
    /// <summary>Rule, subject, the fact that anchors it and its cycle number, joined by <c>~</c>; never a date.</summary>
    public required string Occurrence { get; init; }

    /// <summary>The rule, with the length that judges this occurrence.</summary>
    public required Rule Rule { get; init; }

    /// <summary>E.g. <c>child:daniel</c>, <c>plan:sample-2005-0042.placed</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Whose loop it belongs to: <c>plan:…</c> or <c>case:…</c>.</summary>
    public required string Owner { get; init; }

    /// <summary>Id of the plan it belongs to; null for the case's own.</summary>
    public string? Plan => Owner.StartsWith("plan:", StringComparison.Ordinal) ? Owner["plan:".Length..] : null;

    public required DatedFact Anchor { get; init; }

    public required int Cycle { get; init; }

    /// <summary>On a grid, how often the length is counted from the anchor: the cycle, unless the length has changed.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The length counted to its first due date.</summary>
    public required Offset Counting { get; init; }

    /// <summary>The event that makes it due earlier than counted, or null.</summary>
    public DatedFact? CutShortBy { get; init; }

    /// <summary>On a grid from the last act, that act, or the anchor where there was none; else null.</summary>
    public DatedFact? Since { get; init; }

    /// <summary>The day it opened, where it was due at once since the one before wasn't met; else null.</summary>
    public DateOnly? Opened { get; init; }

    /// <summary>The stays in foster care whose days were added up, for months in care.</summary>
    public IReadOnlyList<CareStay> Stays { get; init; } = [];

    /// <summary>The due date as counted, in the agency's zone.</summary>
    public required DateOnly Counted { get; init; }

    /// <summary>The due date as rolled; overdue from the day after.</summary>
    public required DateOnly Due { get; init; }

    public required DeadlineStatus Status { get; init; }

    /// <summary>The act that met it, by the act's own date.</summary>
    public DatedFact? Met { get; init; }

    /// <summary>True when the act was recorded after the day it took place.</summary>
    public bool LateEntry => Met is not null && Met.RecordedOn > Met.On;

    /// <summary>Last day of its excuse, or null.</summary>
    public DateOnly? ExcusedUntil { get; init; }

    /// <summary>The day the next cycle opens, on which an unmet one is missed; null for rules without a grid and once the clock has stopped.</summary>
    public DateOnly? Closes { get; init; }

    /// <summary>The last day of its time: the day it was met or ended, or the one before the next cycle opened; null while its time runs.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>True once the next cycle has taken its place: nothing can meet it any more.</summary>
    public bool IsOver { get; init; }

    /// <summary>The pause its counted date fell in, or null; for months in care, the one the child hasn't returned from.</summary>
    public CarePause? Paused { get; init; }

    /// <summary>True while the child is away, and the date has come that waits for the return: nobody is reminded.</summary>
    public bool AwaitsReturn { get; init; }

    /// <summary>Why it ended without being met, or null.</summary>
    public string? Because { get; init; }

    /// <summary>True while somebody still has to act.</summary>
    public bool IsOpen => Opens(Status, IsOver);

    internal static bool Opens(DeadlineStatus status, bool isOver) =>
        status is DeadlineStatus.Upcoming or DeadlineStatus.DueSoon or DeadlineStatus.Due or DeadlineStatus.Overdue || (status == DeadlineStatus.Excused && !isOver);

    /// <summary>The date on which a step of its reminders goes out: back to a working day up to the due day, forward after it.</summary>
    public static DateOnly MorningOf(int stepDays, DateOnly counted, DateOnly due, Calendar calendar) =>
        stepDays <= 0 ? calendar.Back(counted.AddDays(stepDays)) : calendar.Forward(due.AddDays(stepDays));

    public static string NameOf(string rule, string subject, FactName anchor, int cycle) =>
        string.Concat([rule, "~", subject, "~", anchor.Head, anchor.Joint, anchor.Tail, "~", cycle.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>What a name says before the cycle, and the cycle.</summary>
    internal static (string Of, int Cycle) PartsOf(string occurrence)
    {
        var end = occurrence.LastIndexOf('~');
        return (occurrence[..end], int.Parse(occurrence.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
