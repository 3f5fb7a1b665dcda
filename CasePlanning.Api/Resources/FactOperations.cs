using CasePlanning.Api.Pipeline;
using CasePlanning.Application.Cases;
using CasePlanning.Application.Reading;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

/// <summary>The facts of a case, a route per kind. Facts that come about by an act on a plan are recorded there, and corrected and withdrawn here.</summary>
internal static class FactOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Facts",
        [
            .. Recorded<Participant>("participants", "participant"),
            .. Recorded<Placement>("placements", "placement"),
            .. Recorded<Determination>("determinations", "determination"),
            .. Recorded<Assessment>("assessments", "assessment"),
            .. Recorded<LegalRecord>("legal-records", "legal-record"),
            .. Recorded<Assignment>("assignments", "assignment"),
            .. Recorded<Contact>("contacts", "contact"),
            .. Recorded<Meeting>("meetings", "meeting"),
            .. Recorded<ToolCompleted>("tools", "tool"),
            .. OnRecord<Opening>("openings", "opening").Where(operation => operation.Name != "withdrawOpening"),
            .. OnRecord<PlanReview>("reviews", "review"),
            .. OnRecord<PlanClosing>("closings", "closing"),
            .. OnRecord<PlanReopening>("reopenings", "reopening"),
            .. OnRecord<Excusal>("excusals", "excusal"),
        ]);

    private static IEnumerable<Operation> Recorded<T>(string plural, string kind) where T : Fact =>
        OnRecord<T>(plural, kind).Prepend(Define.Write<T, FactOnRecord>(
            $"record{Named(kind)}", HttpMethods.Post, $"/api/cases/{{id}}/{plural}", Policy.RecordFacts,
            $"Records {Some(kind)}; recording it again is harmless.", (call, fact) => call.Get<CaseFiles>().Record(call.Caller, call.Route("id"), fact, call.Aborted)).AsFact(plural));

    private static IEnumerable<Operation> OnRecord<T>(string plural, string kind) where T : Fact =>
    [
        Define.Read<FactOnRecord>($"get{Named(kind)}", $"/api/cases/{{id}}/{plural}/{{source}}", Policy.Everybody, $"{Some(kind, capital: true)} as it stands.", call => Find(call, kind)),
        Define.Write<Correction<T>, FactOnRecord>($"correct{Named(kind)}", HttpMethods.Post, $"/api/cases/{{id}}/{plural}/{{source}}/correction", Policy.RecordFacts,
            $"Corrects {Some(kind)}; what was said before stays in the history.", Correct),
        Define.Write<Withdrawal, FactOnRecord>($"withdraw{Named(kind)}", HttpMethods.Post, $"/api/cases/{{id}}/{plural}/{{source}}/withdrawal", Policy.RecordFacts,
            $"Withdraws {Some(kind)}; it stays on record with the reason and counts for nothing.",
            (call, body) => call.Get<CaseFiles>().Withdraw(call.Caller, call.Route("id"), kind, call.Route("source"), body.Reason, call.Aborted)),
    ];

    /// <summary>201 with the fact's own address when it is new, 200 when it was on record.</summary>
    public static Operation AsFact(this Operation operation, string plural) => operation.Creating<FactOnRecord>(
        (_, answer) => answer.New, answer => $"/api/cases/{answer.Case}/{plural}/{answer.Fact.Source}");

    private static async Task<Result<FactOnRecord>> Find(Call call, string kind)
    {
        var (id, source) = (call.Route("id"), call.Route("source"));
        return (await call.Get<CaseReading>().Case(call.Caller, id, call.Aborted)).Then<FactOnRecord>(detail =>
            detail.Facts.FirstOrDefault(fact => fact.Kind == kind && fact.Source == source) is { } fact
                ? new FactOnRecord(id, fact, New: false)
                : new Refusal.NotFound($"The {Words(kind)} {source}"));
    }

    private static Task<Result<FactOnRecord>> Correct<T>(Call call, Correction<T> body) where T : Fact => body.Fact.Source == call.Route("source")
        ? call.Get<CaseFiles>().Correct(call.Caller, call.Route("id"), body.Fact, body.Reason, call.Aborted)
        : Task.FromResult<Result<FactOnRecord>>(new Refusal.Invalid([new Violation("fact", "A fact keeps its source id; it is the one in the address.", "fact.source")]));

    private static string Named(string kind) => string.Concat(kind.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Words(string kind) => kind.Replace('-', ' ');

    private static string Some(string kind, bool capital = false) => $"{(capital ? "A" : "a")}{("aeio".Contains(kind[0], StringComparison.Ordinal) ? "n" : "")} {Words(kind)}";
}
