using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Application;
using CasePlanning.Application.Plans;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Host.Simulation;

/// <summary>Does what a scenario says people do, through the use cases, and answers with the refusal or null.</summary>
internal sealed class Performing(UseCases use, Scenario scenario)
{
    public string CaseId(CaseAction action) => IdOf(action.Case ?? scenario.Cases[0].Number);

    public string IdOf(string number) => $"{scenario.Agency.Id}-{number}".ToLowerInvariant();

    public string PlanId(PlanAction action) => CasePlan.IdFor(CaseId(action), action.Plan);

    /// <param name="action">Anything but a look.</param>
    /// <param name="caller">Who does it, and when.</param>
    /// <param name="ct">Cancels it before it is saved.</param>
    public Task<Refusal?> Perform(ScenarioAction action, Caller caller, CancellationToken ct) => action switch
    {
        RecordFact act => Done(use.Files.Record(caller, CaseId(act), OnCase(act.Fact, CaseId(act)), ct)),
        CorrectFact act => Done(use.Files.Correct(caller, CaseId(act), OnCase(act.Fact, CaseId(act)), act.Reason, ct)),
        WithdrawFact act => Done(use.Files.Withdraw(caller, CaseId(act), act.Kind, act.Source, act.Reason, ct)),
        AssignWorker act => Done(use.Files.Record(caller, CaseId(act), AssignmentOf(act, caller), ct)),
        CreateVersion act => Done(use.Drafting.Create(caller, PlanId(act), RequestOf(act), ct)),
        SaveDraft act => Save(act, caller, ct),
        WithdrawDraft act => Withdraw(act, caller, ct),
        Submit act => Done(use.Submissions.Submit(caller, PlanId(act), act.Comments, ct)),
        Recall act => Done(use.Submissions.Recall(caller, PlanId(act), act.Comments, ct)),
        Decide act => Done(use.Submissions.Decide(caller, PlanId(act), DecisionOf(act), ct)),
        Rescind act => Done(use.Submissions.Rescind(caller, PlanId(act), act.Version, act.Reason, ct)),
        StartUpdate act => Done(use.Drafting.StartUpdate(caller, PlanId(act), ct)),
        TakeBackUpdate act => Done(use.Drafting.TakeBackUpdate(caller, PlanId(act), ct)),
        RecordProgress act => Done(use.Drafting.RecordProgress(caller, PlanId(act), act.Objective, act.Met, act.Narrative, ct)),
        Review act => Done(use.Acts.Review(caller, ReviewOf(act, caller), ct)),
        Close act => Done(use.Acts.Close(caller, ClosingOf(act, caller), ct)),
        Reopen act => Done(use.Acts.Reopen(caller, new PlanReopening { Source = SourceOf(act), On = DayOf(act, caller), Plan = PlanId(act), Reason = act.Reason }, ct)),
        Excuse act => Excused(act, caller, ct),
        RecordAbsence act => Done(use.Administration.PutAbsence(caller, act.Person, AbsenceOf(act), ct)),
        _ => throw new InvalidOperationException($"{action.GetType().Name} isn't something to do."),
    };

    /// <summary>A plan's act as its fact names it: the file says only which plan of the case.</summary>
    private static Fact OnCase(Fact fact, string caseId)
    {
        return fact switch
        {
            PlanReview review => review with { Plan = PlanCalled(review.Plan) },
            PlanClosing closing => closing with { Plan = PlanCalled(closing.Plan) },
            PlanReopening reopening => reopening with { Plan = PlanCalled(reopening.Plan) },
            _ => fact,
        };

        string PlanCalled(string word) => word switch
        {
            "at-home" => CasePlan.IdFor(caseId, Setting.AtHome),
            "out-of-home" => CasePlan.IdFor(caseId, Setting.OutOfHome),
            _ => word,
        };
    }

    private static async Task<Refusal?> Done<T>(Task<Result<T>> doing) => (await doing).Refusal;

    private async Task<Refusal?> Save(SaveDraft act, Caller caller, CancellationToken ct)
    {
        var id = PlanId(act);
        var number = await NumberInPreparation(id, ct);
        if ((await use.Stores.Cases.Find(CaseId(act), ct))?.Plans.FirstOrDefault(plan => plan.Id == id)?.Version(number) is not { } version)
        {
            return new Refusal.NotFound($"A draft of plan {id}");
        }

        var before = (await use.Stores.Cases.FindContent(id, number, ct))!;
        var end = act.EndDate ?? (version.EndDateEdited ? version.EndDate : null);
        var head = new DraftHead(act.PlanDate ?? version.PlanDate, end, act.FocusChildren ?? version.FocusChildren, act.Participants ?? version.Participants);
        return await Done(use.Drafting.Save(caller, id, number, new DraftSave(head, Merged(before, act), before.Revision), ct));
    }

