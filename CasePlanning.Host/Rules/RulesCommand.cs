using System.CommandLine;
using System.Globalization;
using CasePlanning.Domain.Clocks;
using CasePlanning.Host.Settings;

namespace CasePlanning.Host.Rules;

/// <summary>
/// <c>rules [PACK]</c> prints rule packs as people read them; <c>rules --agency ID</c> those in force for an agency on record, with its own
/// choices and changes; <c>rules diff</c> what other rules would move.
/// </summary>
internal static class RulesCommand
{
    /// <summary>What a question that can't be answered ends with.</summary>
    private const int Refused = 1;

    public static Command Create()
    {
        var pack = new Argument<string?>("PACK") { Description = "Only this pack.", Arity = ArgumentArity.ZeroOrOne };
        var agency = new Option<string?>("--agency") { Description = "The rules in force for this agency on record, with its choices, its own rules and what is coming.", HelpName = "ID" };
        var on = new Option<string?>("--on") { Description = "With --agency: as they are on this date instead of today.", HelpName = "DATE" };
        var command = new Command("rules", "Prints every rule: what is due, when, what meets it, who is reminded, and where it comes from.") { pack, agency, on, SharedOptions.Data, SharedOptions.Packs };
        command.Subcommands.Add(RulesDiffCommand.Create());
        command.Validators.Add(given =>
        {
            if (given.GetValue(agency) is null ? given.GetValue(on) is not null : given.GetValue(pack) is not null)
            {
                given.AddError("Give a pack, or --agency with or without --on.");
            }
        });
        command.SetAction((parsed, ct) => Answered(parsed, () => parsed.GetValue(agency) is { } id ? InForce(parsed, id, parsed.GetValue(on), ct) : Task.FromResult(Known(parsed.GetValue(pack)))));
        return command;
    }

    /// <summary>Loads further packs, prints an answer, or says what keeps it from being given.</summary>
    public static async Task<int> Answered(ParseResult parsed, Func<Task<string>> answer)
    {
        try
        {
            SharedOptions.LoadPacks(parsed);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(await answer());
            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
            return Refused;
        }
    }

    private static string Known(string? wanted)
    {
        string[] known = [.. RulePacks.Known, RulePacks.Everywhere];
        return wanted is null || known.Contains(wanted, StringComparer.Ordinal)
            ? string.Join("\n", (wanted is null ? known : [wanted]).Select(id => RulesReference.Of(RulePacks.Load(id))))
            : throw new InvalidDataException($"There is no rule pack '{wanted}'. Known packs: {string.Join(", ", known)}.");
    }

    private static async Task<string> InForce(ParseResult parsed, string agency, string? on, CancellationToken ct)
    {
        await using var record = await OnRecord.Open(parsed, agency, ct);
        return AgencyRules.Of(record.Agency, on is null ? record.Today
            : DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
            : throw new InvalidDataException($"--on takes a date such as 2027-01-31, and '{on}' is none."));
    }
}
