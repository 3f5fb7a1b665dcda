using CasePlanning.Api.Pipeline;
using CasePlanning.Application.Cases;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Cases;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

internal static class CaseOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Cases",
        Define.Read<IReadOnlyList<CaseListing>>("listCases", "/api/cases", Policy.Everybody, "The cases the caller may see, by id.",
            call => call.Get<TeamReading>().Cases(call.Caller, call.Query("after"), call.Query<int>("limit"), call.Aborted),
            query:
            [
                new("after", typeof(string), "Only cases after this one, by id: the last one of the page before."),
                new("limit", typeof(int), "At most so many; a page with fewer is the last one. All where it is left out.", IsChecked: true),
            ]),
        Define.Write<NewCase, CaseFile>("openCase", HttpMethods.Post, "/api/cases", Policy.OpenCases,
            "Opens a case with its first facts; opening it again with the same content is harmless.", (call, body) => call.Get<CaseFiles>().Open(call.Caller, body, call.Aborted))
            .Creating<CaseFile>(IsNew, file => $"/api/cases/{file.Id}", file => file.Revision),
        Define.Read<CaseDetail>("getCase", "/api/cases/{id}", Policy.Everybody, "A case with its facts and plans.",
            call => call.Get<CaseReading>().Case(call.Caller, call.Route("id"), call.Aborted), detail => detail.Revision),
        Define.Write<TransferRequest, TransferredCase>("transferCase", HttpMethods.Post, "/api/cases/{id}/transfer", Policy.KeepCases,
            "Transfers the case to another agency from today on: its rules, people and calendar count from then on, and the agency that held the case no longer sees it.",
            (call, body) => call.Get<CaseTransfers>().Transfer(call.Caller, call.Route("id"), body, call.Aborted)),
        Define.Write<SealingRequest, CaseSealing>("sealCase", HttpMethods.Put, "/api/cases/{id}/sealing", Policy.KeepCases,
            "Changes whom the case is open to, or unseals it. If-Match names the ETag the case was read at.",
            (call, body) => call.Get<Sealing>().Change(call.Caller, call.Route("id"), body, call.ReadRevision!.Value, call.Aborted), sealing => sealing.Revision) with { RequiresIfMatch = true },
        Define.Write<RecoveryRequest, CaseSealing>("recoverSealedCase", HttpMethods.Post, "/api/cases/{id}/sealing/recovery", Policy.Administer,
            "Opens a sealed case to other people where nobody it is open to can decide on it any more.",
            (call, body) => call.Get<Sealing>().Recover(call.Caller, call.Route("id"), body, call.Aborted), sealing => sealing.Revision),
        Define.Read<IReadOnlyList<DeadlineDetail>>("listCaseDeadlines", "/api/cases/{id}/deadlines", Policy.Everybody,
            "Every deadline of the case and its plans, each with its explanation and who was told.",
            call => call.Get<CaseReading>().Deadlines(call.Caller, call.Route("id"), planId: null, call.Aborted)),
        Define.Write<WhatIf, IReadOnlyList<PreviewedDeadline>>("previewCaseDeadlines", HttpMethods.Post, "/api/cases/{id}/deadlines/preview", Policy.Everybody,
            "What facts added, changed or taken away would do to the case's deadlines; nothing is saved.",
            (call, body) => call.Get<Preview>().Of(call.Caller, call.Route("id"), planId: null, body, call.Aborted)).Repeatable(),
        Define.Read<HistoryDetail>("getCaseHistory", "/api/cases/{id}/history", Policy.Everybody, "What happened to the case, who was told of what, and what became of the mail.",
            call => call.Get<CaseReading>().History(call.Caller, call.Route("id"), planId: null, call.Aborted)));

    /// <summary>A case that was on record before keeps the instant it was opened here.</summary>
    private static bool IsNew(Call call, CaseFile file) => file.Revision == 1 && file.Opening?.RecordedAt == call.Now;
}
