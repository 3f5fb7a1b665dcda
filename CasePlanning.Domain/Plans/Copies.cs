namespace CasePlanning.Domain.Plans;

/// <summary>Brings a version's content into a new one (WI-03, CA-11, CA-12).</summary>
internal static class Copies
{
    public static PlanContent Of(PlanContent original, string plan, PlanVersion to, PlanVersion source, NewVersion asked, PlanProgress? progress)
    {
        var choices = asked.Copy;
        return original with
        {
            Plan = plan,
            Version = to.Number,
            Revision = 1,
            Appropriateness = choices.Appropriateness && source.Kind != VersionKind.Initial ? original.Appropriateness : "",
            Strengths = choices.FamilyStrengths ? original.Strengths : [],
            ContributingFactors = choices.ContributingFactors ? original.ContributingFactors : [],
            PlannedServices = choices.PlannedServices ? original.PlannedServices : [],
            ServiceObjectives = choices.Objectives switch
            {
                CopyObjectives.All => original.ServiceObjectives,
                CopyObjectives.AllNotMet => [.. original.ServiceObjectives.Where(objective => progress?.For(objective.Id)?.Met != Met.Yes)],
                _ => [],
            },
            Signatures = [.. original.Signatures.Select(Prior)],
        };
    }

    /// <summary>A signature given on an earlier version is shown as prior and never counts for this one (CA-14).</summary>
    private static Signature Prior(Signature given) => new() { Participant = given.Participant, PriorSigned = given.Signed ?? given.PriorSigned };
}
