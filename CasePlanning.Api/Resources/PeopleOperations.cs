using CasePlanning.Api.Pipeline;
using CasePlanning.Application.People;
using CasePlanning.Domain;
using CasePlanning.Domain.People;
using Microsoft.AspNetCore.Http;

namespace CasePlanning.Api.Resources;

internal static class PeopleOperations
{
    public static IReadOnlyList<Operation> All { get; } = Define.Group(
        "People",
        Define.Read<IReadOnlyList<Person>>("listPeople", "/api/people", Policy.Administer, "The agency's people, by id.",
            call => Define.Answer<IReadOnlyList<Person>>([.. call.Caller.Directory.People.OrderBy(person => person.Id, StringComparer.Ordinal)])),
        Define.Write<NewPerson, Person>("addPerson", HttpMethods.Post, "/api/people", Policy.Administer, "Adds a person; adding the same one again is harmless.", Add)
            .Creating<Person>((call, person) => call.Caller.Directory.Person(person.Id) is null, person => $"/api/people/{person.Id}", person => person.Revision).Repeatable(),
        Define.Write<PersonBody, Person>("changePerson", HttpMethods.Put, "/api/people/{id}", Policy.Administer,
            "Changes a person; whoever has left is made inactive.", Change, person => person.Revision).Repeatable(),
        Define.Read<IReadOnlyList<Absence>>("listAbsences", "/api/people/{id}/absences", Policy.Administer, "A person's absences, by date.", Absences),
        Define.Write<Absence, Person>("recordAbsence", HttpMethods.Post, "/api/people/{id}/absences", Policy.Administer,
            "Records an absence and who stands in; one of the same id is replaced.",
            (call, absence) => call.Get<Administration>().PutAbsence(call.Caller, call.Route("id"), absence, call.Aborted),
            person => person.Revision).Repeatable(),
        Define.Plain<Person>("removeAbsence", HttpMethods.Delete, "/api/people/{id}/absences/{absence}", Policy.Administer,
            "Takes an absence back.",
            call => call.Get<Administration>().RemoveAbsence(call.Caller, call.Route("id"), call.Route("absence"), call.Aborted),
            person => person.Revision).Repeatable());

    private static async Task<Result<Person>> Add(Call call, NewPerson body)
    {
        var existing = call.Caller.Directory.Person(body.Id);
        var person = body.ToPerson(body.Id, call.Caller.Person.Agency, existing);
        return existing is not null
            ? Entries.SameOrTaken(existing, person with { Revision = existing.Revision }, $"The person {body.Id} exists with other content.")
            : Entries.New(await call.Get<Administration>().Put(call.Caller, person, readRevision: null, call.Aborted), $"The id {body.Id} is in use.");
    }

    private static Task<Result<Person>> Change(Call call, PersonBody body) => call.Caller.Directory.Person(call.Route("id")) is { } existing
        ? call.Get<Administration>().Put(call.Caller, body.ToPerson(existing.Id, existing.Agency, existing), call.ReadRevision, call.Aborted)
        : NoPerson<Person>(call);

    private static Task<Result<IReadOnlyList<Absence>>> Absences(Call call) => call.Caller.Directory.Person(call.Route("id")) is { } person
        ? Define.Answer(person.Absences)
        : NoPerson<IReadOnlyList<Absence>>(call);

    private static Task<Result<T>> NoPerson<T>(Call call) => Task.FromResult<Result<T>>(new Refusal.NotFound($"Person {call.Route("id")}"));
}
