using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CasePlanning.Application.People;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Json;
using CasePlanning.Host.Settings;

namespace CasePlanning.Host.Rules;

/// <summary><c>rules diff --agency ID --file FILE</c>: what other rules would move of an agency's open deadlines, as <c>POST …/rules/diff</c> answers.</summary>
internal static class RulesDiffCommand
{
    public static Command Create()
    {
        var agency = new Option<string>("--agency") { Description = "The agency on record.", HelpName = "ID", Required = true };
        var file = new Option<string>("--file") { Description = "The proposed rules: inForceFrom, packs, layer and why, as for PUT …/rules.", HelpName = "FILE", Required = true };
        var command = new Command("diff", "Prints which open deadlines of an agency other rules would move, from when to when. Nothing is changed.") { agency, file, SharedOptions.Data, SharedOptions.Packs };
        command.SetAction((parsed, ct) => RulesCommand.Answered(parsed, () => Diff(parsed, parsed.GetRequiredValue(agency), parsed.GetRequiredValue(file), ct)));
        return command;
    }

    private static async Task<string> Diff(ParseResult parsed, string agency, string file, CancellationToken ct)
    {
        await using var record = await OnRecord.Open(parsed, agency, ct);
        var (proposed, violations) = Read(await File.ReadAllTextAsync(file, ct), record);
        if (proposed is null || violations.Count > 0)
        {
            throw new InvalidDataException(FileViolation.Listed(file, violations));
        }

        // Nobody is signed in here, so what lies in sealed cases is counted and not shown.
        return Written(await proposed.Moves(record.Agency, record.Today, record.Now, new DeadlineComparison(record.Stores.Cases), each => each.SealedTo is null, ct));
    }

    /// <summary>The proposal, as far as its shape lets it be read, with everything that keeps it from being used.</summary>
    private static (ProposedRules? Proposed, IReadOnlyList<FileViolation> Violations) Read(string text, OnRecord record)
    {
        IReadOnlyList<FileViolation>? shape = null;
        try
        {
            using var document = JsonDocument.Parse(text);
            shape = ShapeCheck.Of<ProposedRules>(document.RootElement, RulePacks.Json);
            var proposed = document.Deserialize<ProposedRules>(RulePacks.Json)!;
            return (proposed, [.. shape.Concat(proposed.Check(record.Agency, record.Today).Select(violation => new FileViolation($"$.{violation.Field}", violation.Message))).Distinct()]);
        }
        catch (JsonException exception)
        {
            return (null, shape ?? [FileViolation.NotJson(exception)]);
        }
    }

    private static string Written(MovedDeadlines moves)
    {
        var lines = new List<string>
        {
            FormattableString.Invariant($"{moves.Cases} cases with {moves.Open} open deadlines: {moves.Moved} would move, {moves.New} would be new, {moves.Gone} would be gone."),
        };
        lines.AddRange(moves.Deadlines.Select(each => $"  {each.CaseNumber}  {Day(each.Before)} -> {Day(each.After)}  {each.Rule}: {each.Name}  ({each.Occurrence})"));
        if (moves.Moved + moves.New + moves.Gone - moves.Deadlines.Count is > 0 and var sealedAway)
        {
            lines.Add(FormattableString.Invariant($"{sealedAway} of them in sealed cases aren't listed."));
        }

        return string.Join("\n", lines);
    }

    private static string Day(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "none      ";
}
