using System.Text.Json;
using System.Text.Json.Serialization;
using CasePlanning.Application.Plans;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Host.Simulation;

/// <summary>Something a person does at a time.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do")]
[JsonDerivedType(typeof(RecordFact), "record")]
[JsonDerivedType(typeof(CorrectFact), "correct")]
[JsonDerivedType(typeof(WithdrawFact), "withdraw-fact")]
[JsonDerivedType(typeof(AssignWorker), "assign")]
[JsonDerivedType(typeof(CreateVersion), "create-version")]
[JsonDerivedType(typeof(SaveDraft), "save-draft")]
[JsonDerivedType(typeof(WithdrawDraft), "withdraw-draft")]
[JsonDerivedType(typeof(Submit), "submit")]
[JsonDerivedType(typeof(Recall), "recall")]
[JsonDerivedType(typeof(Decide), "decide")]
[JsonDerivedType(typeof(Rescind), "rescind")]
[JsonDerivedType(typeof(StartUpdate), "start-update")]
[JsonDerivedType(typeof(TakeBackUpdate), "take-back-update")]
[JsonDerivedType(typeof(RecordProgress), "record-progress")]
[JsonDerivedType(typeof(Review), "review")]
[JsonDerivedType(typeof(Close), "close")]
[JsonDerivedType(typeof(Reopen), "reopen")]
[JsonDerivedType(typeof(Excuse), "excuse")]
[JsonDerivedType(typeof(RecordAbsence), "absence")]
[JsonDerivedType(typeof(Look), "look")]
public abstract record ScenarioAction
{
    /// <summary>When; a date means 09:00 of that day.</summary>
    public required DateTime At { get; init; }

    /// <summary>Id of the person who does it.</summary>
    public required string By { get; init; }

    /// <summary>A word to the reader of the file.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// How it has to end: <c>ok</c>, or the ids of every rule it is refused for, each alone ("CA-06") or with its field ("CA-06 progress/4").
    /// For a refusal that names no rule, its code ("forbidden"). For a look, the rules not met and the warnings shown.
    /// </summary>
    public Expectation? Expect { get; init; }

    /// <summary>The action as the file has it.</summary>
    [JsonIgnore]
    public JsonElement Written { get; init; }

    /// <summary>Its place in the file, from one.</summary>
    [JsonIgnore]
    public int Place { get; init; }
}

/// <summary>Something done on a case.</summary>
public abstract record CaseAction : ScenarioAction
{
    /// <summary>The case's number; the file's only case where this is missing.</summary>
    public string? Case { get; init; }
}

/// <summary>Something done on a plan of a case.</summary>
public abstract record PlanAction : CaseAction
{
    /// <summary>Which of the case's plans.</summary>
    public required Setting Plan { get; init; }
}

/// <summary>Records a fact.</summary>
public sealed record RecordFact : CaseAction
{
    /// <summary>The fact; reviews, closings, reopenings and excusals are acts of their own.</summary>
    public required Fact Fact { get; init; }
}

/// <summary>Puts other content in place of a fact's.</summary>
public sealed record CorrectFact : CaseAction
{
    /// <summary>The fact as it should have been, under its kind and source id.</summary>
    public required Fact Fact { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>Withdraws a fact; it stays on record and counts for nothing.</summary>
public sealed record WithdrawFact : CaseAction
{
    /// <summary>The fact's kind, e.g. <c>placement</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The fact's source id.</summary>
    public required string Source { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>Assigns a worker to a case.</summary>
public sealed record AssignWorker : CaseAction
{
    /// <summary>Id of the person assigned.</summary>
    public required string Worker { get; init; }

    /// <summary>Id of the assignment; "action-" and its place in the file where this is missing.</summary>
    public string? Source { get; init; }

    /// <summary>The first day; that of the action where this is missing.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>False for somebody who helps; only the primary worker is reminded.</summary>
    public bool Primary { get; init; } = true;
}

/// <summary>Begins a version: an initial one, a copy, or an update of the version in effect.</summary>
public sealed record CreateVersion : PlanAction
{
    /// <summary>How to begin.</summary>
    public required CreateKind Kind { get; init; }

    /// <summary>California's start date.</summary>
    public required DateOnly PlanDate { get; init; }

    /// <summary>Six calendar months after the plan date where this is missing.</summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>Source ids of the children; every focus child of the plan where this is missing.</summary>
    public IReadOnlyList<string>? FocusChildren { get; init; }

    /// <summary>Source ids of the other participants; everyone else on the case where this is missing.</summary>
    public IReadOnlyList<string>? Participants { get; init; }

    /// <summary>What to bring along (CA-11).</summary>
    public CopyChoices? Copy { get; init; }

    /// <summary>The plan to copy from, for a copy; this plan where it is missing.</summary>
    public Setting? CopyPlan { get; init; }

    /// <summary>The version to copy, for a copy; the latest where it is missing.</summary>
    public int? CopyVersion { get; init; }
}

/// <summary>Saves a draft. What is left out stays as it is.</summary>
public sealed record SaveDraft : PlanAction
{
    /// <summary>California's start date.</summary>
    public DateOnly? PlanDate { get; init; }

    /// <summary>The day the plan ends.</summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>Source ids of the children.</summary>
    public IReadOnlyList<string>? FocusChildren { get; init; }

    /// <summary>Source ids of the other participants.</summary>
    public IReadOnlyList<string>? Participants { get; init; }

    /// <summary>What the plan says; a member given here replaces that member, the others stay.</summary>
    public PlanContent? Content { get; init; }
}

/// <summary>Withdraws a draft.</summary>
public sealed record WithdrawDraft : PlanAction;

/// <summary>Submits the draft for approval.</summary>
public sealed record Submit : PlanAction
{
    /// <summary>A word to the supervisor.</summary>
    public string? Comments { get; init; }
}

/// <summary>Takes a submitted version back.</summary>
public sealed record Recall : PlanAction
{
    /// <summary>Why it is taken back.</summary>
    public string? Comments { get; init; }
}

/// <summary>Approves or returns the submitted version.</summary>
public sealed record Decide : PlanAction
{
    /// <summary>The decision.</summary>
    public required DecisionKind Decision { get; init; }

    /// <summary>Required for a return.</summary>
    public string? Comments { get; init; }

    /// <summary>Sets a plan date that still lies ahead to the day of the approval (WI-07).</summary>
    public bool PlanDateToApprovalDate { get; init; }
}

/// <summary>Takes back an approval given in error.</summary>
public sealed record Rescind : PlanAction
{
    /// <summary>Number of the version.</summary>
    public required int Version { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>Starts an update of the version in effect.</summary>
public sealed record StartUpdate : PlanAction;

/// <summary>Takes the start of an update back.</summary>
public sealed record TakeBackUpdate : PlanAction;

/// <summary>Records progress on one objective of the version in effect.</summary>
public sealed record RecordProgress : PlanAction
{
    /// <summary>Id of the objective.</summary>
    public required string Objective { get; init; }

    /// <summary>Whether the objective is met.</summary>
    public required Met Met { get; init; }

    /// <summary>What was reached and what wasn't.</summary>
    public required string Narrative { get; init; }
}

/// <summary>Records that somebody is away; an administrator does this.</summary>
public sealed record RecordAbsence : ScenarioAction
{
    /// <summary>Id of the person who is away.</summary>
    public required string Person { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Id of the person who stands in.</summary>
    public string? Cover { get; init; }
}
