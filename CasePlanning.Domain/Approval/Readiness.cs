using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Approval;

public enum Blocks { Nothing, Approval, Submission }

/// <summary>One rule that a version doesn't meet: what it blocks (a warning blocks nothing), and what to fix.</summary>
public sealed record UnmetRule(Blocks Blocks, Violation Violation);

/// <summary>Where the rules come from.</summary>
public static class Sources
{
    public const string California = "California CWS/CMS, Creating a Case Plan Update";
    public const string Michigan = "MiTEAM, Practice Guide for Supervisors";
    public const string Minnesota = "Minnesota Module 12, Case Planning Basics";
    public const string Wisconsin = "Wisconsin eWiSACWIS, Case Plan";
}

/// <summary>What still keeps a version from approval. Every unmet rule is returned at once, each with its id, a sentence, the field and its source (CA-25).</summary>
public static class Readiness
{
    /// <summary>The age from which a participant is asked to sign.</summary>
    public const int SigningAge = 12;

    /// <param name="progress">Progress recorded on the version in effect, or null.</param>
    public static IReadOnlyList<UnmetRule> Of(CaseFile file, PlanView view, PlanVersion version, PlanContent content, PlanProgress? progress, RuleBook rules, DateOnly today) =>
    [
        .. Children(file, view, version, today),
        .. Dates(view, version, rules, today),
        .. Safety(file, version, content),
        .. Signatures(file, version, content, today),
        .. view.Plan.Setting == Setting.AtHome ? CpsPlan(content) : [],
        .. Warnings(content, progress),
    ];

    private static IEnumerable<UnmetRule> Children(CaseFile file, PlanView view, PlanVersion version, DateOnly today)
    {
        var possible = view.FocusChildren(today).ToHashSet(StringComparer.Ordinal);
        foreach (var child in version.FocusChildren)
        {
            if (!possible.Contains(child))
            {
                yield return Unmet("MN-03", $"{file.NameOf(child)} is no longer a focus child {Words.Of(view.Plan.Setting)}; take the child off this version.", "focusChildren", Sources.Minnesota);
            }

            if (file.Find<Participant>(child)?.PersonType is null)
            {
                yield return Unmet("WI-04", $"The person type of {file.NameOf(child)} is missing.", "personType", Sources.Wisconsin);
            }
        }
    }

    private static IEnumerable<UnmetRule> Dates(PlanView view, PlanVersion version, RuleBook rules, DateOnly today)
    {
        if (version.PlanDate > today && rules.FuturePlanDateBlocksApproval(today))
        {
            yield return new(Blocks.Approval, new("WI-07", FormattableString.Invariant($"The plan date, {version.PlanDate:yyyy-MM-dd}, is in the future; on approval it can be set to the day of the approval."), "planDate", Sources.Wisconsin));
        }

        if (view.InEffect is { } inEffect && inEffect.Number != version.Number && version.PlanDate < inEffect.PlanDate)
        {
            yield return Unmet("WI-07", FormattableString.Invariant($"The plan date can't be before {inEffect.PlanDate:yyyy-MM-dd}, that of the version in effect."), "planDate", Sources.Wisconsin);
        }
    }

    private static IEnumerable<UnmetRule> Safety(CaseFile file, PlanVersion version, PlanContent content)
    {
        var isCps = version.FocusChildren.Any(child => file.Find<Participant>(child)?.PersonType == PersonType.Cps);
        var associated = content.Safety?.Assessment is { } source ? file.Find<Assessment>(source) : null;
        if (isCps && associated is not { What: AssessmentKind.Safety, Withdrawn: null })
        {
            yield return Unmet("WI-11", "Associate the safety assessment with the plan; a plan for a child with person type CPS needs one.", "content.safety.assessment", Sources.Wisconsin);
        }
    }