    /// <summary>The content with the members that the file gives in place of what stood there.</summary>
    private static PlanContent Merged(PlanContent before, SaveDraft act)
    {
        if (!act.Written.TryGetProperty("content", out var given) || given.ValueKind != JsonValueKind.Object)
        {
            return before;
        }

        var merged = JsonSerializer.SerializeToNode(before, ApplicationJson.Options)!.AsObject();
        foreach (var member in given.EnumerateObject())
        {
            merged[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return merged.Deserialize<PlanContent>(ApplicationJson.Options)!;
    }

    private async Task<Refusal?> Withdraw(WithdrawDraft act, Caller caller, CancellationToken ct) =>
        await Done(use.Drafting.Withdraw(caller, PlanId(act), await NumberInPreparation(PlanId(act), ct), ct));

    /// <summary>The version being prepared, else the latest one; the use case says why that can't be changed.</summary>
    private async Task<int> NumberInPreparation(string planId, CancellationToken ct)
    {
        var plan = (await use.Stores.Cases.Find(CasePlan.CaseOf(planId), ct))?.Plans.FirstOrDefault(each => each.Id == planId);
        return plan?.InPreparation?.Number ?? plan?.Versions.Count ?? 0;
    }

    private async Task<Refusal?> Excused(Excuse act, Caller caller, CancellationToken ct)
    {
        var deadlines = await use.Reading.Deadlines(caller, CaseId(act), PlanId(act), ct);
        if (deadlines.Refusal is { } refusal)
        {
            return refusal;
        }

        var open = deadlines.Value.FirstOrDefault(each => each.Rule == act.Rule && (act.Child is null || each.Subject == $"child:{act.Child}")
            && each.Status is DeadlineStatus.Upcoming or DeadlineStatus.DueSoon or DeadlineStatus.Due or DeadlineStatus.Overdue or DeadlineStatus.Excused);
        return open is null ? new Refusal.NotFound($"An open deadline of the rule {act.Rule}") : await Done(use.Acts.Excuse(
            caller, CaseId(act), new Excusal { Source = SourceOf(act), On = DayOf(act, caller), Occurrence = open.Occurrence, Until = act.Until, Reason = act.Reason }, ct));
    }

    private static Assignment AssignmentOf(AssignWorker act, Caller caller) =>
        new() { Source = act.Source ?? Place(act), On = act.On ?? caller.Today, Person = act.Worker, Primary = act.Primary, Until = act.Until };

    private VersionRequest RequestOf(CreateVersion act) => new()
    {
        Version = new NewVersion
        {
            Kind = act.Kind,
            PlanDate = act.PlanDate,
            EndDate = act.EndDate,
            FocusChildren = act.FocusChildren,
            Participants = act.Participants,
            Copy = act.Copy ?? new CopyChoices(),
        },
        CopyPlan = act.CopyPlan is { } setting ? CasePlan.IdFor(CaseId(act), setting) : null,
        CopyVersion = act.CopyVersion,
    };

    private static Decision DecisionOf(Decide act) =>
        new() { Kind = act.Decision, Comments = act.Comments, PlanDateToApprovalDate = act.PlanDateToApprovalDate };

    private PlanReview ReviewOf(Review act, Caller caller) => new()
    {
        Source = SourceOf(act),
        On = DayOf(act, caller),
        Plan = PlanId(act),
        Attended = act.Attended,
        CurrentSafety = act.CurrentSafety,
        ProtectiveFactors = act.ProtectiveFactors,
        Progress = act.Progress,
        Services = act.Services,
        LevelOfRisk = act.LevelOfRisk,
        ReadyToClose = act.ReadyToClose,
    };

    private PlanClosing ClosingOf(Close act, Caller caller) => new()
    {
        Source = SourceOf(act),
        On = DayOf(act, caller),
        Plan = PlanId(act),
        Reason = act.Reason,
        GoalsMet = act.GoalsMet,
        SafetyConcernsEliminated = act.SafetyConcernsEliminated,
        FamilyView = act.FamilyView,
        ProviderInput = act.ProviderInput,
        RemainingNeeds = act.RemainingNeeds,
    };

    private static Absence AbsenceOf(RecordAbsence act) => new() { Id = Place(act), From = act.From, To = act.To, Cover = act.Cover };

    private static string SourceOf(ActOnRecord act) => act.Source ?? Place(act);

    private static DateOnly DayOf(ActOnRecord act, Caller caller) => act.On ?? caller.Today;

    private static string Place(ScenarioAction act) => string.Create(CultureInfo.InvariantCulture, $"action-{act.Place}");
}
