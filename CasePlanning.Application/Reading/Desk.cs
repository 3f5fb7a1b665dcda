using CasePlanning.Domain.Clocks;

namespace CasePlanning.Application.Reading;

/// <summary>When something on the desk asks for work. Weeks run from Monday to Sunday in the agency's zone.</summary>
public enum DeskTime { Overdue, Today, ThisWeek, NextWeek, Later }

/// <summary>Which duties to put on the desk.</summary>
public sealed record DeskQuestion
{
    /// <summary>Earliest due date, of an excused duty the last day of its excuse; today where it is null.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Latest due date; 30 days from today where it is null.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Whether what is overdue is in it, whatever the dates asked for.</summary>
    public bool Overdue { get; init; } = true;

    /// <summary>Whether it also shows what will follow, each duty being done on its due date.</summary>
    public bool Forecast { get; init; }

    /// <summary>Id of a unit.</summary>
    public string? Unit { get; init; }

    /// <summary>Id of a worker, or <see cref="Desk.Unassigned"/>.</summary>
    public string? Worker { get; init; }

    /// <summary>Id of a rule.</summary>
    public string? Rule { get; init; }

    public DeadlineStatus? Status { get; init; }
}

/// <summary>What is to be done, by when it asks for work.</summary>
public sealed record Desk
{
    /// <summary>Stands for the worker of a case that has none.</summary>
    public const string Unassigned = "unassigned";

    public required DateOnly Today { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly Until { get; init; }

    /// <summary>Every time of <see cref="DeskTime"/> in its order, empty ones included.</summary>
    public required IReadOnlyList<DeskGroup> Groups { get; init; }
}

/// <param name="Count">Number of entries that are owed.</param>
/// <param name="Forecasts">Number of entries that are only forecast.</param>
public sealed record DeskGroup(DeskTime Time, int Count, int Forecasts, IReadOnlyList<DeskEntry> Entries);

/// <summary>Duties of a case that the same act meets on the same day.</summary>
public sealed record DeskEntry
{
    public required string Case { get; init; }

    public required string CaseNumber { get; init; }

    public string? Plan { get; init; }

    /// <summary>Id of the unit that answers for the case today, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>Id of the worker assigned today, or null.</summary>
    public string? Worker { get; init; }

    /// <summary>What is due, each rule's name once.</summary>
    public required string What { get; init; }

    public required DateOnly Due { get; init; }

    /// <summary>Calendar days from today to the due date; negative once it has passed.</summary>
    public required int DaysLeft { get; init; }

    /// <summary>The most pressing of its duties' statuses.</summary>
    public required DeadlineStatus Status { get; init; }

    /// <summary>Last day of its excuse, or null.</summary>
    public DateOnly? ExcusedUntil { get; init; }

    /// <summary>True for what will only follow if the duties before it are done on their due dates.</summary>
    public required bool Forecast { get; init; }

    public required IReadOnlyList<DeskDuty> Duties { get; init; }

    /// <summary>Address of the page of the plan, or of the case where it is owed for the whole case.</summary>
    public required string Link { get; init; }
}

/// <summary>One duty of an entry, with why it is due and where its rule comes from.</summary>
/// <param name="Child">Name of the child it is owed to, where it is owed to one.</param>
public sealed record DeskDuty(string Occurrence, string Rule, string Name, string? Child, DeadlineStatus Status, string Sentence, string Source);
