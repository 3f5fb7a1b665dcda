using System.Globalization;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Clocks;

/// <summary>What became of a reminder step.</summary>
public enum StepState
{
    /// <summary>It was raised.</summary>
    Taken,

    /// <summary>Its morning had passed when a later step was raised in its place.</summary>
    Superseded,

    /// <summary>Its morning lies ahead, or it is about to be raised.</summary>
    ToCome,

    /// <summary>The duty was over first.</summary>
    Dropped,
}

/// <summary>One reminder step of a deadline: its name, its morning in the agency's zone, who it is for and what became of it.</summary>
public sealed record ExplainedStep(string Name, DateOnly Morning, IReadOnlyList<Role> To, StepState State);

/// <summary>Something that happened, its date in the agency's zone and the key of the fact it came from.</summary>
public sealed record ExplainedEvent(DateOnly On, string Fact, string What);

/// <summary>A time away from foster care that holds a date back: from its first day to the day of the return, null while it lasts.</summary>
public sealed record ExplainedPause(DateOnly From, DateOnly? Return, string Why);

/// <summary>Why a deadline's date is what it is: the anchor and the fact it came from, the count, the roll, the source and the steps.</summary>
public sealed record Explanation
{
    public required string Sentence { get; init; }

    /// <summary>The date it counts from, in the agency's zone.</summary>
    public required DateOnly AnchorOn { get; init; }

    /// <summary>Key of the fact or version the anchor came from.</summary>
    public required string AnchorFact { get; init; }

    /// <summary>What happened on the anchor date.</summary>
    public required string AnchorWhat { get; init; }

    /// <summary>The length counted, e.g. "90 calendar days", "2 times 6 calendar months" or "calendar month 3".</summary>
    public required string Count { get; init; }

    /// <summary>How one date follows another; it says what the length is counted from.</summary>
    public required Recurrence Recurs { get; init; }

    /// <summary>The event that made it due earlier than counted, or null.</summary>
    public required ExplainedEvent? CutShortBy { get; init; }

    /// <summary>On a grid from the last act, that act: one length after it, or the date from the anchor if that is earlier; null where there was none.</summary>
    public required ExplainedEvent? LastAct { get; init; }

    /// <summary>The day it opened, where the one before wasn't met and it was due at once; else null.</summary>
    public required DateOnly? DueAtOnceOn { get; init; }

    /// <summary>The time away from foster care that its counted date fell in, or null.</summary>
    public required ExplainedPause? Pause { get; init; }

    /// <summary>The stays in foster care whose days were added up; empty unless months in care are counted.</summary>
    public required IReadOnlyList<CareStay> Stays { get; init; }

    public required DateOnly AsCounted { get; init; }

    public required DateOnly AsRolled { get; init; }

    public required Roll Roll { get; init; }

    public required string Rule { get; init; }

    public required string Source { get; init; }

    /// <summary>The steps up to and including the next one to come.</summary>
    public required IReadOnlyList<ExplainedStep> Steps { get; init; }

    /// <param name="deadline">The deadline to explain.</param>
    /// <param name="mark">How far its reminders have gone, or null.</param>
    /// <param name="superseded">Names of the steps that later ones took the place of.</param>
    /// <param name="calendar">The agency's.</param>
    public static Explanation Of(Deadline deadline, Mark? mark, IReadOnlySet<string> superseded, Calendar calendar) => new()
    {
        Sentence = SentenceOf(deadline),
        AnchorOn = deadline.Anchor.On,
        AnchorFact = deadline.Anchor.Fact,
        AnchorWhat = deadline.Anchor.What,
        Count = CountOf(deadline),
        Recurs = deadline.Rule.Recurs,
        CutShortBy = EventOf(deadline.CutShortBy),
        LastAct = EventOf(LastActOf(deadline)),
        DueAtOnceOn = deadline.Opened,
        Pause = deadline.Paused is { } pause ? new ExplainedPause(pause.From, pause.Return, pause.Why) : null,
        Stays = deadline.Stays,
        AsCounted = deadline.Counted,
        AsRolled = deadline.Due,
        Roll = deadline.Rule.Roll,
        Rule = deadline.Rule.Sentence,
        Source = deadline.Rule.Source,
        Steps = [.. StepsOf(deadline, mark?.Done ?? 0, superseded, calendar)],
    };

    /// <summary>One sentence, without any name.</summary>
    public static string SentenceOf(Deadline deadline) => string.Create(CultureInfo.InvariantCulture, $"{deadline.Rule.Name} is due {deadline.Due:yyyy-MM-dd}: {WhyOf(deadline)}");

