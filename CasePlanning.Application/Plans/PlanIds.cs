using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Plans;

internal static class PlanIds
{
    /// <summary>The case a plan id names; the id itself where it isn't one of a plan, which then is the id of no case.</summary>
    public static string CaseOf(string planId) => planId.Contains('.', StringComparison.Ordinal) ? CasePlan.CaseOf(planId) : planId;
}
