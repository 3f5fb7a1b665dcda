using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.People;

/// <summary>Founds agencies, and keeps units, people and absences. A change has every case of the agency looked at again.</summary>
public sealed class Administration(IDirectoryStore directories)
{
    /// <summary>Creates an agency with its first administrator, where none of this id exists.</summary>
    public async Task<Result<Agency>> Found(Agency agency, Person administrator, CancellationToken ct)
    {
        var directory = new AgencyDirectory(agency, [], [administrator]);
        Violation[] violations = [.. PeopleValidator.Check(agency), .. PeopleValidator.Check(administrator, directory)];
        if (violations.Length > 0)
        {
            return new Refusal.Invalid(violations);
        }

        if (await IsTaken(administrator, ct) is { } taken)
        {
            return taken;
        }

        foreach (var other in await directories.Agencies(ct))
        {
            if (other.Id != agency.Id && (await directories.Find(other.Id, ct))?.Person(administrator.Id) is not null)
            {
                return new Refusal.AlreadyRecorded($"The id '{administrator.Id}' belongs to a person of another agency.");
            }
        }

        // A founding that stopped between the two saves is completed when it is repeated.
        if (await directories.Save(agency with { Revision = 1 }, ct) == SaveOutcome.Conflict && (await directories.Find(agency.Id, ct))?.People.Any() != false)
        {
            return new Refusal.AlreadyRecorded($"The agency {agency.Id} exists.");
        }

        await directories.Save(administrator with { Revision = 1 }, ct);
        return agency with { Revision = 1 };
    }

    public async Task<Result<Unit>> Put(Caller caller, Unit unit, int? readRevision, CancellationToken ct)
    {
        var own = unit with { Agency = caller.Person.Agency };
        var before = caller.Directory.Unit(unit.Id);
        return await Put(caller, own, before, before?.Revision ?? 0, readRevision, PeopleValidator.Check(own, caller.Directory), revision => own with { Revision = revision }, directories.Save, ct);
    }

    public async Task<Result<Person>> Put(Caller caller, Person person, int? readRevision, CancellationToken ct)
    {
        var own = person with { Agency = caller.Person.Agency };
        var before = caller.Directory.Person(person.Id);
        if (caller.Is(Role.Administrator) && await IsTaken(own, ct) is { } taken)
        {
            return taken;
        }

        var administrators = caller.Directory.People.Where(each => each.Id != own.Id).Append(own).Count(each => each.Active && each.Is(Role.Administrator));
        if (administrators == 0)
        {
            return new Refusal.Invalid([new Violation("people", "An agency keeps at least one active administrator; name another one first.", "roles")]);
        }

        return await Put(caller, own, before, before?.Revision ?? 0, readRevision, PeopleValidator.Check(own, caller.Directory), revision => own with { Revision = revision }, directories.Save, ct);
    }

    /// <summary>A sign-in names one person, so an address or subject belongs to one entry, in whichever agency.</summary>
    private async Task<Refusal?> IsTaken(Person person, CancellationToken ct)
    {
        foreach (var name in new[] { person.Email, person.Subject }.OfType<string>())
        {
            if (await directories.FindPerson(name, ct) is { } other && other.Id != person.Id)
            {
                return new Refusal.AlreadyRecorded($"Somebody else signs in as '{name}'.");
            }
        }

        return null;
    }

    /// <summary>Records an absence; one of the same id is replaced.</summary>
    public Task<Result<Person>> PutAbsence(Caller caller, string personId, Absence absence, CancellationToken ct) =>
        ChangePerson(caller, personId, person => PeopleValidator.Check(absence, person, caller.Directory) is { Count: > 0 } violations
            ? new Refusal.Invalid(violations)
            : person with { Absences = [.. person.Absences.Where(other => other.Id != absence.Id).Append(absence).OrderBy(each => each.From)] }, ct);

    public Task<Result<Person>> RemoveAbsence(Caller caller, string personId, string absenceId, CancellationToken ct) =>
        ChangePerson(caller, personId, person => person.Absences.Any(each => each.Id == absenceId)
            ? person with { Absences = [.. person.Absences.Where(other => other.Id != absenceId)] }
            : new Refusal.NotFound($"Absence {absenceId} of {personId}"), ct);

    /// <summary>Changes how the caller wants their own mail.</summary>
    public async Task<Result<Person>> PutPreferences(Caller caller, MailPreferences mail, CancellationToken ct)
    {
        var before = caller.Directory.Person(caller.Person.Id)!;
        var violations = PeopleValidator.Check(mail, caller.Directory.Agency);
        return violations.Count > 0 ? new Refusal.Invalid(violations)
            : await Save(caller, before, before.Revision, readRevision: null, revision => before with { Mail = mail, Revision = revision }, directories.Save, ct);
    }

    private async Task<Result<Person>> ChangePerson(Caller caller, string personId, Func<Person, Result<Person>> change, CancellationToken ct)
    {
        if (!caller.Is(Role.Administrator))
        {
            return OnlyAdministrators();
        }

        if (caller.Directory.Person(personId) is not { } person)
        {
            return new Refusal.NotFound($"Person {personId}");
        }

        var changed = change(person);
        return changed.Refusal is not null ? changed : await Put(caller, changed.Value, readRevision: null, ct);
    }

    private static async Task<Result<T>> Put<T>(
        Caller caller, T entry, T? before, int revision, int? readRevision, IReadOnlyList<Violation> violations, Func<int, T> withRevision, Func<T, CancellationToken, DateTimeOffset?, Task<SaveOutcome>> save, CancellationToken ct)
        where T : class
    {
        if (!caller.Is(Role.Administrator))
        {
            return OnlyAdministrators();
        }

        return violations.Count > 0 ? new Refusal.Invalid(violations) : await Save(caller, before, revision, readRevision, withRevision, save, ct);
    }

    private static async Task<Result<T>> Save<T>(Caller caller, T? before, int revision, int? readRevision, Func<int, T> withRevision, Func<T, CancellationToken, DateTimeOffset?, Task<SaveOutcome>> save, CancellationToken ct)
        where T : class
    {
        if (before is not null && readRevision is { } read && read != revision)
        {
            return new Refusal.Stale("This entry");
        }

        var saved = withRevision(revision + 1);
        return await save(saved, ct, caller.Now) == SaveOutcome.Saved ? saved : new Refusal.Stale("This entry");
    }

    private static Refusal.Forbidden OnlyAdministrators() => new("Only administrators do this.");
}