    private static IEnumerable<UnmetRule> Signatures(CaseFile file, PlanVersion version, PlanContent content, DateOnly today)
    {
        foreach (var participant in version.FocusChildren.Concat(version.Participants))
        {
            if (file.Find<Participant>(participant)?.AgeOn(version.PlanDate) < SigningAge)
            {
                continue;
            }

            var entry = content.Signatures.FirstOrDefault(each => string.Equals(each.Participant, participant, StringComparison.Ordinal));
            var refused = entry?.RefusedToSign ?? entry?.RefusedToParticipate;
            if (refused is not null && string.IsNullOrWhiteSpace(entry!.Comments))
            {
                yield return Unmet("CA-14", $"Give the reason why {file.NameOf(participant)} refused.", "content.signatures", Sources.California);
            }
            else if (refused is null && (entry?.Signed is null || entry.Signed < version.CreatedOn || entry.Signed > today))
            {
                var prior = entry?.PriorSigned ?? (entry?.Signed <= today ? entry.Signed : null);
                yield return Unmet(
                    "CA-14",
                    prior is null ? $"Record that {file.NameOf(participant)} signed, or refused and why." : FormattableString.Invariant($"{file.NameOf(participant)} signed on {prior:yyyy-MM-dd}, before this version; that is shown as prior and doesn't count. Record a signature for this version, or the refusal and why."),
                    "content.signatures",
                    Sources.California);
            }
        }
    }

    private static IEnumerable<UnmetRule> CpsPlan(PlanContent content)
    {
        var cps = content.Cps ?? new CpsSection();
        (string Field, string What, bool Given)[] elements =
        [
            ("caseInformation", "the case information", Has(cps.CaseInformation)),
            ("persons", "the persons involved", Has(cps.Persons)),
            ("reasons", "the safety and risk factors that make services needed", Has(cps.Reasons)),
            ("familyStrengths", "the family's strengths", Has(cps.FamilyStrengths)),
            ("familyNeeds", "the family's needs", Has(cps.FamilyNeeds)),
            ("goals", "the goals", Has(cps.Goals)),
            ("whatMustHappen", "what must happen to reach the goals", Has(cps.WhatMustHappen)),
            ("otherNeeds", "other educational, physical or mental-health needs of any child in the home, or that there are none", Has(cps.OtherNeeds)),
            ("reviewOn", "when the plan will be reviewed", cps.ReviewOn is not null),
            ("ifBehaviorDoesNotChange", "what will happen if behavior does not change", Has(cps.IfBehaviorDoesNotChange)),
        ];
        return elements.Where(element => !element.Given).Select(element => Unmet("MN-04", $"The CPS plan still has to say {element.What}.", $"content.cps.{element.Field}", Sources.Minnesota));
    }

    /// <summary>Slips that the California guide's own screens show; they are pointed out and block nothing.</summary>
    private static IEnumerable<UnmetRule> Warnings(PlanContent content, PlanProgress? progress)
    {
        foreach (var same in AlikeIn(progress?.Objectives ?? []).Where(group => group.Count > 1))
        {
            yield return new(Blocks.Nothing, new("CA-04", $"Objectives {string.Join(" and ", same.Select(each => each.Objective))} carry the same progress narrative.", "progress", Sources.California));
        }

        if (content.Appropriateness.Contains("family maintenance", StringComparison.OrdinalIgnoreCase)
            && content.ChildGoals.Any(goal => goal.Component == ServiceComponent.FamilyReunification))
        {
            yield return new(Blocks.Nothing, new("CA-13", "The appropriateness description speaks of Family Maintenance while a child's service component is Family Reunification.", "content.appropriateness", Sources.California));
        }
    }

    /// <summary>Objectives by narrative; narratives that share four words of five are taken for one. The guide's own two differ in three.</summary>
    private static List<List<ObjectiveProgress>> AlikeIn(IEnumerable<ObjectiveProgress> objectives)
    {
        var groups = new List<List<ObjectiveProgress>>();
        foreach (var each in objectives)
        {
            if (groups.Find(group => AreAlike(WordsOf(group[0].Narrative), WordsOf(each.Narrative))) is { } group)
            {
                group.Add(each);
            }
            else
            {
                groups.Add([each]);
            }
        }

        return groups;
    }

    private static bool AreAlike(HashSet<string> one, HashSet<string> other) => one.Intersect(other).Count() * 5 >= one.Union(other).Count() * 4;

    private static HashSet<string> WordsOf(string narrative) =>
        narrative.Split([' ', '\n', '\r', '\t', '.', ',', ';', ':'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static bool Has(string text) => !string.IsNullOrWhiteSpace(text);

    private static UnmetRule Unmet(string rule, string message, string field, string source) => new(Blocks.Submission, new(rule, message, field, source));
}
