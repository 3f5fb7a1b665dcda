using System.Text.RegularExpressions;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Domain.People;

/// <summary>What agencies, units and people have to satisfy to be saved; all violations are reported at once.</summary>
public static partial class PeopleValidator
{
    public static IReadOnlyList<Violation> Check(Agency agency) =>
    [
        .. Id(agency.Id),
        .. Need(Has(agency.Name), "Give the agency's name, in at most 200 characters.", "name"),
        .. Need(TimeZoneInfo.TryFindSystemTimeZoneById(agency.Zone, out _), $"'{agency.Zone}' is not a time zone; give an IANA name such as America/Los_Angeles.", "zone"),
        .. Need(agency.WorkingDays.Count > 0, "An agency works on at least one day of the week.", "workingDays"),
        .. Need(agency.Packs.Count > 0, "Choose at least one rule pack.", "packs"),
        .. Need(agency.Packs.Distinct(StringComparer.Ordinal).Count() == agency.Packs.Count, "Name each rule pack once.", "packs"),
        .. agency.Packs.Except(RulePacks.Known, StringComparer.Ordinal).Select(pack => new Violation("agency", $"There is no rule pack '{pack}'; known packs are {string.Join(", ", RulePacks.Known)}.", "packs")),
        .. RulePacks.Check(agency with { Packs = [] }).Select(violation => new Violation("agency", violation.Message, violation.Path[2..])),
        .. Need(agency.ApprovalWorkingDays is >= 1 and <= 60, "A supervisor has between 1 and 60 working days to decide.", "approvalWorkingDays"),
    ];

    public static IReadOnlyList<Violation> Check(Unit unit, AgencyDirectory directory) =>
    [
        .. Id(unit.Id),
        .. Need(Has(unit.Name), "Give the unit's name, in at most 200 characters.", "name"),
        .. Need(unit.Supervisor is null || directory.Person(unit.Supervisor) is not null, $"There is no person '{unit.Supervisor}' in this agency.", "supervisor"),
        .. Need(unit.Manager is null || directory.Person(unit.Manager) is not null, $"There is no person '{unit.Manager}' in this agency.", "manager"),
    ];

    public static IReadOnlyList<Violation> Check(Person person, AgencyDirectory directory) =>
    [
        .. Id(person.Id),
        .. Need(Has(person.Name), "Give the person's name, in at most 200 characters.", "name"),
        .. Need(Address().IsMatch(person.Email), $"'{person.Email}' is not an e-mail address.", "email"),
        .. Need(person.Roles.Count > 0, "Give the person at least one role.", "roles"),
        .. Need(person.Unit is null || directory.Unit(person.Unit) is not null, $"There is no unit '{person.Unit}' in this agency.", "unit"),
        .. person.Absences.SelectMany(absence => Check(absence, person, directory)),
        .. Check(person.Mail, directory.Agency),
    ];

    public static IReadOnlyList<Violation> Check(MailPreferences mail, Agency agency) =>
    [
        .. Need(mail.Hour is null || mail.Hour >= agency.Morning, FormattableString.Invariant($"Reminders go out from {agency.Morning:HH:mm}, the agency's morning; choose that hour or a later one."), "hour"),
        .. Need(mail.Hour is null || mail.Hour <= LatestHour, FormattableString.Invariant($"A digest that comes after {LatestHour:HH:mm} is read on another day; choose an earlier hour."), "hour"),
        .. Need(mail.ExtraLeadDays is >= 0 and <= MailPreferences.MostLeadDays, FormattableString.Invariant($"Extra lead time is between 0 and {MailPreferences.MostLeadDays} days."), "extraLeadDays"),
    ];

    public static IReadOnlyList<Violation> Check(Absence absence, Person person, AgencyDirectory directory) =>
    [
        .. Id(absence.Id),
        .. Need(absence.To >= absence.From, "An absence can't end before it begins.", "to"),
        .. Need(absence.Cover is null || directory.Person(absence.Cover) is not null, $"There is no person '{absence.Cover}' in this agency.", "cover"),
        .. Need(absence.Cover != person.Id, "Nobody covers for themselves.", "cover"),
    ];

    private static readonly TimeOnly LatestHour = new(18, 0);

    private static Violation[] Id(string id) =>
        Need(IdPattern().IsMatch(id), $"The id '{id}' takes 1 to 40 small letters, digits or hyphens.", "id");

    private static Violation[] Need(bool holds, string message, string field) => holds ? [] : [new Violation("people", message, field)];

    private static bool Has(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= 200;

    [GeneratedRegex("^[a-z0-9-]{1,40}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^[^@\s<>,;""]+@[^@\s<>,;""]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
