using System.Net;
using System.Text.Json;
using CasePlanning.Application;

namespace CasePlanning.Api.Tests.World;

/// <summary>Cases and plans brought to a stage over HTTP, the way people bring them there.</summary>
public static class Samples
{
    /// <summary>Daniel at home with his mother, assigned to Will, opened a month ago.</summary>
    public static object Case(string number, params string[] sealedTo) => new
    {
        number,
        openedOn = "2026-02-02",
        unit = "north",
        sealedTo = sealedTo.Length == 0 ? null : sealedTo,
        facts = new object[]
        {
            new { fact = "participant", source = "daniel", on = "2026-02-02", name = "Daniel", role = "focus-child", birthDate = "2013-05-01", personType = "voluntary" },
            new { fact = "participant", source = "theresa", on = "2026-02-02", name = "Theresa", role = "parent", birthDate = "1985-05-01" },
            new { fact = "assignment", source = "a1", on = "2026-02-02", person = "will" },
        },
    };

    public static async Task<string> OpenCase(this ApiWorld world, string number, params string[] sealedTo)
    {
        (await world.As("will").Post("/api/cases", Case(number, sealedTo))).Expect(HttpStatusCode.Created);
        return $"/api/cases/sample-{number}";
    }

    /// <summary>A case of Daniel, and of his sister Ana where asked, opened on a day and assigned to somebody or nobody.</summary>
    public static async Task OpenedOn(this ApiWorld world, string number, string openedOn, string? worker = "will", string unit = "north", bool sibling = false, string[]? sealedTo = null)
    {
        List<object> facts = [new { fact = "participant", source = "daniel", on = openedOn, name = "Daniel", role = "focus-child", personType = "voluntary" }];
        if (sibling)
        {
            facts.Add(new { fact = "participant", source = "ana", on = openedOn, name = "Ana", role = "focus-child", personType = "voluntary" });
        }

        if (worker is not null)
        {
            facts.Add(new { fact = "assignment", source = "a1", on = openedOn, person = worker });
        }

        (await world.As("ada").Post("/api/cases", new { number, openedOn, unit, sealedTo, facts })).Expect(HttpStatusCode.Created);
    }

    public static async Task<string> DraftPlan(this ApiWorld world, string number)
    {
        await world.OpenCase(number);
        var plan = $"/api/plans/sample-{number}.home";
        (await world.As("will").Post($"{plan}/versions", new { kind = "initial", planDate = "2026-03-02" })).Expect(HttpStatusCode.Created);
        return plan;
    }

    public static async Task<string> ReadyPlan(this ApiWorld world, string number)
    {
        var plan = await world.DraftPlan(number);
        (await world.As("will").Put($"{plan}/versions/1", Draft(), ifMatch: "\"1\"")).Expect(HttpStatusCode.OK);
        return plan;
    }

    public static async Task<string> SubmittedPlan(this ApiWorld world, string number)
    {
        var plan = await world.ReadyPlan(number);
        (await world.As("will").Post($"{plan}/submission")).Expect(HttpStatusCode.OK);
        return plan;
    }

    public static async Task<string> PlanInEffect(this ApiWorld world, string number)
    {
        var plan = await world.SubmittedPlan(number);
        (await world.As("sue").Post($"{plan}/decision", new { kind = "approve" })).Expect(HttpStatusCode.OK);
        return plan;
    }

    /// <summary>Everything that is stored of a case, as text, so that a refusal can be shown to have saved nothing.</summary>
    public static async Task<string> Snapshot(this ApiWorld world, string number)
    {
        var (record, id) = (await world.Stores.Cases.Find($"sample-{number}", default), $"sample-{number}");
        return JsonSerializer.Serialize(
            new
            {
                record,
                History = await world.Stores.Cases.History(id, default),
                Notices = await world.Stores.Cases.Notices(id, default),
                Mail = await world.Stores.Outbox.List("sample", default),
                Contents = await Task.WhenAll((record?.Plans ?? []).SelectMany(plan => plan.Versions, (plan, version) => world.Stores.Cases.FindContent(plan.Id, version.Number, default))),
                Progress = await Task.WhenAll((record?.Plans ?? []).SelectMany(plan => plan.Versions, (plan, version) => world.Stores.Cases.FindProgress(plan.Id, version.Number, default))),
            },
            ApplicationJson.Options);
    }

    /// <summary>A draft that meets every rule for a plan at home.</summary>
    public static object Draft(string planDate = "2026-03-02", string signed = "2026-03-02") => new
    {
        planDate,
        focusChildren = new[] { "daniel" },
        participants = new[] { "theresa" },
        content = new
        {
            serviceObjectives = new[]
            {
                new { id = "4", participant = "daniel", objective = "Attend school regularly", projectedCompletion = "2026-06-19" },
                new { id = "5", participant = "theresa", objective = "Complete the domestic violence program", projectedCompletion = "2026-06-19" },
            },
            signatures = new[] { new { participant = "daniel", signed }, new { participant = "theresa", signed } },
            cps = new
            {
                caseInformation = "Family of two",
                persons = "Daniel, Theresa",
                reasons = "Supervision",
                familyStrengths = "Relatives near",
                familyNeeds = "Transport",
                goals = "School every day",
                whatMustHappen = "Rides are arranged",
                otherNeeds = "None",
                reviewOn = "2026-05-29",
                ifBehaviorDoesNotChange = "The team meets",
            },
        },
    };
}
