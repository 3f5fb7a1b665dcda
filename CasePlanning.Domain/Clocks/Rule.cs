using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CasePlanning.Domain.Json;

namespace CasePlanning.Domain.Clocks;

/// <summary>What a rule's clocks run for.</summary>
public enum RuleScope
{
    /// <summary>Each focus child's time under a plan.</summary>
    Child,

    /// <summary>Each focus child's time on the case, whatever the setting.</summary>
    ChildOnCase,

    /// <summary>Each period of a plan.</summary>
    Plan,

    /// <summary>Each time the case is open.</summary>
    Case,

    /// <summary>Each submitted version.</summary>
    Version,
}

public enum Recurrence
{
    /// <summary>Each anchor is one duty.</summary>
    No,

    /// <summary>The anchor is the last act; the count starts again at one.</summary>
    Rolling,

    /// <summary>Counted from the anchor each time, whenever the work was done.</summary>
    Grid,

    /// <summary>Counted from the last act, but never later than the date counted from the anchor.</summary>
    GridFromLastAct,

    /// <summary>Each calendar month the clock's time touches; due on its last day.</summary>
    Monthly,

    /// <summary>Each calendar quarter the clock's time touches; due on its last day.</summary>
    Quarterly,

    /// <summary>Once, on the day the months in care counted over the last 22 reach the number due.</summary>
    MonthsInCare,
}

/// <summary>What a pause of foster care (detention, hospital) does to a clock.</summary>
public enum PauseEffect
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Moves no date; one that fell in the pause is due on return.</summary>
    DueOnReturn,

    /// <summary>Counts as discharge; the return anchors anew.</summary>
    Discharge,
}

/// <summary>Who a reminder is for; resolved to a person when it is raised.</summary>
public enum Role { Worker, Supervisor, Manager, Administrator, Auditor }

/// <summary>One reminder of a deadline: so many days before (negative) or after (positive) it, repeated if <see cref="Every"/> says so.</summary>
public sealed record ReminderStep
{
    /// <summary>Ten years; a reminder lies within them.</summary>
    private const int Longest = 3660;

    /// <summary>Days from the due date: up to zero from the date as counted, beyond from the rolled date.</summary>
    [Range(-Longest, Longest)]
    public required int Days { get; init; }

    /// <summary>Repeats every so many days without end; only the last step may.</summary>
    [Range(1, Longest)]
    public int? Every { get; init; }

    /// <summary>The roles it goes to.</summary>
    [MinLength(1)]
    public required IReadOnlyList<Role> To { get; init; }

    /// <summary>Mailed at once instead of with the next digest.</summary>
    public bool Immediate { get; init; }

    /// <summary>Goes with the next morning's digest whatever rhythm somebody prefers.</summary>
    public bool Mandatory { get; init; }
}

/// <summary>A deadline's rule, as its pack writes it.</summary>
public sealed record Rule
{
    /// <summary>Names the rule among those of all packs; the pack's own prefix keeps it apart, e.g. <c>mn.review</c>.</summary>
    [Fixed]
    [RegularExpression("^[a-z0-9.-]{1,60}$", ErrorMessage = "1 to 60 small letters, digits, dots or hyphens, such as mn.review")]
    public required string Id { get; init; }

    /// <summary>What is due, in a few words, e.g. "Case plan review".</summary>
    [RegularExpression(PackText.Short, ErrorMessage = PackText.ShortSays)]
    public required string Name { get; init; }

    public required RuleScope Scope { get; init; }

    /// <summary>When it applies; every word of <see cref="Vocabulary.Conditions"/> given must hold.</summary>
    [Condition]
    public IReadOnlyList<string> Applies { get; init; } = [];

    /// <summary>What it counts from; a word of <see cref="Vocabulary.Anchors"/>.</summary>
    [Anchor]
    public required string Anchor { get; init; }

    /// <summary>From the anchor to the first due date; for months in care, the number of months.</summary>
    [RegularExpression(Offset.Pattern, ErrorMessage = Offset.Called)]
    public required Offset Due { get; init; }

    /// <summary>From one due date to the next where that differs from <see cref="Due"/>.</summary>
    [RegularExpression(Offset.Pattern, ErrorMessage = Offset.Called)]
    public Offset? Then { get; init; }

    /// <summary>An event before which it is due, where that comes earlier than the date counted; a word of <see cref="Vocabulary.Anchors"/>.</summary>
    [Anchor]
    public string? NoLaterThan { get; init; }

    /// <summary>Whether and how it comes back.</summary>
    public Recurrence Recurs { get; init; }

    /// <summary>On a grid, how many days before the due date work begins to count; null means from the day after the date before.</summary>
    [Range(0, 366)]
    public int? CountsFromDaysBefore { get; init; }

