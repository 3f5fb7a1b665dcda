using CasePlanning.Domain.Approval;
using CasePlanning.Domain.Cases;

namespace CasePlanning.Domain.Plans;

/// <summary>What a draft's content has to satisfy to be saved: it speaks of people and court numbers the case knows, and its ids are its own.</summary>
public static class ContentValidator
{
    /// <summary>Most characters of a version's content as stored JSON, so that every store can carry it.</summary>
    public const int LargestContent = 600_000;

    public static IReadOnlyList<Violation> Check(CaseFile file, PlanContent content)
    {
        var people = file.Of<Participant>().Select(each => each.Source).ToHashSet(StringComparer.Ordinal);
        var courts = file.Of<LegalRecord>().Select(each => each.CourtNumber).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. content.CourtNumbers.Where(number => !courts.Contains(number)).Select(number =>
                new Violation("WI-08", $"Court number {number} is not in the case's legal record.", "content.courtNumbers", Sources.Wisconsin)),
            .. People(content).Where(used => !people.Contains(used.Person)).Select(used =>
                new Violation("CA-09", $"{used.Person} is not a participant of the case.", used.Field, Sources.California)),
            .. Ids(content).SelectMany(list => list.Ids.GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same =>
                new Violation("content", $"The id {same.Key} is used {same.Count()} times; give each entry its own.", list.Field))),
            .. content.ServiceObjectives.Where(objective => string.IsNullOrWhiteSpace(objective.Objective)).Select(objective =>
                new Violation("CA-08", $"Say what objective {objective.Id} is.", "content.serviceObjectives", Sources.California)),
            .. from condition in Conditions(content)
               from goal in condition.Goals
               from service in goal.Services
               where service.Ends < service.Begins
               select new Violation("WI-13", $"Service {service.Id} can't end before it begins.", "content.targetGroups", Sources.Wisconsin),
        ];
    }

    private static IEnumerable<(string Person, string Field)> People(PlanContent content) =>
        content.ChildGoals.Select(goal => (goal.Child, "content.childGoals"))
            .Concat(content.Signatures.Select(signature => (signature.Participant, "content.signatures")))
            .Concat(content.ContributingFactors.SelectMany(factor => factor.Participants).Select(person => (person, "content.contributingFactors")))
            .Concat(content.ServiceObjectives.Select(objective => (objective.Participant, "content.serviceObjectives")))
            .Concat(content.Strengths.SelectMany(item => item.Participants).Select(person => (person, "content.strengths")))
            .Concat(content.PlannedServices.SelectMany(item => item.Participants).Select(person => (person, "content.plannedServices")))
            .Concat(content.CaseManagementServices.SelectMany(item => item.Participants).Select(person => (person, "content.caseManagementServices")))
            .Concat(Conditions(content).SelectMany(condition => condition.Participants).Select(person => (person, "content.targetGroups")));

    private static IEnumerable<(IEnumerable<string> Ids, string Field)> Ids(PlanContent content) =>
    [
        (content.ServiceObjectives.Select(each => each.Id), "content.serviceObjectives"),
        (content.ContributingFactors.Select(each => each.Id), "content.contributingFactors"),
        (content.Strengths.Select(each => each.Id), "content.strengths"),
        (content.PlannedServices.Select(each => each.Id), "content.plannedServices"),
        (content.CaseManagementServices.Select(each => each.Id), "content.caseManagementServices"),
        (content.Signatures.Select(each => each.Participant), "content.signatures"),
        (content.ChildGoals.Select(each => each.Child), "content.childGoals"),
        (Conditions(content).Select(each => each.Id), "content.targetGroups"),
    ];

    private static IEnumerable<Condition> Conditions(PlanContent content) => content.TargetGroups.SelectMany(group => group.Conditions);
}
