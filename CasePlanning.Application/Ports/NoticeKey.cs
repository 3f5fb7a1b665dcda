using System.Globalization;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Application.Ports;

/// <summary>What makes a step of an occurrence's reminders that one step, however often it is raised.</summary>
/// <param name="Occurrence">Rule, subject, anchor and cycle, as <see cref="Deadline.NameOf"/> joins them.</param>
/// <param name="Assignment">Source id of the assignment of the case's worker at the time.</param>
public readonly record struct NoticeKey(string Case, string Occurrence, int Round, string Step, Role Role, string Assignment)
{
    private const int Parts = 9;

    public string Rule => Occurrence[..Occurrence.IndexOf('~', StringComparison.Ordinal)];

    /// <summary>E.g. <c>child:daniel</c>, <c>plan:sample-2005-0042.placed</c>.</summary>
    public string Subject
    {
        get
        {
            var from = Rule.Length + 1;
            return Occurrence[from..Occurrence.IndexOf('~', from)];
        }
    }

    /// <summary>What a text that <see cref="ToString"/> made says; null for another.</summary>
    public static NoticeKey? Read(string text)
    {
        Span<Range> parts = stackalloc Range[Parts + 1];
        return text.AsSpan().Split(parts, '~') == Parts
            && int.TryParse(text.AsSpan(parts[5]), NumberStyles.None, CultureInfo.InvariantCulture, out var round)
            && Enum.TryParse<Role>(text.AsSpan(parts[7]), out var role)
                ? new(text[parts[0]], text[parts[1].Start..parts[4].End], round, text[parts[6]], role, text[parts[8]])
                : null;
    }

    /// <summary>All of it, joined by <c>~</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Case}~{Occurrence}~{Round}~{Step}~{Role}~{Assignment}");
}
