using System.Globalization;

namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>One step of a row of reminders.</summary>
public sealed record Step(int Days, params string[] To)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{(Days > 0 ? "+" : "")}{Days}");
}

/// <summary>One date that somebody has to keep, as the facts now are.</summary>
public sealed record Duty(string Occurrence, Law Law, DateOnly Counted, DateOnly Due)
{
    /// <summary>The first day on which it is there.</summary>
    public DateOnly Appears { get; init; }

    public DateOnly? MetOn { get; init; }

    /// <summary>Recalled or withdrawn: over, and not met.</summary>
    public bool TakenBack { get; init; }

    public DateOnly? OverFrom { get; init; }

    /// <summary>The day on which the next one takes its place.</summary>
    public DateOnly? Closes { get; init; }

    /// <summary>Excused from this day on, since the child is away and hasn't come back.</summary>
    public DateOnly? AwayFrom { get; init; }

    /// <summary>The child was still away when the next one took its place.</summary>
    public bool AwayWhenClosed { get; init; }

    /// <summary>Not owed after all, once it is over.</summary>
    public bool NotOwed { get; init; }

    public DateOnly? ExcusedUntil { get; init; }

    /// <summary>The child it is about, or empty.</summary>
    public string Child { get; init; } = "";

    public bool IsOpen(DateOnly today) => MetOn is null && !TakenBack && !(OverFrom <= today) && !(Closes <= today);

    /// <summary>The steps in their order; the last repeats every seven days.</summary>
    public Step StepAt(int index)
    {
        var steps = Law.Pack == "approval" ? Decision : Usual;
        return index < steps.Length ? steps[index] : steps[^1] with { Days = steps[^1].Days + (7 * (index - steps.Length + 1)) };
    }

    public DateTimeOffset MorningOf(int step, Days days)
    {
        var from = StepAt(step).Days;
        return days.MorningOf(from <= 0 ? days.WorkingDayAtOrBefore(Counted.AddDays(from)) : days.WorkingDayAtOrAfter(Due.AddDays(from)));
    }

    public string Status(Days days, DateOnly today) =>
        MetOn is not null ? MetOn <= Due || MetOn <= ExcusedUntil ? "MetOnTime" : "MetLate"
            : Closes <= today ? AwayWhenClosed || ExcusedUntil >= Closes ? "Excused" : "Missed"
            : !IsOpen(today) ? NotOwed ? "Void" : "Ended"
            : AwayFrom <= today || ExcusedUntil >= today ? "Excused"
            : today > Due ? "Overdue"
            : today >= Counted ? "Due"
            : today >= days.DateAt(MorningOf(0, days)) ? "DueSoon"
            : "Upcoming";

    private static readonly Step[] Usual =
        [new(-14, "Worker"), new(-7, "Worker"), new(-1, "Worker"), new(0, "Worker", "Supervisor"), new(1, "Worker", "Supervisor"),
            new(7, "Worker", "Supervisor", "Manager")];

    private static readonly Step[] Decision =
        [new(-2, "Supervisor"), new(0, "Supervisor"), new(1, "Supervisor", "Manager"), new(7, "Supervisor", "Manager")];
}
