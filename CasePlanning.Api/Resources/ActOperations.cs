using System.Globalization;
using CasePlanning.Api.Pipeline;
using CasePlanning.Application.Cases;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

/// <summary>What is done on a plan besides writing it. An act without a source id is given the next one of its plan.</summary>
internal static class ActOperations
{
    private const int MostTries = 5;

    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Acts",
        Define.Write<ReviewBody, FactOnRecord>("reviewPlan", HttpMethods.Post, "/api/plans/{id}/reviews", Policy.WorkOnPlans,
            "Records a review meeting on the plan (MN-10, MN-11).", Review)
            .AsFact("reviews"),
        Define.Write<ClosingBody, FactOnRecord>("closePlan", HttpMethods.Post, "/api/plans/{id}/closing", Policy.WorkOnPlans,
            "Closes the plan; refused with every rule that isn't met (MN-15 to MN-17).", Close)
            .AsFact("closings"),
        Define.Write<ReopeningBody, FactOnRecord>("reopenPlan", HttpMethods.Post, "/api/plans/{id}/reopening", Policy.WorkOnPlans,
            "Reopens a closed plan; its clocks begin anew. A supervisor's to decide.", Reopen)
            .AsFact("reopenings"),
        Define.Write<ExcusalBody, FactOnRecord>("excuseDeadline", HttpMethods.Post, "/api/cases/{id}/excusals", Policy.WorkOnPlans,
            "Excuses an open deadline until a date. A supervisor's to give.", Excuse)
            .AsFact("excusals"));

    private static Task<Result<FactOnRecord>> Review(Call call, ReviewBody body)
    {
        var plan = call.Route("id");
        return Named(call, PlanOperations.CaseOf(call), body.Source, $"{SettingOf(plan)}-r", OfPlan<PlanReview>(plan, review => review.Plan), source => call.Get<PlanActs>().Review(
            call.Caller,
            new PlanReview
            {
                Source = source,
                On = body.On ?? call.Caller.Today,
                Plan = plan,
                Attended = body.Attended,
                CurrentSafety = body.CurrentSafety,
                ProtectiveFactors = body.ProtectiveFactors,
                Progress = body.Progress,
                Services = body.Services,
                LevelOfRisk = body.LevelOfRisk,
                ReadyToClose = body.ReadyToClose,
            },
            call.Aborted));
    }

    private static Task<Result<FactOnRecord>> Close(Call call, ClosingBody body)
    {
        var plan = call.Route("id");
        return Named(call, PlanOperations.CaseOf(call), body.Source, $"{SettingOf(plan)}-c", OfPlan<PlanClosing>(plan, closing => closing.Plan), source => call.Get<PlanActs>().Close(
            call.Caller,
            new PlanClosing
            {
                Source = source,
                On = body.On ?? call.Caller.Today,
                Plan = plan,
                Reason = body.Reason,
                GoalsMet = body.GoalsMet,
                SafetyConcernsEliminated = body.SafetyConcernsEliminated,
                FamilyView = body.FamilyView,
                ProviderInput = body.ProviderInput,
                RemainingNeeds = body.RemainingNeeds,
            },
            call.Aborted));
    }

    private static Task<Result<FactOnRecord>> Reopen(Call call, ReopeningBody body)
    {
        var plan = call.Route("id");
        return Named(call, PlanOperations.CaseOf(call), body.Source, $"{SettingOf(plan)}-o", OfPlan<PlanReopening>(plan, reopening => reopening.Plan), source => call.Get<PlanActs>().Reopen(
            call.Caller, new PlanReopening { Source = source, On = body.On ?? call.Caller.Today, Plan = plan, Reason = body.Reason }, call.Aborted));
    }

    private static Task<Result<FactOnRecord>> Excuse(Call call, ExcusalBody body) =>
        Named(call, call.Route("id"), body.Source, "e", fact => fact is Excusal, source => call.Get<PlanActs>().Excuse(
            call.Caller,
            call.Route("id"),
            new Excusal { Source = source, On = body.On ?? call.Caller.Today, Occurrence = body.Occurrence, Until = body.Until, Reason = body.Reason },
            call.Aborted));

    /// <summary>Does the act under the caller's source id, or under the next free one; another act may take that in between.</summary>
    private static async Task<Result<FactOnRecord>> Named(
        Call call, string caseId, string? given, string prefix, Func<Fact, bool> counts, Func<string, Task<Result<FactOnRecord>>> act)
    {
        if (given is not null)
        {
            return await act(given);
        }

        for (var tries = 1; ; tries++)
        {
            var result = await act(await NextSource(call, caseId, prefix, counts));
            if (result.Refusal is not Refusal.AlreadyRecorded || tries == MostTries)
            {
                return result;
            }
        }
    }

    private static async Task<string> NextSource(Call call, string caseId, string prefix, Func<Fact, bool> counts)
    {
        var facts = (await call.Get<ICaseStore>().Find(caseId, call.Aborted))?.File.Facts ?? [];
        var number = facts.Count(counts) + 1;
        while (facts.Any(fact => counts(fact) && fact.Source == Name(number)))
        {
            number++;
        }

        return Name(number);

        string Name(int count) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{count}");
    }

    private static Func<Fact, bool> OfPlan<T>(string plan, Func<T, string> planOf) where T : Fact => fact => fact is T act && planOf(act) == plan;

    private static string SettingOf(string plan) => plan[(plan.LastIndexOf('.') + 1)..];
}
