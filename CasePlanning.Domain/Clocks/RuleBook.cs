using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.People;

namespace CasePlanning.Domain.Clocks;

/// <summary>The rules of an agency from one day on.</summary>
/// <param name="From">The first day they are in force.</param>
public sealed record RuleEdition(DateOnly From, IReadOnlyList<RulePack> Packs, IReadOnlyList<Rule> Rules)
{
    internal ImmutableArray<Clock> Clocks { get; } = [.. Rules.Select(rule => new Clock(rule))];

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
    private readonly Transfer? _transfer;

    private RuleBook(Agency agency)
    {
        RuleEdition[] editions =
        [
            Edition(agency, DateOnly.MinValue, agency.Packs, null),
            .. agency.RuleChanges.OrderBy(change => change.InForceFrom).ThenBy(change => change.At).Select(change => Edition(agency, change.InForceFrom, change.Packs, change.Layer)),
        ];
        // Of several changes for one day the last one made holds; the others were never in force.
        Editions = [.. editions.GroupBy(edition => edition.From).Select(sameDay => sameDay.Last())];
        Calendar = new Calendar(
            TimeZoneInfo.FindSystemTimeZoneById(agency.Zone),
            agency.Morning,
            agency.WorkingDays.ToHashSet(),
            HolidaySet.Of([.. Editions.Select(edition => (edition.From, edition.Holidays))], agency.Holidays));
    }

    private RuleBook(RuleBook agency, Transfer transfer)
    {
        Editions =
        [
            .. transfer.RulesBefore.Select(agency.Recalled),
            agency.On(transfer.On) with { From = transfer.On },
            .. agency.Editions.Where(edition => edition.From > transfer.On),
        ];
        Calendar = agency.Calendar.With(agency.Calendar.DaysOff.After(transfer.DaysOffBefore, transfer.On));
        _transfer = transfer;
    }

    public Calendar Calendar { get; }

    /// <summary>Every edition, the first one first.</summary>
    public ImmutableArray<RuleEdition> Editions { get; }

    /// <summary>The rule book of an agency, kept as long as the agency's record is. Throws <see cref="InvalidDataException"/> for packs or a layer that can't be used.</summary>
    public static RuleBook For(Agency agency) => Books.GetValue(agency, static agency => new RuleBook(agency));

    /// <summary>The rules of one of the agency's cases: from its last transfer on the agency's, and before it those on record with the transfer.</summary>
    public RuleBook Of(CaseFile file) => file.LastTransfer is { } transfer ? new RuleBook(this, transfer) : this;

    /// <summary>What a transfer on a day keeps of these rules, and of those an earlier transfer has kept.</summary>
    public IReadOnlyList<FormerEdition> Before(DateOnly day) =>
    [
        .. _transfer?.RulesBefore ?? [],
        .. Editions.Where(edition => edition.From < day && edition.From >= (_transfer?.On ?? DateOnly.MinValue)).Select(edition => new FormerEdition
        {
            From = edition.From == DateOnly.MinValue ? null : edition.From,
            Rules = [.. edition.Rules.Select(rule => new FormerRule { Id = rule.Id, Due = rule.Due, Then = rule.Then })],
        }),
    ];

    /// <summary>Why a rule isn't in force on a date any more.</summary>
    public string EndedBecause(string rule, DateOnly date) => _transfer?.On is { } day && Editions.All(edition => edition.From < day || edition.From > date || edition.Find(rule) is null)
        ? "the case was transferred to another agency"
        : "its rule is no longer in force for this case";

    /// <summary>The edition in force on a date.</summary>
    public RuleEdition On(DateOnly date) => Editions[IndexOn(date)];

    /// <summary>A rule with the lengths it had on a date, and the first later day on which they are others; the last of all days if there is none.</summary>
    internal (Rule Then, DateOnly Until) LengthOn(DateOnly date, Rule rule)
    {
        if (Editions.Length == 1)
        {
            return (rule, DateOnly.MaxValue);
        }

        var then = WithLengthOf(On(date), rule);
        foreach (var edition in Editions)
        {
            if (edition.From > date && WithLengthOf(edition, rule) is var next && (next.Due != then.Due || next.Then != then.Then))
            {
                return (then, edition.From);
            }
        }

        return (then, DateOnly.MaxValue);
    }

    /// <summary>
    /// The first day of the unbroken time up to a date in which a rule has been in force and counted from the same events;
    /// <see cref="DateOnly.MinValue"/> if it has been from the beginning.
    /// </summary>
    public DateOnly InForceSince(string rule, DateOnly date)
    {
        var index = IndexOn(date);
        var now = index == 0 ? null : Editions[index].Find(rule);
        while (index > 0 && Editions[index - 1].Find(rule) is { } before && (now is null || CountsAlike(before, now)))
        {
            index--;
        }

        return Editions[index].From;
    }

    /// <summary>Whether a rule in force on a date counted from other events before.</summary>
    internal bool CountedOtherwise(Rule rule, DateOnly date) => Editions.Any(edition => edition.From <= date && edition.Find(rule.Id) is { } then && !CountsAlike(then, rule));

    /// <summary>
    /// Whether an occurrence counts. One that was over before its rule came into force bound nobody, unless the ledger has it as more than ended
    /// or void: those say nothing about people, and a rule that comes back leaves them so.
    /// </summary>
    internal bool Binds(in Occurrence occurrence, DateOnly today) => occurrence.LastDay is not { } last
        || occurrence.Mark is { Outcome: not (Outcome.Ended or Outcome.Void) }
        || last >= InForceSince(occurrence.Rule.Id, today);

    /// <summary>The first day after a date on which another edition comes into force, or null.</summary>
    public DateOnly? NextEditionAfter(DateOnly date)
    {
        DateOnly? next = null;
        foreach (var edition in Editions)
        {
            next = edition.From > date && !(next <= edition.From) ? edition.From : next;
        }

        return next;
    }

    public bool FuturePlanDateBlocksApproval(DateOnly date) => On(date).Packs.Any(pack => pack.FuturePlanDateBlocksApproval);

    /// <summary>A former edition as far as this agency knows its rules; the others judge nothing any more.</summary>
    private RuleEdition Recalled(FormerEdition former) => new(former.From ?? DateOnly.MinValue, [],
    [
        .. from was in former.Rules
           let known = Editions.Select(edition => edition.Find(was.Id)).FirstOrDefault(rule => rule is not null)
           where known is not null
           select known with { Due = was.Due, Then = was.Then },
    ]);

    private static bool CountsAlike(Rule one, Rule other) =>
        (one.Scope, one.Anchor, one.NoLaterThan, one.MetBy, one.Recurs, one.Pause) == (other.Scope, other.Anchor, other.NoLaterThan, other.MetBy, other.Recurs, other.Pause)
        && one.Applies.SequenceEqual(other.Applies, StringComparer.Ordinal);

    private static Rule WithLengthOf(RuleEdition edition, Rule rule) =>
        edition.Find(rule.Id) is { } known && (known.Due != rule.Due || known.Then != rule.Then) ? rule with { Due = known.Due, Then = known.Then } : rule;

    private int IndexOn(DateOnly date)
    {
        var index = Editions.Length - 1;
        while (index > 0 && Editions[index].From > date)
        {
            index--;
        }

        return index;
    }

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
