using System.Text.Json;
using System.Text.Json.Serialization;
using CasePlanning.Domain.Json;

namespace CasePlanning.Domain.Clocks;

/// <summary>An agency's own file over its packs.</summary>
public sealed record RuleLayer
{
    /// <summary>Where the schema of this file is, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Options chosen, by rule and choice, e.g. <c>"mn.review.anchor": "plan-date"</c>.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Members to change, by rule, e.g. <c>"default.review": { "steps": [ … ] }</c>; null takes an optional one away.</summary>
    [ReadAs(typeof(Rule), Changes = true)]
    public IReadOnlyDictionary<string, JsonElement> Rules { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>Rules of the agency's own.</summary>
    [ReadAs(typeof(Rule))]
    public IReadOnlyList<JsonElement> Add { get; init; } = [];

    /// <summary>Days off of the agency's own, beside those its record lists.</summary>
    public IReadOnlyList<HolidayRule> Holidays { get; init; } = [];
}

/// <summary>A change of an agency's rules: from when it holds, who made it and why.</summary>
public sealed record RuleChange
{
    /// <summary>The first day it holds, in the agency's zone.</summary>
    public required DateOnly InForceFrom { get; init; }

    /// <summary>Packs from then on.</summary>
    public required IReadOnlyList<string> Packs { get; init; }

    /// <summary>The agency's own file from then on; null for none.</summary>
    public RuleLayer? Layer { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Why { get; init; }
}
