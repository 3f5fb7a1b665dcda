using CasePlanning.Application.People;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Api.Settings;

/// <summary>Founds the agency that the settings name where the store has none, so that somebody can sign in and go on from there.</summary>
public sealed class FirstAgency(Administration administration, IDirectoryStore directories)
{
    private const string AdministratorId = "administrator";

    public async Task Run(SetupOptions options, CancellationToken ct)
    {
        if ((await directories.Agencies(ct)).Count > 0)
        {
            return;
        }

        if (options.First is not { } setup)
        {
            // Whoever may found agencies needs none to sign in.
            if (options.InstallationAdministrators.Count > 0)
            {
                return;
            }

            throw new SettingsException(
            [
                "The store has no agency yet, and nobody could sign in. Set Setup:Agency (an id in small letters, digits and hyphens), Setup:Zone (an IANA time zone) and Setup:AdministratorEmail (of the first administrator), or Setup:InstallationAdministrators.",
            ]);
        }

        var founded = await administration.Found(
            new Agency { Id = setup.Agency, Name = setup.AgencyName, Zone = setup.Zone },
            new Person { Id = $"{setup.Agency}-{AdministratorId}", Agency = setup.Agency, Name = setup.AdministratorName, Email = setup.AdministratorEmail, Subject = setup.AdministratorSubject, Roles = [Role.Administrator] },
            ct);
        // Another process that starts at this moment may have come first.
        if (founded.Refusal is { } refusal && (await directories.Agencies(ct)).Count == 0)
        {
            throw new SettingsException([.. refusal.Reasons.Select(reason => $"Setup: {reason.Message}")]);
        }
    }
}
