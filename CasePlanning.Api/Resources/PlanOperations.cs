using CasePlanning.Api.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

/// <summary>A plan as it stands, its update and the progress on its version in effect.</summary>
internal static class PlanOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Plans",
        Define.Read<PlanDetail>("getPlan", "/api/plans/{id}", Policy.Everybody, "A plan with its stage, its versions, and what can be done with it.",
            call => call.Get<CaseReading>().Plan(call.Caller, call.Route("id"), call.Aborted), detail => detail.Revision),
        Define.Read<IReadOnlyList<DeadlineDetail>>("listPlanDeadlines", "/api/plans/{id}/deadlines", Policy.Everybody,
            "Every deadline of the plan, each with its explanation and who was told.",
            call => call.Get<CaseReading>().Deadlines(call.Caller, CaseOf(call), call.Route("id"), call.Aborted)),
        Define.Write<WhatIf, IReadOnlyList<PreviewedDeadline>>("previewPlanDeadlines", HttpMethods.Post, "/api/plans/{id}/deadlines/preview", Policy.Everybody,
            "What facts added, changed or taken away, an update today or another plan date would do to the plan's deadlines; nothing is saved.",
            (call, body) => call.Get<Preview>().Of(call.Caller, CaseOf(call), call.Route("id"), body, call.Aborted)).Repeatable(),
        Define.Read<HistoryDetail>("getPlanHistory", "/api/plans/{id}/history", Policy.Everybody, "What happened to the plan, who was told of what, and what became of the mail.",
            call => call.Get<CaseReading>().History(call.Caller, CaseOf(call), call.Route("id"), call.Aborted)),
        Define.Plain<CasePlan>("startUpdate", HttpMethods.Post, "/api/plans/{id}/update-start", Policy.WorkOnPlans, "Starts an update: progress is recorded first (CA-04).",
            call => call.Get<Drafting>().StartUpdate(call.Caller, call.Route("id"), call.Aborted), plan => plan.Revision),
        Define.Plain<CasePlan>("takeBackUpdate", HttpMethods.Delete, "/api/plans/{id}/update-start", Policy.WorkOnPlans, "Takes the start of an update back.",
            call => call.Get<Drafting>().TakeBackUpdate(call.Caller, call.Route("id"), call.Aborted), plan => plan.Revision),
        Define.Write<ProgressBody, PlanProgress>("recordProgress", HttpMethods.Put, "/api/plans/{id}/progress/{objective}", Policy.WorkOnPlans,
            "Records progress on one objective of the version in effect (CA-05).",
            (call, body) => call.Get<Drafting>().RecordProgress(call.Caller, call.Route("id"), call.Route("objective"), body.Met, body.Narrative, call.Aborted),
            progress => progress.Revision));

    /// <summary>The case a plan's id names; an id without one is the id of no case.</summary>
    internal static string CaseOf(Call call) => call.Route("id") is var id && id.Contains('.', StringComparison.Ordinal) ? CasePlan.CaseOf(id) : id;
}
