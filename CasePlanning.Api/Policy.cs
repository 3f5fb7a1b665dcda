using CasePlanning.Domain.Clocks;

namespace CasePlanning.Api;

/// <summary>
/// Who may call an operation at all, by role. What a caller may see and change of a case is decided by the use case behind it,
/// which knows the case, its people and who stands in for whom.
/// </summary>
/// <param name="Name">As the OpenAPI document names it.</param>
/// <param name="Roles">Any of them is enough.</param>
/// <param name="Sentence">What somebody without them is told.</param>
public sealed record Policy(string Name, IReadOnlyList<Role> Roles, string Sentence)
{
    /// <summary>Needs no sign-in.</summary>
    public static readonly Policy Anonymous = new("anonymous", [], "");

    /// <summary>Everybody with an active entry in an agency's people table.</summary>
    public static readonly Policy Everybody = new("everybody", Enum.GetValues<Role>(), "This needs an entry in the agency's people table with at least one role.");

    /// <summary>The systems that own facts sign in as administrators.</summary>
    public static readonly Policy RecordFacts = new(
        "record-facts", [Role.Worker, Role.Supervisor, Role.Manager, Role.Administrator], "Facts are recorded by workers, supervisors, managers and administrators.");

    public static readonly Policy OpenCases = new(
        "open-cases", [Role.Worker, Role.Supervisor, Role.Administrator], "Cases are opened by workers, supervisors and administrators.");

    /// <summary>A supervisor's work may fall to whoever stands in, so the role alone doesn't decide.</summary>
    public static readonly Policy WorkOnPlans = new(
        "work-on-plans", [Role.Worker, Role.Supervisor, Role.Manager], "Plans are the work of workers, supervisors and managers.");

    /// <summary>Whom a case belongs to and is open to; administrators keep it too.</summary>
    public static readonly Policy KeepCases = new(
        "keep-cases", [Role.Worker, Role.Supervisor, Role.Manager, Role.Administrator], "This is for a case's supervisor or manager, whoever stands in, or an administrator to do.");

    /// <summary>Where nobody in line can be reached, an administrator decides.</summary>
    public static readonly Policy Decide = new(
        "decide", [Role.Worker, Role.Supervisor, Role.Manager, Role.Administrator], "Decisions on plans belong to supervisors and whoever stands in for them.");

    public static readonly Policy Administer = new("administer", [Role.Administrator], "Only administrators do this.");

    /// <summary>Listed in <see cref="ApiOptions.InstallationAdministrators"/>; needs no entry in a people table.</summary>
    public static readonly Policy FoundAgencies = new("found-agencies", [], "Agencies are founded by the installation's administrators, who are named in its settings.");
}
