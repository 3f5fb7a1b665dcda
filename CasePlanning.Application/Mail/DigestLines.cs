using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Mail;

/// <summary>One line of a digest: duties of a case that the same act meets on the same day, with every reason and source.</summary>
/// <param name="Request">Id of the request to decide on, where that is what is due.</param>
/// <param name="IsMissed">True for a report of what can't be done any more.</param>
/// <param name="Because">Why it came to its reader, where they aren't the first in line.</param>
public sealed record DigestLine(
    string Case, string CaseNumber, string? Plan, string? Request, string What, string When, DateOnly Due, bool IsMissed, IReadOnlyList<string> Reasons, IReadOnlyList<string> Because);

public sealed record DigestGroup(string Title, Tone Tone, IReadOnlyList<DigestLine> Lines);

/// <summary>Orders a person's items by what to do first: overdue, today, within a week, later; and then what was missed.</summary>
public static class DigestLines
{
    public static IReadOnlyList<DigestGroup> Of(IReadOnlyList<InboxItem> items, DateOnly today)
    {
        // A later step of an occurrence says everything an earlier one said.
        var latest = items.GroupBy(item => (item.Case, item.Occurrence)).Select(same => same.MaxBy(item => item.RaisedAt)!);
        return
        [
            .. latest.GroupBy(item => (item.Case, item.Plan, item.MetBy, item.Due))
                .Select(same => Line([.. same.OrderBy(item => item.Rule, StringComparer.Ordinal).ThenBy(item => item.Key, StringComparer.Ordinal)], today))
                .OrderBy(line => line.IsMissed).ThenBy(line => line.Due).ThenBy(line => line.CaseNumber, StringComparer.Ordinal)
                .GroupBy(line => (line.IsMissed, Tone: line.IsMissed ? Tone.Calm : ToneOf(line.Due, today)))
                .Select(group => new DigestGroup(group.Key.IsMissed ? "Missed" : TitleOf(group.Key.Tone), group.Key.Tone, [.. group])),
        ];
    }

    /// <summary>A case's deadlines, those together that one act meets on one day.</summary>
    internal static IEnumerable<Deadline[]> Together(IEnumerable<Deadline> ofCase) =>
        ofCase.GroupBy(deadline => (deadline.Plan, deadline.Rule.MetBy, deadline.Due)).Select(same => same.ToArray());

    /// <summary>What is due by them, each rule's name once, and in which plan.</summary>
    internal static string WhatOf(Deadline[] same) =>
        string.Join(" and ", same.Select(deadline => deadline.Rule.Name).Distinct(StringComparer.Ordinal)) + SettingOf(same[0].Plan);

    /// <summary>How far off a date is, in words.</summary>
    public static string When(DateOnly due, DateOnly today) => (due.DayNumber - today.DayNumber) switch
    {
        -1 => $"1 day overdue, since {MailTexts.Day(due)}",
        < 0 and var late => $"{-late} days overdue, since {MailTexts.Day(due)}",
        0 => "due today",
        1 => $"due tomorrow, {MailTexts.Day(due)}",
        var left => $"due in {left} days, {MailTexts.Day(due)}",
    };

    /// <summary>Tells a case's two plans apart without naming anybody.</summary>
    internal static string SettingOf(string? plan) => plan is null ? "" : $" ({Words.Of(CasePlan.SettingOf(plan))})";

    private static DigestLine Line(InboxItem[] same, DateOnly today) => new(
        same[0].Case,
        same[0].CaseNumber,
        same[0].Plan,
        same[0].Request,
        string.Join(" and ", same.Select(item => item.RuleName).Distinct(StringComparer.Ordinal)) + For(same) + SettingOf(same[0].Plan),
        IsMissed(same) ? $"missed; it was due {MailTexts.Day(same[0].Due)}" : When(same[0].Due, today),
        same[0].Due,
        IsMissed(same),
        [
            .. same.Select(item => $"{(same.Any(other => other.RuleName != item.RuleName) ? $"{item.RuleName}: " : "")}{MailTexts.Capital(item.Reason)} Source: {item.Source}.").Distinct(StringComparer.Ordinal),
        ],
        [.. same.Select(item => item.Because).OfType<string>().Distinct(StringComparer.Ordinal)]);

    private static bool IsMissed(InboxItem[] same) => same.All(item => item.Step == LedgerChange.MissedReport);

    /// <summary>How many children a line is about, where it is more than one; never which.</summary>
    private static string For(InboxItem[] same) =>
        same.Select(item => item.Occurrence.Split('~')[1]).Where(subject => subject.StartsWith("child:", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Count() is > 1 and var children
            ? $" for {children} children"
            : "";

    internal static Tone ToneOf(DateOnly due, DateOnly today) =>
        due < today ? Tone.Late : due == today ? Tone.Now : due <= today.AddDays(7) ? Tone.Soon : Tone.Calm;

    private static string TitleOf(Tone tone) => tone switch
    {
        Tone.Late => "Overdue",
        Tone.Now => "Today",
        Tone.Soon => "Within a week",
        _ => "Later",
    };
}
