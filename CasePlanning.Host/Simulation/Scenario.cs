using System.Text.Json.Serialization;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.People;

namespace CasePlanning.Host.Simulation;

/// <summary>An agency with its people, cases with their facts, and what people do, each on its day. Dates and times are the agency's own.</summary>
public sealed record Scenario
{
    /// <summary>Where the schema of this file is, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>What the story is, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What the story shows, and where it comes from.</summary>
    public string? Description { get; init; }

    /// <summary>Last day to play; 60 days after the last thing that happens in the file where this is missing.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The agency, with its time zone, rule packs and settings.</summary>
    public required Agency Agency { get; init; }

    /// <summary>The agency's units.</summary>
    public required IReadOnlyList<Unit> Units { get; init; }

    /// <summary>The agency's people. At least one is an administrator: the agency is founded, and facts are recorded, in that name.</summary>
    public required IReadOnlyList<Person> People { get; init; }

    /// <summary>The cases, each with its facts.</summary>
    public required IReadOnlyList<ScenarioCase> Cases { get; init; }

    /// <summary>What people do. In any order; of two at one time the first in the file comes first.</summary>
    public IReadOnlyList<ScenarioAction> Actions { get; init; } = [];
}

/// <summary>A case and what becomes known about it without anybody's doing.</summary>
public sealed record ScenarioCase
{
    /// <summary>The case number; 1 to 40 letters, digits or hyphens.</summary>
    public required string Number { get; init; }

    /// <summary>The day the case was opened.</summary>
    public required DateOnly OpenedOn { get; init; }

    /// <summary>When the opening was recorded; a date means 09:00 of that day. The day of the opening where this is missing.</summary>
    public DateTime? RecordedAt { get; init; }

    /// <summary>Id of the person who opened it; the agency's administrator where this is missing.</summary>
    public string? OpenedBy { get; init; }

    /// <summary>Id of the unit that answers for the case while nobody is assigned.</summary>
    public required string Unit { get; init; }

    /// <summary>Ids of the only people who may see the case.</summary>
    public IReadOnlyList<string>? SealedTo { get; init; }

    /// <summary>
    /// Facts, each recorded at its recordedAt, by its recordedBy (the administrator where it is missing). Without recordedAt a fact is recorded
    /// at 09:00 of its own date, and with the opening if that lies before it. Reviews, closings, reopenings and excusals are actions.
    /// </summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];
}
