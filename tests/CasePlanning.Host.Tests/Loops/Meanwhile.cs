using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Host.Tests.Loops;

/// <summary>A store before whose next save something else happens.</summary>
internal sealed class Meanwhile(ICaseStore inner, Func<Task> happens) : ICaseStore
{
    private Func<Task>? _happens = happens;

    public async Task<SaveOutcome> Save(CaseChange change, CancellationToken ct)
    {
        await (Interlocked.Exchange(ref _happens, null)?.Invoke() ?? Task.CompletedTask);
        return await inner.Save(change, ct);
    }

    public Task<CaseRecord?> Find(string caseId, CancellationToken ct) => inner.Find(caseId, ct);

    public Task<PlanContent?> FindContent(string planId, int version, CancellationToken ct) => inner.FindContent(planId, version, ct);

    public Task<PlanProgress?> FindProgress(string planId, int version, CancellationToken ct) => inner.FindProgress(planId, version, ct);

    public Task<IReadOnlyList<HistoryEntry>> History(string caseId, CancellationToken ct) => inner.History(caseId, ct);

    public Task<IReadOnlyList<Notice>> Notices(string caseId, CancellationToken ct) => inner.Notices(caseId, ct);

    public Task<StoredReply?> FindReply(string key, DateTimeOffset now, CancellationToken ct) => inner.FindReply(key, now, ct);

    public Task<IReadOnlyList<CaseListing>> Cases(string agency, CancellationToken ct, string? assignedTo = null) => inner.Cases(agency, ct, assignedTo);

    public Task<IReadOnlyList<string>> PlansPendingApproval(string agency, CancellationToken ct) => inner.PlansPendingApproval(agency, ct);
}
