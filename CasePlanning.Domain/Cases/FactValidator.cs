using System.Text.RegularExpressions;

namespace CasePlanning.Domain.Cases;

/// <summary>What every fact has to satisfy to be recorded on a case; all violations are reported at once.</summary>
public static partial class FactValidator
{
    /// <summary>Longest text of a narrative, in characters.</summary>
    public const int LongestText = 8000;

    /// <summary>The violations of a fact; empty when it can be recorded.</summary>
    /// <param name="file">The case the fact is for.</param>
    /// <param name="fact">The fact.</param>
    /// <param name="today">The agency's date.</param>
    public static IReadOnlyList<Violation> Check(CaseFile file, Fact fact, DateOnly today) =>
    [
        .. Need(SourcePattern().IsMatch(fact.Source), "The source id takes 1 to 64 letters, digits, dots, underscores or hyphens.", "source"),
        .. PlausibleDates.Check("fact", (fact.On, "on"), (UntilOf(fact), "until")),
        .. Need(fact.On <= today || !(fact.IsAct || fact is Opening or Participant or Placement),
            FormattableString.Invariant($"The date {fact.On:yyyy-MM-dd} is in the future; record it when it has happened."), "on"),
        .. Need(ChildOf(fact) is not { } child || IsChild(file, child), $"{ChildOf(fact)} is not a child on this case; record the participant first.", "child"),
        .. TextsOf(fact).SelectMany(text => Need(text.Text is null || text.Text.Length <= LongestText, FormattableString.Invariant($"A text takes at most {LongestText} characters."), text.Field)),
        .. OfKind(fact),
    ];

    private static Violation[] OfKind(Fact fact) => fact switch
    {
        Participant participant =>
        [
            .. Need(Has(participant.Name), "Give the participant's name.", "name"),
            .. Need(participant.BirthDate is not { } born || (born >= PlausibleDates.First && born <= fact.On), "The birth date can't lie after the day the participant joined the case.", "birthDate"),
            .. Need(participant.Until is null || participant.Until >= fact.On, "The last day can't lie before the first.", "until"),
        ],
        Assignment assignment => Need(assignment.Until is null || assignment.Until >= fact.On, "The last day can't lie before the first.", "until"),
        LegalRecord record => Need(Has(record.CourtNumber), "Give the court number.", "courtNumber"),
        PlanReview review => Need(Has(review.Attended), "Say who attended the review (MN-10).", "attended"),
        PlanReopening reopening => Need(Has(reopening.Reason), "Give the reason for reopening the plan.", "reason"),
        Excusal excusal =>
        [
            .. Need(Has(excusal.Reason), "Give the reason for excusing the deadline.", "reason"),
            .. Need(excusal.Until >= fact.On, "The excuse can't end before it begins.", "until"),
        ],
        Transfer => Need(false, "A case is transferred by an operation of its own; a transfer isn't recorded or corrected.", "fact"),
        _ => [],
    };

    private static Violation[] Need(bool holds, string message, string field) => holds ? [] : [new Violation("fact", message, field)];

    private static bool Has(string? text) => !string.IsNullOrWhiteSpace(text);

    private static bool IsChild(CaseFile file, string child) =>
        file.Find<Participant>(child) is { Withdrawn: null, Role: ParticipantRole.FocusChild or ParticipantRole.Child };

    private static DateOnly? UntilOf(Fact fact) => fact switch
    {
        Participant participant => participant.Until,
        Assignment assignment => assignment.Until,
        Excusal excusal => excusal.Until,
        _ => null,
    };

    private static string? ChildOf(Fact fact) => fact switch
    {
        Placement placement => placement.Child,
        Determination determination => determination.Child,
        Assessment assessment => assessment.Child,
        LegalRecord record => record.Child,
        Contact contact => contact.Child,
        Meeting meeting => meeting.Child,
        ToolCompleted tool => tool.Child,
        _ => null,
    };

    private static (string? Text, string Field)[] TextsOf(Fact fact) => fact switch
    {
        Participant participant => [(participant.Name, "name")],
        LegalRecord record => [(record.CourtNumber, "courtNumber")],
        Contact contact => [(contact.Narrative, "narrative")],
        Meeting meeting => [(meeting.Attended, "attended"), (meeting.Narrative, "narrative")],
        PlanReview review =>
        [
            (review.Attended, "attended"), (review.CurrentSafety, "currentSafety"), (review.ProtectiveFactors, "protectiveFactors"), (review.Progress, "progress"),
            (review.Services, "services"), (review.LevelOfRisk, "levelOfRisk"), (review.ReadyToClose, "readyToClose"),
        ],
        PlanClosing closing => [(closing.Reason, "reason"), (closing.FamilyView, "familyView"), (closing.ProviderInput, "providerInput"), (closing.RemainingNeeds, "remainingNeeds")],
        PlanReopening reopening => [(reopening.Reason, "reason")],
        Excusal excusal => [(excusal.Reason, "reason")],
        _ => [],
    };

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SourcePattern();
}
