using CasePlanning.Domain.Approval;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Plans;

/// <summary>What every draft has to satisfy before it can be saved at all.</summary>
internal static class Drafts
{
    public static IReadOnlyList<Violation> Check(CaseFile file, PlanView view, PlanVersion version, Actor by)
    {
        var violations = new List<Violation>();
        if (!by.IsAssignedTo(file))
        {
            violations.Add(new("WI-01", "Only somebody assigned to the case can write its plan.", null, Sources.Wisconsin));
        }

        if (version.FocusChildren.Count == 0)
        {
            violations.Add(new("WI-02", "Choose at least one focus child.", "focusChildren", Sources.Wisconsin));
        }

        var possible = view.FocusChildren(by.Today).ToArray();
        violations.AddRange(version.FocusChildren.Except(possible, StringComparer.Ordinal).Select(child =>
            new Violation("MN-03", $"{file.NameOf(child)} is not a focus child {Words.Of(view.Plan.Setting)}; this plan is for {string.Join(", ", possible.Select(file.NameOf))}.", "focusChildren", Sources.Minnesota)));
        violations.AddRange(version.FocusChildren.Select(file.Find<Participant>).Where(child => child is { PersonType: null }).Select(child =>
            new Violation("WI-04", $"The person type of {child!.Name} is missing; together with the plan date it decides the kind of plan.", "personType", Sources.Wisconsin)));
        violations.AddRange(version.Participants.Where(other => file.Find<Participant>(other) is null or { Withdrawn: not null }).Select(other =>
            new Violation("CA-09", $"{other} is not a participant of the case.", "participants", Sources.California)));
        violations.AddRange(version.Participants.Intersect(version.FocusChildren, StringComparer.Ordinal).Select(both =>
            new Violation("CA-09", $"{file.NameOf(both)} is a focus child and can't be listed among the other participants.", "participants", Sources.California)));
        violations.AddRange(PlausibleDates.Check("WI-06", (version.PlanDate, "planDate"), (version.EndDate, "endDate")));
        if (version.EndDate <= version.PlanDate && PlausibleDates.Contains(version.PlanDate))
        {
            violations.Add(new("CA-10", "The end date must lie after the plan date.", "endDate", Sources.California));
        }

        if (view.InEffect is { } inEffect && version.PlanDate < inEffect.PlanDate)
        {
            violations.Add(new("WI-07", FormattableString.Invariant($"The plan date can't be before {inEffect.PlanDate:yyyy-MM-dd}, that of the version in effect."), "planDate", Sources.Wisconsin));
        }

        return violations;
    }
}
