using System.Globalization;

namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>A length of time, in "calendar days", "calendar months" or "working days".</summary>
public sealed record Length(int Count, string Unit)
{
    public DateOnly After(DateOnly date, Days days, int times = 1) => Unit switch
    {
        "calendar days" => date.AddDays(Count * times),
        "calendar months" => Days.MonthsAfter(date, Count * times),
        _ => days.WorkingDaysAfter(date, Count * times),
    };

    /// <summary>As a pack's text says it.</summary>
    public string AsWritten => string.Create(CultureInfo.InvariantCulture, $"{Count} {Unit.Replace("calendar ", "", StringComparison.Ordinal)}");
}

/// <summary>One rule, in the oracle's words.</summary>
/// <param name="Rolls">The days its date moves over: none, "weekends" (and holidays) or "sundays" (and holidays).</param>
public sealed record Law(string Id, string Pack, Length First, string Rolls = "")
{
    /// <summary>From one act to the next date, where that differs.</summary>
    public Length? Then { get; init; }

    /// <summary>What the agency chose about it.</summary>
    public string Choice { get; init; } = "";
}

/// <summary>The rules of an agency from one day on.</summary>
public sealed record Edition(DateOnly From, string[] Packs)
{
    /// <summary>Choices by the name of the rule and of what is chosen.</summary>
    public Dictionary<string, string> Choices { get; init; } = [];

    /// <summary>Lengths of the agency's own, by rule.</summary>
    public Dictionary<string, Length> Lengths { get; init; } = [];

    public bool FuturePlanDateBlocksApproval => Packs.Contains("default") || Packs.Contains("wisconsin");

    public Law? Find(string id) =>
        Laws.All.Where(law => law.Id == id && (Packs.Contains(law.Pack) || law.Pack == "approval")).Select(Adapted).FirstOrDefault();

    private Law Adapted(Law law)
    {
        var choice = Choices.FirstOrDefault(each => each.Key[..each.Key.LastIndexOf('.')] == law.Id).Value ?? "";
        var first = Lengths.GetValueOrDefault(law.Id) ?? (choice == "working" ? Laws.WorkingDays(3) : law.First);
        return law with { Choice = choice, First = first };
    }
}

/// <summary>The table of REQUIREMENTS section 7: how long each rule gives, and over which days its date rolls.</summary>
public static class Laws
{
    public static IReadOnlyList<Law> All { get; } =
    [
        new("default.initial", "default", CalendarDays(30)),
        new("default.review", "default", CalendarDays(90)),
        new("default.update", "default", Months(6)),
        new("ca.initial", "california", CalendarDays(60), "weekends"),
        new("ca.update", "california", Months(6), "weekends"),
        new("mi.initial", "michigan", CalendarDays(30), "weekends"),
        new("mi.review", "michigan", CalendarDays(90), "weekends"),
        new("mi.tribe", "michigan", CalendarDays(3), "weekends"),
        new("mn.cps.initial", "minnesota", CalendarDays(30), "weekends"),
        new("mn.ohpp.initial", "minnesota", CalendarDays(30), "weekends"),
        new("mn.review", "minnesota", CalendarDays(90), "weekends"),
        new("mn.admin-review", "minnesota", CalendarDays(180), "weekends") { Then = Months(6) },
        new("mn.wellbeing", "minnesota", CalendarDays(30), "weekends") { Then = Months(6) },
        new("mn.mh-screening", "minnesota", CalendarDays(30), "weekends"),
        new("mn.dev-screening", "minnesota", CalendarDays(7), "weekends"),
        new("mn.contact", "minnesota", Months(1)),
        new("mn.providers", "minnesota", Months(3)),
        new("wi.initial", "wisconsin", CalendarDays(60), "weekends"),
        new("wi.review", "wisconsin", Months(6), "sundays"),
        new("fed.initial", "federal", CalendarDays(60)),
        new("fed.review", "federal", Months(6)),
        new("fed.permanency-hearing", "federal", Months(12)),
        new("fed.fifteen-of-22", "federal", Months(15)),
        new("fed.visit", "federal", Months(1)),
        new("approval.decision", "approval", WorkingDays(5)),
    ];

    public static Length CalendarDays(int count) => new(count, "calendar days");

    public static Length Months(int count) => new(count, "calendar months");

    public static Length WorkingDays(int count) => new(count, "working days");
}
