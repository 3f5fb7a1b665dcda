using System.Globalization;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Application.Ports;

/// <summary>What makes a step of an occurrence's reminders that one step, however often it is raised.</summary>
/// <param name="Occurrence">Rule, subject, anchor and cycle, as <see cref="Deadline.NameOf"/> joins them.</param>
/// <param name="Assignment">Source id of the assignment of the case's worker at the time.</param>
public readonly record struct NoticeKey(string Case, string Occurrence, int Round, string Step, Role Role, string Assignment)
{
    private const int Parts = 9;
    private const int OccurrenceParts = 4;

    public string Rule => Occurrence.Split('~')[0];

    /// <summary>E.g. <c>child:daniel</c>, <c>plan:sample-2005-0042.placed</c>.</summary>
    public string Subject => Occurrence.Split('~')[1];

    /// <summary>What a text that <see cref="ToString"/> made says; null for another.</summary>
    public static NoticeKey? Read(string text) =>
        text.Split('~') is { Length: Parts } parts
        && int.TryParse(parts[1 + OccurrenceParts], NumberStyles.None, CultureInfo.InvariantCulture, out var round)
        && Enum.TryParse<Role>(parts[^2], out var role)
            ? new(parts[0], string.Join('~', parts, 1, OccurrenceParts), round, parts[^3], role, parts[^1])
            : null;

    /// <summary>All of it, joined by <c>~</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Case}~{Occurrence}~{Round}~{Step}~{Role}~{Assignment}");
}
