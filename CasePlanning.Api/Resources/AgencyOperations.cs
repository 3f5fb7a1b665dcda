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
        Define.Write<AgencyBody, Agency>("changeAgency", HttpMethods.Put, "/api/agencies/{id}", Policy.Administer,
            "Changes the agency's settings; every date of its cases is counted again.", Change, agency => agency.Revision).Repeatable());

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

    private static Task<Result<Agency>> Change(Call call, AgencyBody body) =>
        call.Get<Administration>().Put(call.Caller, body.ToAgency(call.Route("id")), call.ReadRevision, call.Aborted);
}
