using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Approval;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application;

/// <summary>Who asks, when, and in which agency. An answer to keep under an idempotency key is saved in the same unit of work as the change.</summary>
/// <param name="KeepReply">Makes the reply to keep from the value answered, or null when the caller gave no key.</param>
/// <param name="ReplyKey">The key it is kept under; work whose reply is kept already is refused with <see cref="Domain.Refusal.KeyReused"/> instead of done twice.</param>
public sealed record Caller(Person Person, AgencyDirectory Directory, DateTimeOffset Now, Func<object, StoredReply>? KeepReply = null, string? ReplyKey = null)
{
    public DateOnly Today => Directory.Calendar.DateAt(Now);

    public bool Is(Role role) => Person.Is(role);
}

/// <summary>Who may see and change a case. A sealed case is seen only by those named on it, whatever their role.</summary>
public static class Access
{
    public static bool MaySee(Caller caller, CaseFile file) =>
        file.Agency == caller.Person.Agency && caller.Person.Active && file.IsOpenTo(caller.Person.Id)
        && (caller.Is(Role.Administrator) || caller.Is(Role.Auditor) || caller.Is(Role.Manager) || InLine(caller, file) || SharesUnit(caller, file));

    /// <summary>The assigned people, their unit's supervisor, and whoever stands in for them today.</summary>
    public static bool MayWrite(Caller caller, CaseFile file) => MaySee(caller, file) && InLine(caller, file);

    /// <summary>Facts also come from the systems that own them, which sign in as administrators.</summary>
    public static bool MayRecordFacts(Caller caller, CaseFile file) =>
        MaySee(caller, file) && (caller.Is(Role.Administrator) || InLine(caller, file));

    /// <summary>The unit's supervisor or whoever stands in, and the manager above.</summary>
    public static bool MaySupervise(Caller caller, CaseFile file) => MaySee(caller, file) && (Supervises(caller, file) || Manages(caller, file));

    /// <summary>Whom a case belongs to and is open to is decided by those who supervise it and by the administrators of the agency that holds it.</summary>
    public static bool MayKeep(Caller caller, CaseFile file) => MaySee(caller, file) && (caller.Is(Role.Administrator) || MaySupervise(caller, file));

    /// <summary>An administrator opens a sealed case on which nobody it is open to can decide any more.</summary>
    public static bool MayRecover(Caller caller, CaseFile file) =>
        file.Agency == caller.Person.Agency && caller.Person.Active && caller.Is(Role.Administrator)
        && file.SealedTo is not null && !caller.Directory.Keepers(file, caller.Today).Any();

    /// <summary>What somebody who may see a case is told when they may not change it in a way.</summary>
    public static Refusal.Forbidden WhyNot(Func<Caller, CaseFile, bool> may) => may == MayWrite
        ? new("Only somebody assigned to the case, those above them, or whoever stands in may do this.", [new Violation("WI-01", "You have no assignment to this case.", null, Sources.Wisconsin)])
        : may == MaySupervise ? new("This is for the case's supervisor or manager, or whoever stands in, to do.")
        : may == MayKeep ? new("This is for the case's supervisor or manager, whoever stands in, or an administrator to do.")
        : may == MayRecordFacts ? new("Facts of a case are recorded by its assigned people, those above them, and the systems that own them.")
        : new("You may see this case, but not change it in this way.");

    private static bool InLine(Caller caller, CaseFile file) =>
        file.Of<Assignment>().Any(assignment => file.IsAssigned(assignment.Person, caller.Today) && StandsFor(caller, assignment.Person))
        || Supervises(caller, file) || Manages(caller, file);

    private static bool Supervises(Caller caller, CaseFile file) =>
        caller.Directory.UnitOf(file, caller.Today)?.Supervisor is { } supervisor && StandsFor(caller, supervisor);

    private static bool Manages(Caller caller, CaseFile file) =>
        caller.Directory.UnitOf(file, caller.Today)?.Manager is { } manager && StandsFor(caller, manager);

    private static bool SharesUnit(Caller caller, CaseFile file) =>
        caller.Is(Role.Worker) && caller.Person.Unit is { } unit && caller.Directory.UnitOf(file, caller.Today)?.Id == unit;

    /// <summary>True for the person themselves, and for whoever stands in for them today.</summary>
    internal static bool StandsFor(Caller caller, string person) =>
        caller.Person.Id == person || caller.Directory.StandIn(person, caller.Today)?.Id == caller.Person.Id;
}
