using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Tests;

/// <summary>One case taken through its life by the calls the application makes: each step reads the plan, decides, and brings plans in
/// step.</summary>
public sealed class Story
{
    private readonly string _planId;

    public Story(CaseFile file, string today, string plan = Given.HomePlan)
    {
        (File, Today, _planId) = (file, Given.Day(today), plan);
        Reconcile();
    }

    /// <summary>Dan, at home since the case was opened on 2 January 2025.</summary>
    public static Story Begun() => new(Given.CaseWith(Given.Opened("2025-01-02"), Given.Child("dan", "2025-01-02")), "2025-01-02");

    /// <summary>Dan's plan, approved on 10 January 2025.</summary>
    public static Story InEffect() => Begun().On("2025-01-06").Draft().Submit().On("2025-01-10").Approve();

    public CaseFile File { get; private set; }

    public IReadOnlyList<CasePlan> Plans { get; private set; } = [];

    public DateOnly Today { get; private set; }

    public RuleBook Rules { get; init; } = Given.Rules;

    public CasePlan Plan => Plans.Single(plan => plan.Id == _planId);

    public PlanView View => PlanView.Of(File, Plan, Today);

    public PlanVersion Version => Plan.Versions[^1];

    public Stage Stage => View.Stage;

    public Story On(string day)
    {
        Today = Given.Day(day);
        return Reconcile();
    }

    public Story Record(Fact fact)
    {
        File = File.With(fact);
        return Reconcile();
    }

    public Story Draft(string? planDate = null, CreateKind kind = CreateKind.Initial) => Keep(TryDraft(planDate, kind));

    public Story Update(string? planDate = null) => Draft(planDate, CreateKind.Update);

    public Story Submit() => Keep(TrySubmit());

    public Story Approve() => Keep(TryApprove());

    public Story Return() => Keep(Lifecycle.Return(View, Version, "Say more.", Given.Supervisor(Today)));

    public Story Recall() => Keep(Lifecycle.Recall(View, Version, null, Given.Worker(Today)));

    public Story Withdraw() => Keep(Lifecycle.WithdrawDraft(View, Version));

    public Story StartUpdate() => Keep(Lifecycle.StartUpdate(View, Today));

    public Story TakeBack() => Keep(Lifecycle.TakeBackUpdate(View));

    public Story Rescind() => Keep(Lifecycle.Rescind(View, View.InEffect!, "approved in error"));

    public Result<CasePlan> TryDraft(string? planDate = null, CreateKind kind = CreateKind.Initial, string by = "wanda")
    {
        var asked = new NewVersion { Kind = kind, PlanDate = planDate is null ? Today : Given.Day(planDate) };
        var content = View.InEffect is { } inEffect ? Given.Complete(inEffect) : null;
        return Lifecycle.Create(File, View, asked, kind == CreateKind.Update ? View.InEffect : null, content, null, Given.By(by, Today))
            .Then(made => (Result<CasePlan>)made.Plan);
    }

    public Result<CasePlan> TrySave(string planDate, string? end = null, params string[] children) =>
        Lifecycle.SaveDraft(File, View, Version,
            new DraftHead(Given.Day(planDate), end is null ? null : Given.Day(end), children.Length == 0 ? Version.FocusChildren
            : children, []), Given.Worker(Today));

    public Result<CasePlan> TrySubmit(PlanContent? content = null) =>
        Lifecycle.Submit(File, View, Version, content ?? Given.Complete(Version), Rules, null, Given.Worker(Today));

    public Result<CasePlan> TryApprove(string by = "sara", bool planDateToToday = false, bool ownApproval = false,
        PlanContent? content = null) =>
        Lifecycle.Approve(File, View, Version, content ?? Given.Complete(Version), Rules, planDateToToday, "Good work.", ownApproval,
            Given.By(by, Today));

    public Story Keep(Result<CasePlan> result)
    {
        Plans = [.. Plans.Select(plan => plan.Id == result.Value.Id ? result.Value : plan)];
        return this;
    }

    /// <summary>The deadlines read on the day at noon, by occurrence.</summary>
    public Dictionary<string, Deadline> Deadlines() =>
        Agenda.For(File, Plans, Rules, Marks.None, Given.Worker(Today).Now).Deadlines.ToDictionary(deadline => deadline.Occurrence);

    private Story Reconcile()
    {
        Plans = PlanDuties.Reconcile(File, Plans, "system", Given.Worker(Today).Now, Today);
        return this;
    }
}
