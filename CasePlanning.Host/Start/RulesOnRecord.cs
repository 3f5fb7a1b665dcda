using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Json;
using CasePlanning.Host.Settings;

namespace CasePlanning.Host.Start;

/// <summary>Makes sure that the rules of every agency on record can be used, so that no case goes without its dates.</summary>
public sealed class RulesOnRecord(IDirectoryStore directories)
{
    /// <summary>Throws <see cref="InvalidDataException"/> with everything that is wrong with any agency's rules.</summary>
    public async Task Check(string database, CancellationToken ct)
    {
        string[] failures =
        [
            .. from agency in await directories.Agencies(ct)
               let violations = RulePacks.Check(agency)
               where violations.Count > 0
               select FileViolation.Listed($"{database}: agency '{agency.Id}'", violations),
        ];
        if (failures.Length > 0)
        {
            throw new InvalidDataException($"{string.Join("\n", failures)}\nA pack that isn't the product's lies in the folder that {SharedOptions.PacksSetting} names.");
        }
    }
}
