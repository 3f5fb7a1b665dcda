using CasePlanning.Application.Cases;
using CasePlanning.Domain;
using CasePlanning.Domain.Approval;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Plans;

/// <summary>What is done on a plan besides writing it: reviews, closing, reopening, excusing a deadline.</summary>
public sealed class PlanActs(UnitOfWork units)
{
    public Task<Result<FactOnRecord>> Review(Caller caller, PlanReview review, CancellationToken ct) =>
        Act(caller, review.Plan, review, PlanAct.RecordReview, Access.MayWrite, (_, _) => [], ct);

    /// <summary>Closes a plan; its pending version is withdrawn and its occurrences end.</summary>
    public Task<Result<FactOnRecord>> Close(Caller caller, PlanClosing closing, CancellationToken ct) =>
        Act(caller, closing.Plan, closing, PlanAct.Close, Access.MayWrite, (work, view) => [.. ClosingReadiness.Of(work.File, view, closing), .. WhyNotClose(view, closing)], ct);

    /// <summary>Reopens a closed plan, on a later day than the one it was closed on.</summary>
    public Task<Result<FactOnRecord>> Reopen(Caller caller, PlanReopening reopening, CancellationToken ct) =>
        Act(caller, reopening.Plan, reopening, PlanAct.Reopen, Access.MaySupervise, (_, view) => WhyNotReopen(view, reopening), ct);

    /// <summary>Excuses an open deadline until a date; a supervisor's or manager's to give.</summary>
    public Task<Result<FactOnRecord>> Excuse(Caller caller, string caseId, Excusal excusal, CancellationToken ct) =>
        units.Change(caller, caseId, Access.MaySupervise, work =>
        {
            var agenda = Agenda.For(work.File, [.. work.Plans], work.Rules, Marks.None, work.By.Now);
            var deadline = agenda.Deadlines.FirstOrDefault(each => each.Occurrence == excusal.Occurrence);
            return Task.FromResult(deadline is null ? new Refusal.NotFound($"Deadline {excusal.Occurrence}")
                : deadline.IsOpen ? CaseFiles.RecordIn(work, excusal, caller)
                : new Refusal.WrongStage("Only an open deadline can be excused.", []));
        }, ct);

    private Task<Result<FactOnRecord>> Act(
        Caller caller, string planId, Fact fact, PlanAct act, Func<Caller, CaseFile, bool> may, Func<CaseWork, PlanView, IReadOnlyList<Violation>> unmet, CancellationToken ct) =>
        units.Change(caller, PlanIds.CaseOf(planId), may, work =>
        {
            if (work.View(planId) is not { } view)
            {
                return Task.FromResult<Result<FactOnRecord>>(new Refusal.NotFound($"Plan {planId}"));
            }

            if (work.File.Find(fact.Kind, fact.Source) is { Withdrawn: null } before && before.SaysTheSameAs(fact))
            {
                return Task.FromResult<Result<FactOnRecord>>(new FactOnRecord(work.File.Id, before, New: false));
            }

            if (Transitions.Refuse(view.Stage, act) is { } wrong)
            {
                return Task.FromResult<Result<FactOnRecord>>(wrong);
            }

            var reasons = unmet(work, view);
            return Task.FromResult(reasons.Count > 0
                ? new Refusal.NotReady($"It isn't possible to {Words.Of(act)} yet.", reasons)
                : CaseFiles.RecordIn(work, fact, caller));
        }, ct);

    /// <summary>A plan is closed as it stands, so not before the day its version took effect.</summary>
    private static Violation[] WhyNotClose(PlanView view, PlanClosing closing) => view.InEffect?.EffectiveOn > closing.On
        ? [new Violation("lifecycle", FormattableString.Invariant($"The version in effect took effect on {view.InEffect.EffectiveOn:yyyy-MM-dd}; the plan can't be closed before that."), "on")]
        : [];

    private static Violation[] WhyNotReopen(PlanView view, PlanReopening reopening)
    {
        if (view.Periods.Length == 0 || view.Periods[^1] is not { End: MembershipEnd.PlanClosed, To: { } closed })
        {
            return [new Violation("lifecycle", "This plan has no child left in its setting; it begins again when a child comes into it.", "plan")];
        }

        return reopening.On > closed ? [] : [new Violation("lifecycle", FormattableString.Invariant($"The plan was closed on {closed:yyyy-MM-dd}; it can be reopened from the day after. To undo a closing, withdraw it."), "on")];
    }
}
