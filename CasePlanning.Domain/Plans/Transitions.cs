using System.Collections.Frozen;
using static CasePlanning.Domain.Plans.PlanAct;
using static CasePlanning.Domain.Plans.Stage;

namespace CasePlanning.Domain.Plans;

/// <summary>What can be done to a case plan.</summary>
public enum PlanAct
{
    CreateVersion, SaveDraft, WithdrawDraft, StartUpdate, TakeBackUpdate, RecordProgress, Submit, Recall, Approve, Return, Rescind, RecordReview, Close, Reopen,
}

/// <summary>
/// The lifecycle of a case plan as one table: what may be done in which stage, and the stages it can lead to.
/// A pair that isn't here is refused. The diagram in docs/lifecycle.md is generated from it.
/// </summary>
public static class Transitions
{
    private static readonly FrozenDictionary<(Stage, PlanAct), Stage[]> Table = new Dictionary<(Stage, PlanAct), Stage[]>
    {
        [(AwaitingPlan, CreateVersion)] = [Draft],
        [(AwaitingPlan, Close)] = [Closed],
        [(Draft, SaveDraft)] = [Draft],
        [(Draft, WithdrawDraft)] = [AwaitingPlan, InEffect],
        [(Draft, RecordProgress)] = [Draft],
        [(Draft, Submit)] = [PendingApproval],
        [(Draft, RecordReview)] = [Draft],
        [(Draft, Close)] = [Closed],
        [(PendingApproval, Approve)] = [InEffect],
        [(PendingApproval, Return)] = [Draft],
        [(PendingApproval, Recall)] = [Draft],
        [(PendingApproval, RecordProgress)] = [PendingApproval],
        [(PendingApproval, RecordReview)] = [PendingApproval],
        [(PendingApproval, Close)] = [Closed],
        [(InEffect, CreateVersion)] = [Draft],
        [(InEffect, StartUpdate)] = [RecordingProgress],
        [(InEffect, RecordProgress)] = [InEffect],
        [(InEffect, RecordReview)] = [InEffect],
        [(InEffect, Rescind)] = [InEffect, AwaitingPlan],
        [(InEffect, Close)] = [Closed],
        [(RecordingProgress, RecordProgress)] = [RecordingProgress],
        [(RecordingProgress, TakeBackUpdate)] = [InEffect],
        [(RecordingProgress, CreateVersion)] = [Draft],
        [(RecordingProgress, RecordReview)] = [RecordingProgress],
        [(RecordingProgress, Close)] = [Closed],
        [(Closed, Reopen)] = [AwaitingPlan],
    }.ToFrozenDictionary();

    /// <summary>Every row of the table, in the order of stages and acts.</summary>
    public static IEnumerable<(Stage From, PlanAct Act, IReadOnlyList<Stage> To)> All =>
        Table.OrderBy(row => row.Key.Item1).ThenBy(row => row.Key.Item2).Select(row => (row.Key.Item1, row.Key.Item2, (IReadOnlyList<Stage>)row.Value));

    public static bool Allows(Stage stage, PlanAct act) => Table.ContainsKey((stage, act));

    /// <summary>The refusal for an act that the plan's stage doesn't allow, or null.</summary>
    public static Refusal? Refuse(Stage stage, PlanAct act)
    {
        if (Allows(stage, act))
        {
            return null;
        }

        var possible = Table.Keys.Where(key => key.Item1 == stage).Select(key => key.Item2).Order().Select(Words.Of).ToArray();
        return new Refusal.WrongStage(
            $"The plan is {Words.Of(stage)}; it isn't possible to {Words.Of(act)} now.",
            [new Violation("lifecycle", $"While a plan is {Words.Of(stage)} one can {string.Join(", ", possible)}.")]);
    }
}

/// <summary>The words people read for stages and acts.</summary>
public static class Words
{
    public static string Of(Stage stage) => stage switch
    {
        AwaitingPlan => "awaited",
        Draft => "a draft",
        PendingApproval => "pending approval",
        Stage.InEffect => "in effect",
        RecordingProgress => "recording progress",
        _ => "closed",
    };

    public static string Of(PlanAct act) => act switch
    {
        CreateVersion => "create a version",
        SaveDraft => "save the draft",
        WithdrawDraft => "withdraw the draft",
        StartUpdate => "start an update",
        TakeBackUpdate => "take the update back",
        PlanAct.RecordProgress => "record progress",
        Submit => "submit it for approval",
        Recall => "recall it",
        Approve => "approve it",
        Return => "return it",
        Rescind => "rescind the approval",
        RecordReview => "record a review",
        Close => "close the plan",
        _ => "reopen the plan",
    };

    public static string Of(VersionStatus status) => status switch
    {
        VersionStatus.Draft => "a draft",
        VersionStatus.PendingApproval => "pending approval",
        VersionStatus.InEffect => "in effect",
        VersionStatus.Superseded => "superseded",
        VersionStatus.Withdrawn => "withdrawn",
        _ => "rescinded",
    };

    public static string Of(Setting setting) => setting == Setting.AtHome ? "at home" : "out of home";
}
