using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Reading;

/// <summary>A question of the kind "what if": nothing of it is saved.</summary>
public sealed record WhatIf
{
    /// <summary>Facts added, or put in place of those with their kind and source id.</summary>
    public IReadOnlyList<Fact> Facts { get; init; } = [];

    /// <summary>Keys of facts taken away, e.g. <c>placement-4711</c>.</summary>
    public IReadOnlyList<string> Withdrawn { get; init; } = [];

    /// <summary>A version for all the plan's focus children that takes effect today, with this plan date; for a plan's preview only.</summary>
    public DateOnly? UpdateWithPlanDate { get; init; }

    /// <summary>Another plan date for the version in effect; for a plan's preview only.</summary>
    public DateOnly? PlanDate { get; init; }
}

/// <summary>One deadline now and as it would be; a member is null where there is no such deadline.</summary>
public sealed record PreviewedDeadline(string Occurrence, string Name, string Subject, DateOnly? DueNow, DeadlineStatus? StatusNow, DateOnly? DueThen, DeadlineStatus? StatusThen, string Sentence);

/// <summary>Answers what a change would do to a case's or plan's deadlines.</summary>
public sealed class Preview(ICaseStore cases)
{
    public async Task<Result<IReadOnlyList<PreviewedDeadline>>> Of(Caller caller, string caseId, string? planId, WhatIf question, CancellationToken ct)
    {
        var record = await cases.Find(caseId, ct);
        if (record is null || !Access.MaySee(caller, record.File) || (planId is not null && record.Plans.All(plan => plan.Id != planId)))
        {
            return new Refusal.NotFound(planId is null ? $"Case {caseId}" : $"Plan {planId}");
        }

        var file = record.File;
        var violations = new List<Violation>();
        foreach (var fact in question.Facts)
        {
            violations.AddRange(FactValidator.Check(file, fact, caller.Today));
            file = file.With(fact with { RecordedAt = caller.Now, RecordedOn = caller.Today });
        }

        foreach (var key in question.Withdrawn)
        {
            var found = file.Facts.FirstOrDefault(fact => fact.Key == key);
            violations.AddRange(found is null ? [new Violation("preview", $"There is no fact {key} to take away.", "withdrawn")] : []);
            file = found is null ? file : file.With(found with { Withdrawn = "what if" });
        }

        violations.AddRange(PlausibleDates.Check("preview", (question.UpdateWithPlanDate, "updateWithPlanDate"), (question.PlanDate, "planDate")));
        if (violations.Count > 0)
        {
            return new Refusal.Invalid(violations);
        }

        var rules = RuleBook.For(caller.Directory.Agency);
        var plans = PlanDuties.Reconcile(file, [.. record.Plans.Select(plan => plan.Id == planId ? Supposed(file, plan, question, caller.Today) : plan)], caller.Person.Id, caller.Now, caller.Today);
        var now = Agenda.For(record.File, record.Plans, rules, record.Marks, caller.Now).Deadlines;
        var then = Agenda.For(file, plans, rules, record.Marks, caller.Now).Deadlines;
        return Paired(now, then, planId is null ? null : $"plan:{planId}");
    }

    private static CasePlan Supposed(CaseFile file, CasePlan plan, WhatIf question, DateOnly today)
    {
        var view = PlanView.Of(file, plan, today);
        var supposed = question.PlanDate is { } date && view.InEffect is { } inEffect ? plan.With(inEffect with { PlanDate = date }) : plan;
        return question.UpdateWithPlanDate is not { } planDate ? supposed : supposed.With(new PlanVersion
        {
            Number = plan.Versions.Count + 1,
            Kind = VersionKind.Update,
            Status = VersionStatus.InEffect,
            PlanDate = planDate,
            EndDate = PlanVersion.DefaultEnd(planDate),
            FocusChildren = [.. view.FocusChildren(today)],
            CreatedOn = today,
            CreatedBy = "",
            EffectiveOn = today,
            SignedOn = today,
        });
    }

    private static PreviewedDeadline[] Paired(IReadOnlyList<Deadline> now, IReadOnlyList<Deadline> then, string? owner)
    {
        var before = now.ToDictionary(deadline => deadline.Occurrence, StringComparer.Ordinal);
        var after = then.ToDictionary(deadline => deadline.Occurrence, StringComparer.Ordinal);
        return
        [
            .. before.Keys.Union(after.Keys, StringComparer.Ordinal)
                .Select(key => (Now: before.GetValueOrDefault(key), Then: after.GetValueOrDefault(key)))
                .Where(pair => (owner is null || (pair.Then ?? pair.Now)!.Owner == owner) && (pair.Now?.Due != pair.Then?.Due || pair.Now?.Status != pair.Then?.Status || pair.Then is { IsOpen: true }))
                .OrderBy(pair => (pair.Then ?? pair.Now)!.Due).ThenBy(pair => (pair.Then ?? pair.Now)!.Occurrence, StringComparer.Ordinal)
                .Select(pair => Line((pair.Then ?? pair.Now)!, pair.Now, pair.Then)),
        ];
    }

    private static PreviewedDeadline Line(Deadline either, Deadline? now, Deadline? then) => new(
        either.Occurrence, either.Rule.Name, either.Subject, now?.Due, now?.Status, then?.Due, then?.Status, then is null ? "It would no longer be owed." : Explanation.SentenceOf(then));
}
