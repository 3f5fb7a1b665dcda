using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Approval;

/// <summary>What closing a plan needs (MN-15, MN-16); every unmet rule is returned at once.</summary>
public static class ClosingReadiness
{
    public static IReadOnlyList<Violation> Of(CaseFile file, PlanView view, PlanClosing closing)
    {
        var since = view.Current?.From ?? closing.On;
        var unmet = new List<Violation>();
        Need(file.Of<Assessment>().Any(each => each.What == AssessmentKind.RiskReassessment && Counts(each)), "MN-15", "Record a risk reassessment before closing.", "assessments");
        Need(Held(MeetingKind.SupervisorReview), "MN-15", "Record the supervisor's review before closing.", "meetings");
        Need(Held(MeetingKind.ClosingMeeting), "MN-15", "Record the closing meeting with the family before closing.", "meetings");
        Need(!string.IsNullOrWhiteSpace(closing.Reason), "MN-15", "Give the reason for closing.", "reason");
        Need(!string.IsNullOrWhiteSpace(closing.FamilyView), "MN-15", "Say what the family thinks should happen.", "familyView");
        Need(!string.IsNullOrWhiteSpace(closing.ProviderInput), "MN-15", "Record the service providers' input.", "providerInput");
        Need(!string.IsNullOrWhiteSpace(closing.RemainingNeeds), "MN-17", "Say which needs remain, or that none do.", "remainingNeeds");
        Need(closing.GoalsMet || Held(MeetingKind.AttorneyConsultation), "MN-16", "Goals are not met: consult the county or tribal attorney first, and record it.", "meetings");
        return unmet;

        bool Counts(Fact fact) => fact.On >= since && fact.On <= closing.On;

        bool Held(MeetingKind kind) => file.Of<Meeting>().Any(each => each.What == kind && Counts(each));

        void Need(bool holds, string rule, string message, string field)
        {
            if (!holds)
            {
                unmet.Add(new(rule, message, field, Sources.Minnesota));
            }
        }
    }
}
