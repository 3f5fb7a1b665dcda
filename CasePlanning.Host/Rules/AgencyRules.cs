using System.Globalization;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Host.Rules;

/// <summary>Writes the rules of an agency on record as they are on a date, and what comes after it.</summary>
internal static class AgencyRules
{
    public static string Of(Agency agency, DateOnly date)
    {
        var book = RuleBook.For(agency);
        var edition = book.On(date);
        string[] parts =
        [
            $"# {agency.Name} (`{agency.Id}`): rules in force on {Day(date)}\n{Since(agency, edition.From)}",
            .. edition.Packs.Select(pack => RulesReference.Of(AsInForce(pack, edition), ChangeOf(agency, edition.From)?.Layer?.Choices)),
            $"## Days off of the agency's own\n{OwnDaysOff(agency, edition, date)}\n",
            $"## Coming\n{Coming(agency, book, date)}\n",
        ];
        return string.Join("\n", parts);
    }

    /// <summary>A pack with its rules as the edition has them, the agency's own number of days included.</summary>
    private static RulePack AsInForce(RulePack pack, RuleEdition edition) => pack with { Rules = [.. edition.Rules.Where(rule => rule.Pack == pack.Id)] };

    private static string Since(Agency agency, DateOnly from) =>
        ChangeOf(agency, from) is { } change ? $"In force since {Day(from)}. {Why(change)}\n" : "In force from the beginning.\n";

    private static string OwnDaysOff(Agency agency, RuleEdition edition, DateOnly date)
    {
        string[] days = [.. edition.OwnHolidays.Select(RulesReference.Holiday), .. agency.Holidays.Where(day => day >= date).Order().Select(Day)];
        return days.Length == 0 ? "None." : $"{string.Join("; ", days)}.";
    }

    private static string Coming(Agency agency, RuleBook book, DateOnly date)
    {
        string[] changes =
        [
            .. from day in book.Editions.Select(edition => edition.From).Where(day => day > date).Distinct()
               let change = ChangeOf(agency, day)!
               select $"- From {Day(day)}: {string.Join(", ", change.Packs)}{(change.Layer is null ? "" : ", with a file of the agency's own")}. {Why(change)}",
        ];
        return changes.Length == 0 ? "Nothing." : string.Join("\n", changes);
    }

    /// <summary>The change that came into force on a day; of several the last one made.</summary>
    private static RuleChange? ChangeOf(Agency agency, DateOnly from) => agency.RuleChanges.Where(change => change.InForceFrom == from).MaxBy(change => change.At);

    private static string Why(RuleChange change) => $"{change.Why} ({change.By}, {change.At.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})";

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