    /// <summary>What meets it; a word of <see cref="Vocabulary.Acts"/>.</summary>
    [Act]
    public required string MetBy { get; init; }

    /// <summary>What makes it void once its time has ended; a word of <see cref="Vocabulary.Conditions"/>.</summary>
    [Condition]
    public string? VoidWhen { get; init; }

    /// <summary>What a stay outside foster care does to it.</summary>
    public PauseEffect Pause { get; init; }

    /// <summary>How a date that falls on a day without business moves.</summary>
    public Roll Roll { get; init; }

    /// <summary>Its own reminders; empty means those of its pack.</summary>
    public IReadOnlyList<ReminderStep> Steps { get; init; } = [];

    /// <summary>The law or practice it comes from.</summary>
    [RegularExpression(PackText.Long, ErrorMessage = PackText.LongSays)]
    public required string Source { get; init; }

    /// <summary>The rule in one plain sentence.</summary>
    [RegularExpression(PackText.Long, ErrorMessage = PackText.LongSays)]
    public required string Sentence { get; init; }

    /// <summary>What an agency may choose about it, by name.</summary>
    [Fixed]
    [RegularExpression(PackText.Name, ErrorMessage = PackText.NameSays)]
    public IReadOnlyDictionary<string, RuleChoice> Choices { get; init; } = new Dictionary<string, RuleChoice>(StringComparer.Ordinal);

    /// <summary>The legal holidays its due dates roll over; its pack's.</summary>
    [JsonIgnore]
    public HolidaySet Holidays { get; init; } = HolidaySet.None;

    /// <summary>Id of the pack it belongs to.</summary>
    [JsonIgnore]
    public string Pack { get; init; } = "";

    /// <summary>The step at a place in the endless row of steps, or null past its end.</summary>
    public (ReminderStep Step, int Days)? StepAt(int index)
    {
        if (index < Steps.Count)
        {
            var step = Steps[index];
            return (step, step.Days);
        }

        return Steps.Count > 0 && Steps[^1] is { Every: { } every } last ? (last, last.Days + ((index - Steps.Count + 1) * every)) : null;
    }

    /// <summary>The date after so many lengths from an anchor, counted in one go: 31 January plus two months is 31 March, not 28.</summary>
    internal DateOnly OnGrid(DateOnly anchor, int times, Calendar calendar) => Then is { } then && times > 1
        ? then.After(Due.After(anchor, calendar), calendar, times - 1)
        : Due.After(anchor, calendar, times);

    /// <summary>A due date as counted, moved as the rule moves it.</summary>
    internal DateOnly Rolled(DateOnly counted) => Calendar.Rolled(counted, Roll, Holidays);

    public static string StepName(int days) => days > 0 ? string.Create(CultureInfo.InvariantCulture, $"+{days}") : days.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Something the law leaves to the agency: options by name, each with the members of the rule it changes.</summary>
public sealed record RuleChoice
{
    /// <summary>What is chosen, in one plain sentence.</summary>
    [RegularExpression(PackText.Long, ErrorMessage = PackText.LongSays)]
    public required string Sentence { get; init; }

    /// <summary>The option of an agency that chooses none.</summary>
    public required string Default { get; init; }

    /// <summary>The options by name, each with the members of the rule it changes.</summary>
    [ReadAs(typeof(Rule), Changes = true)]
    [RegularExpression(PackText.Name, ErrorMessage = PackText.NameSays)]
    public required IReadOnlyDictionary<string, JsonElement> Options { get; init; }
}

/// <summary>A jurisdiction's rules.</summary>
public sealed record RulePack
{
    /// <summary>Where the schema of this file is, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Names the pack, e.g. <c>minnesota</c>.</summary>
    [RegularExpression(PackText.Name, ErrorMessage = PackText.NameSays)]
    public required string Id { get; init; }

    /// <summary>The jurisdiction, as people read it.</summary>
    [RegularExpression(PackText.Short, ErrorMessage = PackText.ShortSays)]
    public required string Name { get; init; }

    /// <summary>A plan date in the future blocks approval (WI-07).</summary>
    public bool FuturePlanDateBlocksApproval { get; init; }

    /// <summary>The legal holidays its due dates roll over; reminders don't go out on them either.</summary>
    public IReadOnlyList<HolidayRule> Holidays { get; init; } = [];

    /// <summary>Reminders of every rule that has none of its own.</summary>
    [MinLength(1)]
    public required IReadOnlyList<ReminderStep> Steps { get; init; }

    /// <summary>The jurisdiction's rules.</summary>
    public required IReadOnlyList<Rule> Rules { get; init; }
}
