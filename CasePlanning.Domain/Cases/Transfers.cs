using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Cases;

/// <summary>Hands a case to another agency: what has to hold for it, and what becomes of the case's file.</summary>
public static class Transfers
{
    /// <summary>Why a case can't go to an agency and unit; empty when it can.</summary>
    /// <param name="receiving">The agency asked for, or null where there is none of that id.</param>
    public static IReadOnlyList<Violation> Check(CaseFile file, IReadOnlyList<PlanView> plans, string agency, string? unit, string reason, AgencyDirectory? receiving) =>
    [
        .. Need(agency == file.Agency || receiving is not null, $"There is no agency '{agency}'.", "agency"),
        .. Need(agency != file.Agency, "The case is this agency's already; another unit of it is given by an assignment.", "agency"),
        .. Need(receiving is null || receiving.People.Any(person => person.Active), $"Nobody of the agency '{agency}' could receive the case.", "agency"),
        .. Need(unit is null || receiving is null || receiving.Unit(unit) is not null, $"There is no unit '{unit}' in the agency '{agency}'.", "unit"),
        .. Need(!string.IsNullOrWhiteSpace(reason), "Give the reason for the transfer.", "reason"),
        .. Need(reason.Length <= FactValidator.LongestText, FormattableString.Invariant($"A text takes at most {FactValidator.LongestText} characters."), "reason"),
        .. plans.Count > 0 && plans.All(plan => plan.Stage == Stage.Closed)
            ? [new Violation("lifecycle", "Every plan of the case is closed; one that is to go on elsewhere is reopened first.")]
            : Array.Empty<Violation>(),
    ];

    /// <summary>
    /// The file as the receiving agency has it: assignments end that day, and a sealed case is open to the unit's supervisor alone, or where
    /// there is none to the agency's administrators.
    /// </summary>
    public static CaseFile Apply(CaseFile file, Transfer transfer, string? unit, AgencyDirectory receiving)
    {
        var ended = file.Of<Assignment>().Where(assignment => assignment.Until is null || assignment.Until > transfer.On).Select(assignment => Ended(assignment, transfer));
        return ended.Append<Fact>(transfer).Aggregate(file, (each, fact) => each.With(fact)) with
        {
            Agency = transfer.To,
            Unit = unit,
            SealedTo = file.SealedTo is null ? null : OpenTo(receiving, unit),
        };
    }

    /// <summary>An assignment that lies ahead never begins.</summary>
    private static Assignment Ended(Assignment assignment, Transfer transfer)
    {
        var changed = assignment with { RecordedAt = transfer.RecordedAt, RecordedBy = transfer.RecordedBy, Revision = assignment.Revision + 1 };
        return assignment.On > transfer.On ? changed with { Withdrawn = "The case was transferred to another agency." } : changed with { Until = transfer.On };
    }

    private static string[] OpenTo(AgencyDirectory receiving, string? unit) => receiving.Person(receiving.Unit(unit)?.Supervisor) is { Active: true } supervisor
        ? [supervisor.Id]
        : [.. receiving.People.Where(person => person.Active && person.Is(Role.Administrator)).Select(person => person.Id).Order(StringComparer.Ordinal)];

    private static Violation[] Need(bool holds, string message, string field) => holds ? [] : [new Violation("transfer", message, field)];
}
