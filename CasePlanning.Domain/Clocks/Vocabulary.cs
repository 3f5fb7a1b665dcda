using System.Collections.Frozen;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Clocks;

/// <summary>What was done, and the date from which it anchors the next occurrence of a rolling rule. One that <see cref="Ends"/> a duty doesn't meet it.</summary>
public sealed record ClockAct(DatedFact Fact, DateOnly AnchorsOn, bool Ends = false);

/// <summary>What one clock runs for: a child under a plan, a period of a plan, the case, or a version's submissions.</summary>
public sealed record ClockTarget(string Subject, string Owner, PlanView? Plan, PlanPeriod? Period, Membership? Member, PlanVersion? Version)
{
    /// <summary>The last day of the time the clock runs in, or null.</summary>
    public DateOnly? To => Member is null ? Period?.To : Member.To;

    /// <summary>Why and whether the clock has stopped by a date; null while it runs.</summary>
    public string? EndedBy(DateOnly today) => Member is not null
        ? Member.HasEndedBy(today) ? EndOf(Member.End) : null
        : Period?.HasEndedBy(today) == true ? PlanView.Why(Period.End) : null;

    private static string EndOf(MembershipEnd? end) => end switch
    {
        MembershipEnd.Moved => "the child moved to the other plan",
        MembershipEnd.LeftTheCase => "the child left the case",
        _ => "the plan was closed",
    };
}

/// <summary>What can be seen of a case when its clocks are read.</summary>
public sealed record ClockView(CaseFile File, IReadOnlyList<Membership> Memberships, IReadOnlyList<PlanView> Plans, Calendar Calendar, DateOnly Today)
{
    public static ClockView Of(CaseFile file, IEnumerable<CasePlan> plans, Calendar calendar, DateOnly today)
    {
        var memberships = Cases.Memberships.Of(file);
        return new(file, memberships, [.. plans.Select(plan => PlanView.Of(memberships, plan, today))], calendar, today);
    }
}

/// <summary>The words a rule pack may use for what a clock runs for, counts from and is met by.</summary>
public static class Vocabulary
{
    public static FrozenDictionary<string, Func<ClockView, ClockTarget, IEnumerable<DatedFact>>> Anchors { get; } =
        new Dictionary<string, Func<ClockView, ClockTarget, IEnumerable<DatedFact>>>(StringComparer.Ordinal)
        {
            ["setting-begins"] = (_, target) => target.Member is null ? [] : [target.Member.Begin],
            ["plan-takes-effect"] = (_, target) => Effective(target).Take(1).Select(version => Effect(target, version)),
            ["plan-date"] = (_, target) => Effective(target).Take(1).Select(version => Effect(target, version) with { On = version.PlanDate, What = "plan date" }),
            ["submission"] = (_, target) => target.Version!.Requests.Select(request => new DatedFact(request.SubmittedOn, $"submission-{request.Id}", "submitted", request.SubmittedOn)),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, Func<ClockView, ClockTarget, IEnumerable<ClockAct>>> Acts { get; } =
        new Dictionary<string, Func<ClockView, ClockTarget, IEnumerable<ClockAct>>>(StringComparer.Ordinal)
        {
            ["version-takes-effect"] = (_, target) => FromTheBeginning(target.Member, Effective(target))
                .Where(version => target.Member is null || version.FocusChildren.Contains(target.Member.Child.Source, StringComparer.Ordinal))
                .Select(version => Act(InForceFrom(Effect(target, version), target.Member))),
            ["next-version"] = (_, target) => Effective(target).Skip(1).Select(version => new ClockAct(Effect(target, version), version.PlanDate)),
            ["review"] = (view, target) => view.File.Of<PlanReview>()
                .Where(review => string.Equals(review.Plan, target.Plan!.Plan.Id, StringComparison.Ordinal))
                .Select(review => Act(new DatedFact(review.On, review.Key, "review held", review.RecordedOn))),
            ["decision"] = (_, target) => target.Version!.Requests.Where(request => request.AnsweredOn is not null)
                .Select(request => Act(new DatedFact(request.AnsweredOn!.Value, $"answer-{request.Id}", Answer(request.Answer), request.AnsweredOn!.Value)) with
                {
                    Ends = request.Answer is ApprovalAnswer.Recalled or ApprovalAnswer.Withdrawn,
                }),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Everything a scope's clocks run for.</summary>
    public static IEnumerable<ClockTarget> Targets(RuleScope scope, ClockView view) => scope switch
    {
        RuleScope.Case => [new ClockTarget($"case:{view.File.Id}", $"case:{view.File.Id}", null, null, null, null)],
        RuleScope.Version => from plan in view.Plans
                             from version in plan.Plan.Versions
                             where version.Requests.Count > 0
                             select new ClockTarget($"version:{plan.Plan.Id}.v{version.Number}", Owner(plan), plan, null, null, version),
        RuleScope.Plan => from plan in view.Plans
                          from period in plan.Periods
                          select new ClockTarget(Owner(plan), Owner(plan), plan, period, null, null),
        _ => from plan in view.Plans
             from period in plan.Periods
             from member in period.Members
             select new ClockTarget($"child:{member.Child.Source}", Owner(plan), plan, period, member, null),
    };

    private static IEnumerable<PlanVersion> Effective(ClockTarget target) => target.Period is null ? [] : target.Plan!.EffectiveIn(target.Period);

    private static DatedFact Effect(ClockTarget target, PlanVersion version) =>
        new(version.EffectiveOn!.Value, $"{target.Plan!.Plan.Id}.v{version.Number}", version.Number == 1 ? "plan took effect" : $"version {version.Number} took effect", version.EffectiveOn.Value);

    /// <summary>Leaves out versions that were superseded before the child's time began.</summary>
    private static IEnumerable<PlanVersion> FromTheBeginning(Membership? member, IEnumerable<PlanVersion> versions)
    {
        var all = versions.ToArray();
        var first = member is null ? 0 : Math.Max(0, Array.FindLastIndex(all, version => version.EffectiveOn < member.From));
        return all.Skip(first);
    }

    /// <summary>A version that was in effect when the child's time began counts from that day.</summary>
    private static DatedFact InForceFrom(DatedFact effect, Membership? member) => member is not null && effect.On < member.From ? effect with { On = member.From } : effect;

    private static ClockAct Act(DatedFact fact) => new(fact, fact.On);

    private static string Answer(ApprovalAnswer? answer) => answer switch
    {
        ApprovalAnswer.Approved => "approved",
        ApprovalAnswer.Returned => "returned",
        ApprovalAnswer.Recalled => "recalled",
        _ => "withdrawn",
    };

    private static string Owner(PlanView plan) => $"plan:{plan.Plan.Id}";
}
