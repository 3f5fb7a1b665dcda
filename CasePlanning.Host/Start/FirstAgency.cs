using CasePlanning.Application.People;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Host.Settings;

namespace CasePlanning.Host.Start;

/// <summary>Founds the agency that the settings name where the database has none, so that somebody can sign in and go on from there.</summary>
public sealed class FirstAgency(Administration administration, IDirectoryStore directories)
{
    private const string AdministratorId = "administrator";

    public async Task Run(SetupOptions? setup, CancellationToken ct)
    {
        if ((await directories.Agencies(ct)).Count > 0)
        {
            return;
        }

        if (setup is null)
        {
            throw new SettingsException(
            [
                "The database has no agency yet, and nobody could sign in. Set Setup:Agency (an id in small letters, digits and hyphens), Setup:Zone (an IANA time zone) and Setup:AdministratorEmail (of the first administrator).",
            ]);
        }

        var founded = await administration.Found(
            new Agency { Id = setup.Agency, Name = setup.AgencyName, Zone = setup.Zone },
            new Person { Id = $"{setup.Agency}-{AdministratorId}", Agency = setup.Agency, Name = setup.AdministratorName, Email = setup.AdministratorEmail, Subject = setup.AdministratorSubject, Roles = [Role.Administrator] },
            ct);
        if (founded.Refusal is { } refusal)
        {
            throw new SettingsException([.. refusal.Reasons.Select(reason => $"Setup: {reason.Message}")]);
        }
    }
}