    /// <summary>Why the date is what it is, where what is due and when has been said.</summary>
    public static string WhyOf(Deadline deadline)
    {
        var paused = deadline.Paused is { Return: { } returned } pause ? string.Create(CultureInfo.InvariantCulture, $"; {deadline.Counted:yyyy-MM-dd} fell in a pause ({pause.Why}), so it is due on the return of {returned:yyyy-MM-dd}") : "";
        var from = deadline.Paused?.Return ?? deadline.Counted;
        var rolled = deadline.Due == from ? "" : string.Create(CultureInfo.InvariantCulture, $", counted to {from:yyyy-MM-dd} and moved to the next day of business");
        return $"{HowCounted(deadline)}{paused}{rolled}.";
    }

    private static string HowCounted(Deadline deadline)
    {
        var (rule, anchor) = (deadline.Rule, deadline.Anchor);
        var after = string.Create(CultureInfo.InvariantCulture, $"after {anchor.On:yyyy-MM-dd} ({anchor.What})");
        return rule.Recurs switch
        {
            Recurrence.Monthly => string.Create(CultureInfo.InvariantCulture, $"the last day of {deadline.Counted:MMMM yyyy}"),
            Recurrence.Quarterly => string.Create(CultureInfo.InvariantCulture, $"the last day of the quarter that ends in {deadline.Counted:MMMM yyyy}"),
            Recurrence.MonthsInCare => string.Create(CultureInfo.InvariantCulture, $"the day on which {rule.Due.Count} of the last 22 months were spent in foster care, counted from {anchor.On:yyyy-MM-dd} ({anchor.What}){AddedUp(deadline.Stays)}"),
            Recurrence.GridFromLastAct when deadline.Opened is not null => string.Create(CultureInfo.InvariantCulture, $"at once, on the day it opened, since the one before wasn't met; {rule.Due} after {deadline.Since!.On:yyyy-MM-dd} ({deadline.Since.What}) are over"),
            Recurrence.GridFromLastAct when LastActOf(deadline) is { } last => string.Create(CultureInfo.InvariantCulture, $"{rule.Due} after {last.On:yyyy-MM-dd} ({last.What}), and no later than {CountOf(deadline)} {after}"),
            _ when deadline.CutShortBy is { } earlier => string.Create(CultureInfo.InvariantCulture, $"{earlier.What} on {earlier.On:yyyy-MM-dd}, which is earlier than {CountOf(deadline)} {after}"),
            _ => $"{CountOf(deadline)} {after}",
        };
    }

    private static string CountOf(Deadline deadline) => (deadline.Rule.Recurs, deadline.Rule.Then) switch
    {
        (Recurrence.Monthly, _) => string.Create(CultureInfo.InvariantCulture, $"calendar month {deadline.Cycle}"),
        (Recurrence.Quarterly, _) => string.Create(CultureInfo.InvariantCulture, $"calendar quarter {deadline.Cycle}"),
        _ when deadline.Times == 1 => deadline.Counting.ToString(),
        (_, { } then) => string.Create(CultureInfo.InvariantCulture, $"{deadline.Rule.Due} and {deadline.Times - 1} times {then}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{deadline.Times} times {deadline.Rule.Due}"),
    };

    private static DatedFact? LastActOf(Deadline deadline) => deadline.Since == deadline.Anchor ? null : deadline.Since;

    private static ExplainedEvent? EventOf(DatedFact? fact) => fact is null ? null : new ExplainedEvent(fact.On, fact.Fact, fact.What);

    private static string AddedUp(IReadOnlyList<CareStay> stays) => stays.Count < 2 ? ""
        : $", adding up {string.Join(", ", stays.Select(stay => stay.To is { } to ? string.Create(CultureInfo.InvariantCulture, $"{stay.From:yyyy-MM-dd} to {to:yyyy-MM-dd}") : string.Create(CultureInfo.InvariantCulture, $"and {stay.From:yyyy-MM-dd} on")))}";

    private static IEnumerable<ExplainedStep> StepsOf(Deadline deadline, int done, IReadOnlySet<string> superseded, Calendar calendar)
    {
        for (var index = 0; deadline.Rule.StepAt(index) is { } next; index++)
        {
            var name = Clocks.Rule.StepName(next.Days);
            yield return new ExplainedStep(
                name,
                Deadline.MorningOf(next.Days, deadline.Counted, deadline.Due, calendar),
                next.Step.To,
                index < done ? superseded.Contains(name) ? StepState.Superseded : StepState.Taken : deadline.IsOpen ? StepState.ToCome : StepState.Dropped);
            if (index >= done && index >= deadline.Rule.Steps.Count - 1)
            {
                yield break;
            }
        }
    }
}
