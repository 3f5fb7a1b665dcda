using CasePlanning.Api.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain;
using CasePlanning.Domain.Plans;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

internal static class VersionOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Versions",
        Define.Write<VersionBody, VersionDocument>("createVersion", HttpMethods.Post, "/api/plans/{id}/versions", Policy.WorkOnPlans,
            "Begins a version: the initial one, a copy, or an update with the choices of CA-11.", Create)
            .Creating<VersionDocument>((_, _) => true, document => $"/api/plans/{document.Plan.Id}/versions/{document.Version.Number}", document => document.Content.Revision),
        Define.Read<VersionDetail>("getVersion", "/api/plans/{id}/versions/{n}", Policy.Everybody, "A version with its content and the progress recorded on it.",
            call => call.Get<CaseReading>().Version(call.Caller, call.Route("id"), call.RouteNumber("n"), call.Aborted), detail => detail.Revision),
        Define.Write<DraftBody, VersionDocument>("saveDraft", HttpMethods.Put, "/api/plans/{id}/versions/{n}", Policy.WorkOnPlans,
            "Saves a draft. If-Match names the ETag it was read at.", Save, document => document.Content.Revision) with { RequiresIfMatch = true },
        Define.Plain<CasePlan>("withdrawDraft", HttpMethods.Delete, "/api/plans/{id}/versions/{n}", Policy.WorkOnPlans, "Withdraws a draft; it stays on record as withdrawn.",
            call => call.Get<Drafting>().Withdraw(call.Caller, call.Route("id"), call.RouteNumber("n"), call.Aborted), plan => plan.Revision));

    private static Task<Result<VersionDocument>> Create(Call call, VersionBody body) => call.Get<Drafting>().Create(
        call.Caller,
        call.Route("id"),
        new VersionRequest
        {
            Version = new NewVersion
            {
                Kind = body.Kind,
                PlanDate = body.PlanDate,
                EndDate = body.EndDate,
                FocusChildren = body.FocusChildren,
                Participants = body.Participants,
                Copy = body.Copy,
            },
            CopyPlan = body.CopyPlan,
            CopyVersion = body.CopyVersion,
        },
        call.Aborted);

    private static Task<Result<VersionDocument>> Save(Call call, DraftBody body)
    {
        var (plan, number) = (call.Route("id"), call.RouteNumber("n"));
        if ((body.Content.Plan ?? plan) != plan || (body.Content.Version > 0 && body.Content.Version != number))
        {
            return Task.FromResult<Result<VersionDocument>>(new Refusal.Invalid(
                [new Violation("content", $"This is the content of version {body.Content.Version} of {body.Content.Plan}; the address names another one.", "content.version")]));
        }

        var head = new DraftHead(body.PlanDate, body.EndDate, body.FocusChildren, body.Participants);
        return call.Get<Drafting>().Save(call.Caller, plan, number, new DraftSave(head, body.Content, call.ReadRevision!.Value), call.Aborted);
    }
}
