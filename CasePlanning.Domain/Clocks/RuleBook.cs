using System.Runtime.CompilerServices;
using CasePlanning.Domain.People;

namespace CasePlanning.Domain.Clocks;

/// <summary>The rules of an agency from one day on.</summary>
/// <param name="From">The first day they are in force.</param>
public sealed record RuleEdition(DateOnly From, IReadOnlyList<RulePack> Packs, IReadOnlyList<Rule> Rules)
{
    /// <summary>Days off of the agency's own file.</summary>
    public IReadOnlyList<HolidayRule> OwnHolidays { get; init; } = [];

    /// <summary>Days on which nobody works: the packs' legal holidays and the agency's own.</summary>
    public IEnumerable<HolidayRule> Holidays => Packs.SelectMany(pack => pack.Holidays).Concat(OwnHolidays);

    public Rule? Find(string id) => Rules.FirstOrDefault(rule => string.Equals(rule.Id, id, StringComparison.Ordinal));
}

/// <summary>
/// The rules of an agency's cases, edition by edition, with its calendar. An occurrence that is over is judged by the edition in force on the
/// day it ended; an open one by the edition in force now.
/// </summary>
public sealed class RuleBook
{
    private static readonly ConditionalWeakTable<Agency, RuleBook> Books = [];

    private RuleBook(Agency agency)
    {
        Editions =
        [
            Edition(agency, DateOnly.MinValue, agency.Packs, null),
            .. agency.RuleChanges.OrderBy(change => change.InForceFrom).ThenBy(change => change.At).Select(change => Edition(agency, change.InForceFrom, change.Packs, change.Layer)),
        ];
        Calendar = new Calendar(
            TimeZoneInfo.FindSystemTimeZoneById(agency.Zone),
            agency.Morning,
            agency.WorkingDays.ToHashSet(),
            HolidaySet.Of([.. Editions.Select(edition => (edition.From, edition.Holidays))], agency.Holidays));
    }

    public Calendar Calendar { get; }

    /// <summary>Every edition, the first one first.</summary>
    public IReadOnlyList<RuleEdition> Editions { get; }

    /// <summary>The rule book of an agency, kept as long as the agency's record is. Throws <see cref="InvalidDataException"/> for packs or a layer that can't be used.</summary>
    public static RuleBook For(Agency agency) => Books.GetValue(agency, static agency => new RuleBook(agency));

    /// <summary>The edition in force on a date.</summary>
    public RuleEdition On(DateOnly date)
    {
        for (var index = Editions.Count - 1; index > 0; index--)
        {
            if (Editions[index].From <= date)
            {
                return Editions[index];
            }
        }

        return Editions[0];
    }

    /// <summary>The first day after a date on which another edition comes into force, or null.</summary>
    public DateOnly? NextEditionAfter(DateOnly date) => Editions.Select(edition => edition.From).Where(from => from > date).Order().Select(from => (DateOnly?)from).FirstOrDefault();

    public bool FuturePlanDateBlocksApproval(DateOnly date) => On(date).Packs.Any(pack => pack.FuturePlanDateBlocksApproval);

    private static RuleEdition Edition(Agency agency, DateOnly from, IReadOnlyList<string> ids, RuleLayer? layer)
    {
        var packs = RulePacks.Of([.. ids, RulePacks.Everywhere], layer);
        return new RuleEdition(from, packs, [.. packs.SelectMany(pack =>
        {
            var holidays = new HolidaySet(pack.Holidays);
            return pack.Rules.Select(rule => rule with
            {
                Pack = pack.Id,
                Holidays = holidays,
                Steps = rule.Steps.Count > 0 ? rule.Steps : pack.Steps,
                Due = string.Equals(pack.Id, RulePacks.Everywhere, StringComparison.Ordinal) ? new Offset(agency.ApprovalWorkingDays, OffsetUnit.WorkingDays) : rule.Due,
            });
        })]) { OwnHolidays = layer?.Holidays ?? [] };
    }
}
