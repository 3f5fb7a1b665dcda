using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Approval;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Reading;

/// <summary>Answers questions about one case and its plans, to those who may see it.</summary>
public sealed class CaseReading(ICaseStore cases, IInboxStore inbox, IOutbox outbox)
{
    public Task<Result<CaseDetail>> Case(Caller caller, string caseId, CancellationToken ct) =>
        Read(caller, caseId, (record, agenda) => Task.FromResult<Result<CaseDetail>>(new CaseDetail
        {
            Id = record.File.Id,
            Number = record.File.Number,
            Agency = record.File.Agency,
            Unit = record.File.Unit,
            SealedTo = record.File.SealedTo,
            Worker = record.File.WorkerOn(caller.Today)?.Person,
            Plans = [.. agenda.Plans.Select(view => Summary(view, agenda))],
            Facts = record.File.Facts,
            Revision = record.File.Revision,
        }), ct);

    public Task<Result<PlanDetail>> Plan(Caller caller, string planId, CancellationToken ct) =>
        ReadPlan(caller, planId, (record, agenda, view) => Task.FromResult<Result<PlanDetail>>(new PlanDetail
        {
            Id = planId,
            Case = record.File.Id,
            CaseNumber = record.File.Number,
            Setting = view.Plan.Setting,
            Stage = view.Stage,
            ClosedBecause = view.ClosedBecause,
            FocusChildren = [.. view.FocusChildren(caller.Today)],
            UpdateStarted = view.Plan.UpdateStarted,
            InEffect = view.InEffect,
            InPreparation = view.Plan.InPreparation,
            Versions = view.Plan.Versions,
            NextDeadline = Next(view, agenda),
            Possible = [.. Enum.GetValues<PlanAct>().Where(act => Transitions.Allows(view.Stage, act))],
            Revision = view.Plan.Revision,
        }), ct);

    public Task<Result<VersionDetail>> Version(Caller caller, string planId, int number, CancellationToken ct) =>
        ReadVersion(caller, planId, number, (_, _, version, content, progress) => new VersionDetail
        {
            Plan = planId,
            Version = version,
            Content = content,
            Progress = progress?.Objectives ?? [],
            Revision = content.Revision,
        }, ct);

    /// <summary>What still keeps a version from submission and approval; nothing is left out and nothing is decided.</summary>
    public Task<Result<ReadinessDetail>> ReadinessOf(Caller caller, string planId, int? number, CancellationToken ct) =>
        ReadPlan<ReadinessDetail>(caller, planId, async (record, _, view) =>
        {
            var version = number is { } asked ? view.Plan.Version(asked) : view.Plan.InPreparation ?? view.InEffect;
            if (version is null || await cases.FindContent(planId, version.Number, ct) is not { } content)
            {
                return new Refusal.NotFound($"A version of plan {planId} to check");
            }

            var progress = view.InEffect is null ? null : await cases.FindProgress(planId, view.InEffect.Number, ct);
            var rules = Readiness.Of(record.File, view, version, content, progress, RuleBook.For(caller.Directory.Agency), caller.Today);
            return new ReadinessDetail(
                rules.All(rule => rule.Blocks != Blocks.Submission),
                rules.All(rule => rule.Blocks == Blocks.Nothing),
                [.. rules.Where(rule => rule.Blocks != Blocks.Nothing).Select(rule => rule.Violation)],
                [.. rules.Where(rule => rule.Blocks == Blocks.Nothing).Select(rule => rule.Violation)]);
        }, ct);

    /// <summary>The deadlines of a plan, or of the whole case where <paramref name="planId"/> is null, each with its explanation.</summary>
    public Task<Result<IReadOnlyList<DeadlineDetail>>> Deadlines(Caller caller, string caseId, string? planId, CancellationToken ct) =>
        Read<IReadOnlyList<DeadlineDetail>>(caller, caseId, async (record, agenda) =>
        {
            if (planId is not null && agenda.Plans.All(view => view.Plan.Id != planId))
            {
                return new Refusal.NotFound($"Plan {planId}");
            }

            var told = (await cases.Notices(caseId, ct)).ToLookup(notice => notice.Occurrence, StringComparer.Ordinal);
            var calendar = caller.Directory.Calendar;
            return agenda.Deadlines.Where(deadline => planId is null || deadline.Owner == $"plan:{planId}").Select(deadline => new DeadlineDetail
            {
                Occurrence = deadline.Occurrence,
                Rule = deadline.Rule.Id,
                Name = deadline.Rule.Name,
                Subject = deadline.Subject,
                Plan = deadline.Plan,
                Status = deadline.Status,
                Counted = deadline.Counted,
                Due = deadline.Due,
                MetOn = deadline.Met?.On,
                RecordedLateOn = deadline.LateEntry ? deadline.Met!.RecordedOn : null,
                ExcusedUntil = deadline.ExcusedUntil,
                Because = deadline.Because,
                Explanation = Explanation.Of(deadline, record.Marks.ByOccurrence.GetValueOrDefault(deadline.Occurrence), Superseded(told[deadline.Occurrence]), calendar),
                Told = [.. told[deadline.Occurrence].Select(notice => new Told(notice.Step, notice.Role, notice.People, notice.RaisedAt, notice.Superseded))],
            }).ToArray();
        }, ct);

