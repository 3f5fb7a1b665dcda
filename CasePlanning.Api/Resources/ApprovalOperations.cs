using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

internal static class ApprovalOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Approval",
        Define.Read<ReadinessDetail>("getReadiness", "/api/plans/{id}/readiness", Policy.Everybody,
            "Every rule that a version doesn't meet yet, each with its id, a sentence, the field and its source (CA-25).",
            call => call.Get<CaseReading>().ReadinessOf(call.Caller, call.Route("id"), call.Query<int>("version"), call.Aborted),
            query: new QueryParameter("version", typeof(int), "Number of the version; the one in preparation, else the one in effect, where it is left out.")),
        Define.Write<CommentsBody, CasePlan>("submitPlan", HttpMethods.Post, "/api/plans/{id}/submission", Policy.WorkOnPlans, "Submits the draft for approval; it is frozen from then on.",
            (call, body) => call.Get<Submissions>().Submit(call.Caller, call.Route("id"), body?.Comments, call.Aborted), plan => plan.Revision) with { BodyIsOptional = true },
        Define.Write<CommentsBody, CasePlan>("recallPlan", HttpMethods.Post, "/api/plans/{id}/recall", Policy.WorkOnPlans, "Takes a submission back; the version is a draft again.",
            (call, body) => call.Get<Submissions>().Recall(call.Caller, call.Route("id"), body?.Comments, call.Aborted), plan => plan.Revision) with { BodyIsOptional = true },
        Define.Write<Decision, CasePlan>("decidePlan", HttpMethods.Post, "/api/plans/{id}/decision", Policy.Decide, "Approves the submitted version, or returns it with comments.",
            (call, body) => call.Get<Submissions>().Decide(call.Caller, call.Route("id"), body, call.Aborted), plan => plan.Revision),
        Define.Write<RescissionBody, CasePlan>("rescindApproval", HttpMethods.Post, "/api/plans/{id}/rescission", Policy.WorkOnPlans,
            "Takes back an approval given in error; the version before is in effect again.",
            (call, body) => call.Get<Submissions>().Rescind(call.Caller, call.Route("id"), body.Version, body.Reason, call.Aborted), plan => plan.Revision),
        Define.Read<IReadOnlyList<ApprovalItem>>("listApprovals", "/api/approvals", Policy.Everybody, "Submitted versions that wait for a decision; first those the caller may decide.",
            async call => Define.Ok(await call.Get<TeamReading>().Approvals(call.Caller, call.Aborted))));
}
