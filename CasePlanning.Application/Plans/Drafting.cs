using System.Text.Json;
using CasePlanning.Application.Cases;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Plans;

/// <summary>A request for a new version; <see cref="CopyPlan"/> and <see cref="CopyVersion"/> choose what to copy where its kind is a copy.</summary>
public sealed record VersionRequest
{
    public required NewVersion Version { get; init; }

    /// <summary>Plan of the same case to copy from; this plan where null.</summary>
    public string? CopyPlan { get; init; }

    public int? CopyVersion { get; init; }
}

/// <summary>A draft's head and content as its writer sends them, with the revision they were read at.</summary>
public sealed record DraftSave(DraftHead Head, PlanContent Content, int ReadRevision);

/// <summary>A version with its content and the progress recorded on it.</summary>
public sealed record VersionDocument(CasePlan Plan, PlanVersion Version, PlanContent Content, PlanProgress? Progress);

/// <summary>Writes versions: creates, saves and withdraws drafts, starts updates, records progress.</summary>
public sealed class Drafting(UnitOfWork units, ICaseStore cases)
{
    public Task<Result<VersionDocument>> Create(Caller caller, string planId, VersionRequest asked, CancellationToken ct) =>
        ChangePlan(caller, planId, async (work, view) =>
        {
            var sourcePlan = work.View(asked.Version.Kind == CreateKind.Copy ? asked.CopyPlan ?? planId : planId)?.Plan;
            var source = asked.Version.Kind switch
            {
                CreateKind.Update => view.InEffect,
                CreateKind.Copy => asked.CopyVersion is { } number ? sourcePlan?.Version(number) : (sourcePlan is { Versions: [.., var last] } ? last : null),
                _ => null,
            };
            if (asked.Version.Kind == CreateKind.Copy && source is null)
            {
                return new Refusal.Invalid([new Violation("WI-03", "Choose the version to copy; it must be one of a plan of this case.", "copyVersion")]);
            }

            var content = source is null ? null : await cases.FindContent(sourcePlan!.Id, source.Number, ct);
            var progress = source is null ? null : await cases.FindProgress(sourcePlan!.Id, source.Number, ct);
            return Lifecycle.Create(work.File, view, asked.Version, source, content, progress, work.By).Then<VersionDocument>(made =>
            {
                work.Put(made.Plan);
                work.Put(made.Content);
                work.Log("drafted", $"Version {made.Version.Number} was created as {(made.Version.Kind == VersionKind.Update ? "an update" : "an initial plan")}.", planId);
                return new VersionDocument(made.Plan, made.Version, made.Content, null);
            });
        }, ct);

    public Task<Result<VersionDocument>> Save(Caller caller, string planId, int number, DraftSave draft, CancellationToken ct) =>
        ChangeVersion(caller, planId, number, async (work, view, version) =>
        {
            var before = (await cases.FindContent(planId, number, ct))!;
            if (before.Revision != draft.ReadRevision)
            {
                return new Refusal.Stale($"Version {number}");
            }

            var content = draft.Content with { Plan = planId, Version = number, Revision = before.Revision + 1, Signatures = KeepPrior(draft.Content.Signatures, before.Signatures) };
            return Lifecycle.SaveDraft(work.File, view, version, draft.Head, work.By).Then<VersionDocument>(plan =>
            {
                Violation[] violations = [.. ContentValidator.Check(work.File, content), .. CheckLength(content)];
                if (violations.Length > 0)
                {
                    return new Refusal.Invalid(violations);
                }

                work.Put(plan);
                work.Put(content);
                work.Log("saved", $"The draft of version {number} was saved.", planId);
                return new VersionDocument(plan, plan.Version(number)!, content, null);
            });
        }, ct);

    public Task<Result<CasePlan>> Withdraw(Caller caller, string planId, int number, CancellationToken ct) =>
        ChangeVersion(caller, planId, number, (work, view, version) => Task.FromResult(Lifecycle.WithdrawDraft(view, version).Then<CasePlan>(plan =>
        {
            work.Put(plan);
            work.Log("withdrawn", $"The draft of version {number} was withdrawn.", planId);
            return plan;
        })), ct);

    public Task<Result<CasePlan>> StartUpdate(Caller caller, string planId, CancellationToken ct) =>
        ChangePlan(caller, planId, (work, view) => Task.FromResult(Lifecycle.StartUpdate(view, work.By.Today).Then<CasePlan>(plan =>
        {
            work.Put(plan);
            return plan;
        })), ct);

    public Task<Result<CasePlan>> TakeBackUpdate(Caller caller, string planId, CancellationToken ct) =>
        ChangePlan(caller, planId, (work, view) => Task.FromResult(Lifecycle.TakeBackUpdate(view).Then<CasePlan>(plan =>
        {
            work.Put(plan);
            return plan;
        })), ct);

    public Task<Result<PlanProgress>> RecordProgress(Caller caller, string planId, string objective, Met met, string narrative, CancellationToken ct) =>
        ChangePlan(caller, planId, async (work, view) =>
        {
            var number = view.InEffect?.Number ?? 0;
            var content = number == 0 ? null : await cases.FindContent(planId, number, ct);
            var before = number == 0 ? null : await cases.FindProgress(planId, number, ct);
            return Lifecycle.RecordProgress(view, content, before, objective, met, narrative, work.By).Then<PlanProgress>(progress =>
            {
                work.Put(progress);
                work.Log("progress", $"Progress on objective {objective} of version {number} was recorded.", planId);
                return progress;
            });
        }, ct);

    private static Violation[] CheckLength(PlanContent content) =>
        JsonSerializer.Serialize(content, ApplicationJson.Options).Length <= ContentValidator.LargestContent
            ? []
            : [new Violation("content", $"All texts of a version together take at most {ContentValidator.LargestContent} characters; shorten some.", "content")];

    /// <summary>What an earlier version's signature was can't be rewritten (CA-14).</summary>
    private static Signature[] KeepPrior(IEnumerable<Signature> sent, IReadOnlyList<Signature> before) =>
        [.. sent.Select(signature => signature with { PriorSigned = before.FirstOrDefault(each => each.Participant == signature.Participant)?.PriorSigned })];

    private Task<Result<T>> ChangePlan<T>(Caller caller, string planId, Func<CaseWork, PlanView, Task<Result<T>>> decide, CancellationToken ct) where T : notnull =>
        units.Change(caller, PlanIds.CaseOf(planId), Access.MayWrite, work => work.View(planId) is { } view
            ? decide(work, view)
            : Task.FromResult<Result<T>>(new Refusal.NotFound($"Plan {planId}")), ct);

    private Task<Result<T>> ChangeVersion<T>(Caller caller, string planId, int number, Func<CaseWork, PlanView, PlanVersion, Task<Result<T>>> decide, CancellationToken ct) where T : notnull =>
        ChangePlan(caller, planId, (work, view) => view.Plan.Version(number) is { } version
            ? decide(work, view, version)
            : Task.FromResult<Result<T>>(new Refusal.NotFound($"Version {number} of plan {planId}")), ct);
}