    /// <summary>The history of a plan, or of the whole case where <paramref name="planId"/> is null.</summary>
    public Task<Result<HistoryDetail>> History(Caller caller, string caseId, string? planId, CancellationToken ct) =>
        Read<HistoryDetail>(caller, caseId, async (record, agenda) =>
        {
            if (planId is not null && agenda.Plans.All(view => view.Plan.Id != planId))
            {
                return new Refusal.NotFound($"Plan {planId}");
            }

            var entries = await cases.History(caseId, ct);
            var notices = await cases.Notices(caseId, ct);
            var mail = await outbox.List(record.File.Agency, ct, caseId: caseId, limit: int.MaxValue);
            return new HistoryDetail(
                [.. entries.Where(entry => planId is null || entry.Plan is null || entry.Plan == planId)],
                [.. notices.Where(notice => planId is null || notice.Plan == planId)],
                await new Tellings(inbox, outbox).Of(mail, caseId, planId, ct),
                [.. mail.Where(message => planId is null || message.Plan == planId).OrderBy(message => message.StoredAt).Select(TeamReading.Trace)]);
        }, ct);

    private async Task<Result<T>> Read<T>(Caller caller, string caseId, Func<CaseRecord, Agenda, Task<Result<T>>> read, CancellationToken ct)
    {
        var record = await cases.Find(caseId, ct);
        return record is null || !Access.MaySee(caller, record.File)
            ? new Refusal.NotFound($"Case {caseId}")
            : await read(record, Agenda.For(record.File, record.Plans, RuleBook.For(caller.Directory.Agency), record.Marks, caller.Now));
    }

    private Task<Result<T>> ReadPlan<T>(Caller caller, string planId, Func<CaseRecord, Agenda, PlanView, Task<Result<T>>> read, CancellationToken ct) =>
        Read<T>(caller, PlanIds.CaseOf(planId), async (record, agenda) => agenda.Plans.FirstOrDefault(view => view.Plan.Id == planId) is { } view
            ? await read(record, agenda, view)
            : new Refusal.NotFound($"Plan {planId}"), ct);

    private Task<Result<T>> ReadVersion<T>(
        Caller caller, string planId, int number, Func<CaseRecord, PlanView, PlanVersion, PlanContent, PlanProgress?, T> read, CancellationToken ct) =>
        ReadPlan<T>(caller, planId, async (record, _, view) => view.Plan.Version(number) is { } version && await cases.FindContent(planId, number, ct) is { } content
            ? read(record, view, version, content, await cases.FindProgress(planId, number, ct))
            : new Refusal.NotFound($"Version {number} of plan {planId}"), ct);

    private static PlanSummary Summary(PlanView view, Agenda agenda) => new()
    {
        Id = view.Plan.Id,
        Setting = view.Plan.Setting,
        Stage = view.Stage,
        InEffect = view.InEffect?.Number,
        InPreparation = view.Plan.InPreparation?.Number,
        NextDeadline = Next(view, agenda),
    };

    /// <summary>The steps nobody was ever told of, because a later one was raised in their place.</summary>
    private static HashSet<string> Superseded(IEnumerable<Notice> notices)
    {
        var superseded = notices.SelectMany(notice => notice.Superseded).ToHashSet(StringComparer.Ordinal);
        superseded.ExceptWith(notices.Select(notice => notice.Step));
        return superseded;
    }

    private static string? Next(PlanView view, Agenda agenda) => agenda.Next($"plan:{view.Plan.Id}") is { } deadline ? Explanation.SentenceOf(deadline) : null;
}
