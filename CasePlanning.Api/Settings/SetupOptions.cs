namespace CasePlanning.Api.Settings;

/// <summary>The agency and administrator to begin with when the store has no agency, and who may found others.</summary>
/// <param name="First">Null where none is named.</param>
/// <param name="InstallationAdministrators">Token subjects or e-mail addresses of those who found agencies.</param>
public sealed record SetupOptions(FirstAgencyOptions? First, IReadOnlyList<string> InstallationAdministrators)
{
    public static SetupOptions Read(SettingsReader reader) => new(FirstAgencyOptions.Read(reader), reader.Parts("Setup:InstallationAdministrators"));
}

/// <param name="Zone">An IANA time zone.</param>
/// <param name="AdministratorSubject">Of the administrator's token; null where the address says who that is.</param>
public sealed record FirstAgencyOptions(string Agency, string AgencyName, string Zone, string AdministratorEmail, string AdministratorName, string? AdministratorSubject)
{
    internal static FirstAgencyOptions? Read(SettingsReader reader)
    {
        var agency = reader.Text("Setup:Agency");
        var zone = reader.Text("Setup:Zone");
        var email = reader.Text("Setup:AdministratorEmail");
        var first = new FirstAgencyOptions(
            agency ?? "",
            reader.Text("Setup:AgencyName") ?? agency ?? "",
            zone ?? "",
            email ?? "",
            reader.Text("Setup:AdministratorName") ?? email ?? "",
            reader.Text("Setup:AdministratorSubject"));
        if (agency is null && zone is null && email is null)
        {
            return null;
        }

        reader.Require(agency is not null, "Setup:Agency is missing; set the agency's id, in small letters, digits and hyphens.");
        reader.Require(zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), $"Setup:Zone is '{zone}'; set an IANA time zone such as America/Los_Angeles.");
        reader.Require(email is not null, "Setup:AdministratorEmail is missing; set the e-mail address the first administrator signs in with.");
        return first;
    }
}
