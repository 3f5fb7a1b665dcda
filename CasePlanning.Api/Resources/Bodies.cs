using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Api.Resources;

/// <summary>An agency's settings.</summary>
public record AgencyBody
{
    public required string Name { get; init; }

    /// <summary>IANA time zone, e.g. <c>America/Los_Angeles</c>.</summary>
    public required string Zone { get; init; }

    public TimeOnly Morning { get; init; } = new(7, 0);

    public IReadOnlyList<DayOfWeek> WorkingDays { get; init; } = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>Ids of its rule packs; null leaves them as they are, or takes the default ones for a new agency.</summary>
    public IReadOnlyList<string>? Packs { get; init; }

    public int ApprovalWorkingDays { get; init; } = 5;

    public bool OwnApproval { get; init; }

    internal Agency ToAgency(string id) => new()
    {
        Id = id,
        Name = Name,
        Zone = Zone,
        Morning = Morning,
        WorkingDays = WorkingDays,
        Holidays = Holidays,
        Packs = Packs ?? ["default"],
        ApprovalWorkingDays = ApprovalWorkingDays,
        OwnApproval = OwnApproval,
    };
}

/// <summary>An agency's settings as they should be.</summary>
public sealed record AgencySettingsBody : AgencyBody
{
    /// <summary>Why; needed where the zone, the morning, the working days, the days off or the days to decide change.</summary>
    public string? Why { get; init; }
}

/// <summary>A new agency with its first administrator.</summary>
public sealed record NewAgency : AgencyBody
{
    /// <summary>1 to 40 small letters, digits or hyphens.</summary>
    public required string Id { get; init; }

    public required FirstAdministrator Administrator { get; init; }
}

public sealed record FirstAdministrator
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public string? Subject { get; init; }
}

public record UnitBody
{
    public required string Name { get; init; }

    public string? Supervisor { get; init; }

    public string? Manager { get; init; }

    internal Unit ToUnit(string id, string agency) => new() { Id = id, Agency = agency, Name = Name, Supervisor = Supervisor, Manager = Manager };
}

public sealed record NewUnit : UnitBody
{
    public required string Id { get; init; }
}

/// <summary>A person; absences have addresses of their own.</summary>
public record PersonBody
{
    public required string Name { get; init; }

    public required string Email { get; init; }

    public string? Unit { get; init; }

    public required IReadOnlyList<Role> Roles { get; init; }

    public bool Active { get; init; } = true;

    public string? Subject { get; init; }

    /// <param name="before">The person as on record, whose absences and mail preferences stay.</param>
    internal Person ToPerson(string id, string agency, Person? before) => new()
    {
        Id = id,
        Agency = agency,
        Name = Name,
        Email = Email,
        Unit = Unit,
        Roles = Roles,
        Active = Active,
        Subject = Subject,
        Absences = before?.Absences ?? [],
        Mail = before?.Mail ?? new(),
    };
}

public sealed record NewPerson : PersonBody
{
    public required string Id { get; init; }
}

/// <summary>Other content for a fact, and why.</summary>
public sealed record Correction<T> where T : Fact
{
    public required string Reason { get; init; }

    /// <summary>The fact as it should have been recorded, under its own source id.</summary>
    public required T Fact { get; init; }
}

public sealed record Withdrawal(string Reason);

/// <summary>How to begin a version.</summary>
public sealed record VersionBody
{
    public required CreateKind Kind { get; init; }

    public required DateOnly PlanDate { get; init; }

    public DateOnly? EndDate { get; init; }

    public IReadOnlyList<string>? FocusChildren { get; init; }

    public IReadOnlyList<string>? Participants { get; init; }

    /// <summary>What an update or copy brings along.</summary>
    public CopyChoices Copy { get; init; } = new();

    /// <summary>For a copy: the plan of the same case to copy from; this plan where it is left out.</summary>
    public string? CopyPlan { get; init; }

    /// <summary>For a copy: the number of the version to copy; the last one where it is left out.</summary>
    public int? CopyVersion { get; init; }
}

/// <summary>A draft as its writer leaves it.</summary>
public sealed record DraftBody
{
    public required DateOnly PlanDate { get; init; }

    /// <summary>Six calendar months after the plan date where it is left out.</summary>
    public DateOnly? EndDate { get; init; }

    public required IReadOnlyList<string> FocusChildren { get; init; }

    public IReadOnlyList<string> Participants { get; init; } = [];

    public required PlanContent Content { get; init; }
}

public sealed record ProgressBody
{
    public required Met Met { get; init; }

    public required string Narrative { get; init; }
}

public sealed record CommentsBody(string? Comments = null);

public sealed record RescissionBody
{
    public required int Version { get; init; }

    public required string Reason { get; init; }
}

/// <summary>A review; its source id is given out where it is left out, and its day is today.</summary>
public sealed record ReviewBody
{
    public string? Source { get; init; }

    public DateOnly? On { get; init; }

    public required string Attended { get; init; }

    public string? CurrentSafety { get; init; }

    public string? ProtectiveFactors { get; init; }

    public string? Progress { get; init; }

    public string? Services { get; init; }

    public string? LevelOfRisk { get; init; }

    public string? ReadyToClose { get; init; }
}

public sealed record ClosingBody
{
    public string? Source { get; init; }

    public DateOnly? On { get; init; }

    public required string Reason { get; init; }

    public bool GoalsMet { get; init; }

    public bool SafetyConcernsEliminated { get; init; }

    public string? FamilyView { get; init; }

    public string? ProviderInput { get; init; }

    public string? RemainingNeeds { get; init; }
}

public sealed record ReopeningBody
{
    public string? Source { get; init; }

    public DateOnly? On { get; init; }

    public required string Reason { get; init; }
}

public sealed record ExcusalBody
{
    public string? Source { get; init; }

    public DateOnly? On { get; init; }

    /// <summary>Key of the occurrence, as deadlines show it.</summary>
    public required string Occurrence { get; init; }

    /// <summary>Last day of the excuse.</summary>
    public required DateOnly Until { get; init; }

    public required string Reason { get; init; }
}
