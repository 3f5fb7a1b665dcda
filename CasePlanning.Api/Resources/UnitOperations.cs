using CasePlanning.Api.Pipeline;
using CasePlanning.Application.People;
using CasePlanning.Domain;
using CasePlanning.Domain.People;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

internal static class UnitOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "Units",
        Define.Read<IReadOnlyList<Unit>>("listUnits", "/api/units", Policy.Administer, "The agency's units, by id.",
            call => Define.Answer<IReadOnlyList<Unit>>([.. call.Caller.Directory.Units.OrderBy(unit => unit.Id, StringComparer.Ordinal)])),
        Define.Write<NewUnit, Unit>("addUnit", HttpMethods.Post, "/api/units", Policy.Administer, "Adds a unit; adding the same one again is harmless.", Add)
            .Creating<Unit>((call, unit) => call.Caller.Directory.Unit(unit.Id) is null, unit => $"/api/units/{unit.Id}", unit => unit.Revision).Repeatable(),
        Define.Write<UnitBody, Unit>("changeUnit", HttpMethods.Put, "/api/units/{id}", Policy.Administer, "Changes a unit.", Change, unit => unit.Revision).Repeatable());

    private static async Task<Result<Unit>> Add(Call call, NewUnit body)
    {
        var unit = body.ToUnit(body.Id, call.Caller.Person.Agency);
        return call.Caller.Directory.Unit(body.Id) is { } existing
            ? Entries.SameOrTaken(existing, unit with { Revision = existing.Revision }, $"The unit {body.Id} exists with other content.")
            : Entries.New(await call.Get<Administration>().Put(call.Caller, unit, readRevision: null, call.Aborted), $"The id {body.Id} is in use.");
    }

    private static Task<Result<Unit>> Change(Call call, UnitBody body) => call.Caller.Directory.Unit(call.Route("id")) is { } existing
        ? call.Get<Administration>().Put(call.Caller, body.ToUnit(existing.Id, existing.Agency), call.ReadRevision, call.Aborted)
        : Task.FromResult<Result<Unit>>(new Refusal.NotFound($"Unit {call.Route("id")}"));
}
