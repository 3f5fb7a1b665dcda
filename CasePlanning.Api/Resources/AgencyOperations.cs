using CasePlanning.Api.Pipeline;
using CasePlanning.Application.People;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

internal static class AgencyOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Agencies",
        Define.Read<IReadOnlyList<Agency>>("listAgencies", "/api/agencies", Policy.Administer, "The caller's agency with its settings.",
            call => Define.Answer<IReadOnlyList<Agency>>([call.Caller.Directory.Agency])),
        Define.Write<NewAgency, Agency>("foundAgency", HttpMethods.Post, "/api/agencies", Policy.FoundAgencies, "Founds an agency with its first administrator.", Found)
            .Creating<Agency>((_, _) => true, agency => $"/api/agencies/{agency.Id}", agency => agency.Revision).Repeatable(),
        Define.Write<AgencySettingsBody, MovedDeadlines>("diffAgency", HttpMethods.Post, "/api/agencies/{id}/diff", Policy.Administer,
            "What a change of the agency's zone, working days, days off or days to decide would move; nothing is saved.",
            (call, body) => call.Get<AgencySettings>().Diff(call.Caller, Asked(call, body), call.Aborted)).Repeatable(),
        Define.Write<AgencySettingsBody, Agency>("changeAgency", HttpMethods.Put, "/api/agencies/{id}", Policy.Administer,
            "Changes the agency's settings; every date of its cases is counted again, and what dates are counted with stays on record with who changed it and why.",
            (call, body) => call.Get<AgencySettings>().Change(call.Caller, Asked(call, body), body.Why, call.ReadRevision, call.Aborted), agency => agency.Revision).Repeatable(),
        Define.Write<ProposedRules, MovedDeadlines>("diffRules", HttpMethods.Post, "/api/agencies/{id}/rules/diff", Policy.Administer,
            "What a change of the agency's packs, choices, rules or holidays would move; nothing is saved.",
            (call, body) => Own(call, () => call.Get<RuleKeeping>().Diff(call.Caller, body, call.Aborted))).Repeatable(),
        Define.Write<ProposedRules, Agency>("changeRules", HttpMethods.Put, "/api/agencies/{id}/rules", Policy.Administer,
            "Changes the agency's packs, choices, rules or holidays from a day on; the change, who made it and why stay on record.",
            (call, body) => Own(call, () => call.Get<RuleKeeping>().Change(call.Caller, body, call.Aborted)), agency => agency.Revision).Repeatable());

    private static Task<Result<T>> Own<T>(Call call, Func<Task<Result<T>>> act) where T : notnull =>
        call.Route("id") == call.Caller.Person.Agency ? act() : Task.FromResult<Result<T>>(new Refusal.Forbidden("Administrators keep their own agency."));

    private static Task<Result<Agency>> Found(Call call, NewAgency body) => call.Get<Administration>().Found(
        body.ToAgency(body.Id),
        new Person
        {
            Id = body.Administrator.Id,
            Agency = body.Id,
            Name = body.Administrator.Name,
            Email = body.Administrator.Email,
            Subject = body.Administrator.Subject,
            Roles = [Role.Administrator],
        },
        call.Aborted);

    private static Agency Asked(Call call, AgencySettingsBody body) =>
        body.ToAgency(call.Route("id")) with { Packs = body.Packs ?? call.Caller.Directory.Agency.Packs };
}
