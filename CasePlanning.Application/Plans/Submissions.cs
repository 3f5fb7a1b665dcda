using CasePlanning.Application.Cases;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Plans;

public enum DecisionKind { Approve, Return }

/// <summary>A supervisor's decision on a submitted version.</summary>
public sealed record Decision
{
    public required DecisionKind Kind { get; init; }

    /// <summary>Id of the request the decider has read; another one waiting since is refused as stale. Whatever waits where it is left out.</summary>
    public string? Request { get; init; }

    /// <summary>Required for a return.</summary>
    public string? Comments { get; init; }

    /// <summary>Sets a plan date that still lies ahead to the day of the approval (WI-07).</summary>
    public bool PlanDateToApprovalDate { get; init; }
}

/// <summary>Submits versions, recalls them, and takes the decision on them.</summary>
public sealed class Submissions(UnitOfWork units, ICaseStore cases, MailTexts mail)
{
    public Task<Result<CasePlan>> Submit(Caller caller, string planId, string? comments, CancellationToken ct) =>
        ChangePlan(caller, planId, Access.MayWrite, async (work, view) =>
        {
            if (view.Plan.InPreparation is not { } version)
            {
                return Transitions.Refuse(view.Stage, PlanAct.Submit) ?? new Refusal.NotFound("A draft of this plan");
            }

            var content = (await cases.FindContent(planId, version.Number, ct))!;
            return Lifecycle.Submit(work.File, view, version, content, work.Rules, comments, work.By).Then<CasePlan>(plan =>
            {
                work.Put(plan);
                work.Log("submitted", $"Version {version.Number} was submitted for approval.", planId, comments);
                var submitted = plan.Version(version.Number)!;
                var decideBy = work.Directory.DecideBy(submitted.OpenRequest!);
                foreach (var recipient in work.Recipients(Role.Supervisor, work.Directory.BarredFrom(submitted.OpenRequest!)))
                {
                    work.Send(mail.ApprovalRequest(recipient, work.File, plan, submitted, decideBy, work.By.Now));
                }

                return plan;
            });
        }, ct);

    public Task<Result<CasePlan>> Recall(Caller caller, string planId, string? comments, CancellationToken ct) =>
        ChangePlan(caller, planId, Access.MayWrite, (work, view) => Task.FromResult(
            view.Plan.InPreparation is not { } version
                ? Transitions.Refuse(view.Stage, PlanAct.Recall) ?? new Refusal.NotFound("A submitted version of this plan")
                : Lifecycle.Recall(view, version, comments, work.By).Then<CasePlan>(plan =>
                {
                    work.Put(plan);
                    work.Log("recalled", $"Version {version.Number} was recalled.", planId, comments);
                    foreach (var recipient in work.Recipients(Role.Supervisor, work.Directory.BarredFrom(version.OpenRequest!)))
                    {
                        work.Send(mail.Answer(MessageKind.Recall, recipient, work.File, plan, plan.Version(version.Number)!, work.By.Now));
                    }

                    return plan;
                })), ct);

    /// <summary>Approves or returns the pending version. Only the supervisor or whoever stands in may; the manager too once the decision is overdue.</summary>
    public Task<Result<CasePlan>> Decide(Caller caller, string planId, Decision decision, CancellationToken ct) =>
        ChangePlan(caller, planId, Access.MaySee, async (work, view) =>
        {
            if (Transitions.Refuse(view.Stage, PlanAct.Approve) is { } wrong)
            {
                return wrong;
            }

            var version = view.Plan.InPreparation!;
            if (!MayDecide(caller, work, version) && !(decision.Kind == DecisionKind.Approve && work.Directory.BarredFrom(version.OpenRequest!) == caller.Person.Id))
            {
                return new Refusal.Forbidden("This decision belongs to the case's supervisor, or to whoever stands in.");
            }

            if (decision.Request is { } read && read != version.OpenRequest!.Id)
            {
                return new Refusal.Stale($"Request {read}");
            }

            var content = (await cases.FindContent(planId, version.Number, ct))!;
            var decided = decision.Kind == DecisionKind.Return
                ? Lifecycle.Return(view, version, decision.Comments, work.By)
                : Lifecycle.Approve(work.File, view, version, content, work.Rules, decision.PlanDateToApprovalDate, decision.Comments, work.Directory.Agency.OwnApproval, work.By);
            return decided.Then<CasePlan>(plan =>
            {
                work.Put(plan);
                var (kind, word) = decision.Kind == DecisionKind.Return ? (MessageKind.Return, "returned") : (MessageKind.Decision, "approved");
                work.Log(word, $"Version {version.Number} was {word}.", planId, decision.Comments);
                foreach (var recipient in Submitter(work, version))
                {
                    work.Send(mail.Answer(kind, recipient, work.File, plan, plan.Version(version.Number)!, work.By.Now));
                }

                return plan;
            });
        }, ct);

    /// <summary>Takes back an approval given in error; the version before is in effect again.</summary>
    public Task<Result<CasePlan>> Rescind(Caller caller, string planId, int number, string reason, CancellationToken ct) =>
        ChangePlan(caller, planId, Access.MaySupervise, (work, view) => Task.FromResult(
            view.Plan.Version(number) is not { } version
                ? new Refusal.NotFound($"Version {number} of plan {planId}")
                : Lifecycle.Rescind(view, version, reason).Then<CasePlan>(plan =>
                {
                    work.Put(plan);
                    work.Log("rescinded", $"The approval of version {number} was rescinded.", planId, reason);
                    return plan;
                })), ct);

    /// <summary>True for whoever may decide on a pending version today.</summary>
    public static bool MayDecide(Caller caller, CaseWork work, PlanVersion version) =>
        work.Directory.MayDecide(caller.Person.Id, work.File, version.OpenRequest!, work.By.Today);

    private Task<Result<CasePlan>> ChangePlan(
        Caller caller, string planId, Func<Caller, Domain.Cases.CaseFile, bool> may, Func<CaseWork, PlanView, Task<Result<CasePlan>>> decide, CancellationToken ct) =>
        units.Change(caller, PlanIds.CaseOf(planId), may, work => work.View(planId) is { } view
            ? decide(work, view)
            : Task.FromResult<Result<CasePlan>>(new Refusal.NotFound($"Plan {planId}")), ct);

    /// <summary>Whoever submitted it, or stands in for them; the worker if nobody does and that person has left or may not know of the case any more.</summary>
    private static IReadOnlyList<Recipient> Submitter(CaseWork work, PlanVersion version)
    {
        var submitter = work.Directory.Person(version.Requests[^1].SubmittedBy);
        var reader = submitter is null ? null : work.Directory.StandIn(submitter.Id, work.By.Today) ?? submitter;
        return reader is { Active: true } && work.File.IsOpenTo(reader.Id)
            ? [new Recipient(reader, Role.Worker, reader == submitter ? null : $"you stand in for {submitter!.Name}")]
            : work.Recipients(Role.Worker);
    }
}
