using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Api.Tests.World;

/// <summary>Hands everything on to another store; a test overrides what it wants to see or break.</summary>
public abstract class ForwardingCaseStore(ICaseStore inner) : ICaseStore
{
    public virtual Task<CaseRecord?> Find(string caseId, CancellationToken ct) => inner.Find(caseId, ct);

    public Task<PlanContent?> FindContent(string planId, int version, CancellationToken ct) => inner.FindContent(planId, version, ct);

    public Task<PlanProgress?> FindProgress(string planId, int version, CancellationToken ct) => inner.FindProgress(planId, version, ct);

    public Task<IReadOnlyList<HistoryEntry>> History(string caseId, CancellationToken ct) => inner.History(caseId, ct);

    public Task<IReadOnlyList<Notice>> Notices(string caseId, CancellationToken ct) => inner.Notices(caseId, ct);

    public virtual Task<StoredReply?> FindReply(string key, DateTimeOffset now, CancellationToken ct) => inner.FindReply(key, now, ct);

    public virtual Task<SaveOutcome> Save(CaseChange change, CancellationToken ct) => inner.Save(change, ct);

    public Task<IReadOnlyList<CaseListing>> Cases(string agency, CancellationToken ct, string? assignedTo = null) => inner.Cases(agency, ct, assignedTo);

    public Task<IReadOnlyList<string>> PlansPendingApproval(string agency, CancellationToken ct) => inner.PlansPendingApproval(agency, ct);
}
