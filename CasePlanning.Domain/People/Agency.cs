using System.Globalization;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.People;

/// <summary>A county, a tribe or a private agency, with its zone, days and choices.</summary>
public sealed record Agency
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>IANA time zone, e.g. <c>America/Los_Angeles</c>. Every date of the agency's cases is a date there.</summary>
    public required string Zone { get; init; }

    /// <summary>When reminders go out on a working day, local time.</summary>
    public TimeOnly Morning { get; init; } = new(7, 0);

    public IReadOnlyList<DayOfWeek> WorkingDays { get; init; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>The agency's own days off.</summary>
    public IReadOnlyList<DateOnly> Holidays { get; init; } = [];

    /// <summary>Ids of the rule packs its cases are under from the beginning.</summary>
    public IReadOnlyList<string> Packs { get; init; } = ["default"];

    /// <summary>Changes of its packs and of its own file over them, each with the day it is in force from.</summary>
    public IReadOnlyList<RuleChange> RuleChanges { get; init; } = [];

    /// <summary>Changes of settings that dates are counted with, the first one first.</summary>
    public IReadOnlyList<SettingsChange> SettingsChanges { get; init; } = [];

    /// <summary>Working days a supervisor has to decide on a submitted plan.</summary>
    public int ApprovalWorkingDays { get; init; } = 5;

    /// <summary>Whether somebody may approve a version they submitted (CA-26).</summary>
    public bool OwnApproval { get; init; }

    public int Revision { get; init; } = 1;

    /// <summary>The settings dates are counted with that differ in another state of the agency.</summary>
    public IReadOnlyList<MovedSetting> SettingsMovedBy(Agency after) =>
    [
        .. new MovedSetting[]
        {
            new("zone", Zone, after.Zone),
            new("morning", Text(Morning), Text(after.Morning)),
            new("workingDays", Text(WorkingDays), Text(after.WorkingDays)),
            new("holidays", Text(Holidays), Text(after.Holidays)),
            new("approvalWorkingDays", Text(ApprovalWorkingDays), Text(after.ApprovalWorkingDays)),
        }.Where(setting => setting.Before != setting.After),
    ];

    private static string Text(IFormattable value) => value is TimeOnly ? value.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : value.ToString(null, CultureInfo.InvariantCulture);

    private static string Text(IEnumerable<DayOfWeek> days) => string.Join(", ", days.Distinct().OrderBy(day => ((int)day + 6) % 7).Select(day => day.ToString().ToLowerInvariant()));

    private static string Text(IEnumerable<DateOnly> days) => string.Join(", ", days.Distinct().Order().Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    /// <summary>Its zone, mornings and working days; throws <see cref="InvalidDataException"/> for packs that can't be used.</summary>
    public Clocks.Calendar Calendar() => RuleBook.For(this).Calendar;
}

/// <summary>A setting as it was and as it became, in words.</summary>
public sealed record MovedSetting(string Name, string Before, string After);

/// <summary>A change of settings that dates are counted with: what became of them, who made it and why.</summary>
public sealed record SettingsChange
{
    public required IReadOnlyList<MovedSetting> What { get; init; }

    /// <summary>Id of the person who made it.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Why { get; init; }
}

public sealed record Unit
{
    public required string Id { get; init; }

    public required string Agency { get; init; }

    public required string Name { get; init; }

    /// <summary>Id of the person who supervises the unit, or null while nobody does.</summary>
    public string? Supervisor { get; init; }

    /// <summary>Id of the supervisor's supervisor, or null.</summary>
    public string? Manager { get; init; }

    public int Revision { get; init; } = 1;
}

public sealed record Person
{
    public required string Id { get; init; }

    public required string Agency { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    /// <summary>The unit the person works in, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>What the person may do.</summary>
    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary>False once the person has left; nothing is sent to them any more.</summary>
    public bool Active { get; init; } = true;

    /// <summary>The subject their tokens carry; their e-mail address where this is null.</summary>
    public string? Subject { get; init; }

    public IReadOnlyList<Absence> Absences { get; init; } = [];

    /// <summary>How the person wants their mail.</summary>
    public MailPreferences Mail { get; init; } = new();

    public int Revision { get; init; } = 1;

    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>The absence on a date, one with cover before one without; null when the person is there.</summary>
    public Absence? AbsenceOn(DateOnly date) => Absences.Where(absence => absence.From <= date && date <= absence.To).MinBy(absence => absence.Cover is null);
}

/// <summary>How often what isn't mandatory is gathered into a digest.</summary>
public enum DigestRhythm { Daily, Weekly }

/// <summary>How somebody wants their mail. Nothing in it keeps back what a rule pack marks as mandatory, nor immediate mail.</summary>
public sealed record MailPreferences
{
    /// <summary>Days ahead that the weekly summary and extra lead time may reach.</summary>
    public const int MostLeadDays = 60;

    /// <summary>When digests come, in the agency's zone; the agency's morning where this is null. Not before that morning.</summary>
    public TimeOnly? Hour { get; init; }

    /// <summary>Weekly: what isn't mandatory waits for the first working morning of a week.</summary>
    public DigestRhythm Rhythm { get; init; }

    /// <summary>So many calendar days before the first reminder the person is told already. For those who lead a unit the weekly summary looks so much further ahead.</summary>
    public int ExtraLeadDays { get; init; }

    /// <summary>Whether somebody who leads a unit gets the weekly summary of it.</summary>
    public bool WeeklySummary { get; init; } = true;
}

/// <summary>Days on which somebody else stands in.</summary>
public sealed record Absence
{
    public required string Id { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day of the absence.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Id of the person who stands in, or null when nobody does.</summary>
    public string? Cover { get; init; }
}
