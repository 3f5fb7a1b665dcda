namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>An agency as the oracle knows it; its editions are those of its rules, earliest first.</summary>
public sealed record Office(string Zone, TimeOnly Morning, IReadOnlyList<DayOfWeek> WorkingDays, IReadOnlyList<DateOnly> Holidays,
    int DecisionDays)
{
    public Edition[] Editions { get; init; } = [new(DateOnly.MinValue, ["default"])];

    /// <summary>True when the second edition is another agency's, to which the case is transferred on its first day.</summary>
    public bool ByTransfer { get; init; }

    public Edition EditionOn(DateOnly date) => Array.FindLast(Editions, edition => edition.From <= date)!;

    public override string ToString() => $"{Zone}, {string.Join(ByTransfer ? " then transferred " : " then ", Editions.Select(edition =>
        $"{edition.From:yyyy-MM-dd} {string.Join("+", edition.Packs)} {string.Join(" ", edition.Choices)} {string.Join(" ", edition.Lengths)}"))}";
}

public static class Offices
{
    private static readonly DayOfWeek[] Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday,
        DayOfWeek.Friday];

    private static readonly Office[] Places =
    [
        new("America/Los_Angeles", new(7, 0), Weekdays, Each((1, 1), (7, 4), (12, 25)), 5),
        new("America/Chicago", new(8, 30), Weekdays,
            Each((7, 3), (7, 4), (12, 24), (12, 25), (12, 26), (12, 27), (12, 28), (12, 29), (12, 30), (12, 31), (1, 1), (1, 2)), 3),
        new("America/Detroit", new(6, 0), [.. Weekdays, DayOfWeek.Saturday], Each((11, 11), (12, 25)), 1),
        new("Africa/Cairo", new(0, 30), [DayOfWeek.Sunday, .. Weekdays], Each((4, 25), (10, 6)), 2),
        new("Australia/Lord_Howe", new(2, 15), Enum.GetValues<DayOfWeek>(), [], 10),
    ];

    private static readonly string[] Five = ["california", "michigan", "minnesota", "wisconsin", "federal"];

    public static IReadOnlyList<Office> All { get; } =
    [
        .. Places.Select(place => place with { Editions = [First("default")] }),
        .. Five.Select((pack, index) => Places[index] with { Editions = [First(pack)] }),
        .. Five.SkipLast(1).Select((pack, index) => Places[4 - index] with { Editions = [First(pack, "federal")] }),
        Places[0] with { Editions = [First(Five)] },
        Places[1] with { Editions = [First([.. Five, "default"])] },
        Places[1] with { Editions = [First("minnesota") with { Choices = Chosen("mn.cps.initial.anchor=end-of-assessment",
            "mn.ohpp.initial.anchor=earlier", "mn.review.anchor=plan-date") }] },
        Places[2] with { Editions = [First("michigan") with { Choices = Chosen("mi.initial.at-home=from-opening", "mi.tribe.days=working") }] },
        Places[3] with { Editions = [First("federal") with { Choices = Discharge }] },
        Places[0] with { Editions = [First("minnesota", "federal") with { Choices = Chosen("mn.cps.initial.anchor=opening") }] },
        .. Changing,
        Places[1] with { ByTransfer = true, Editions = [First("minnesota", "federal"), new(new(2011, 11, 1), ["wisconsin", "federal"])] },
        Places[2] with { ByTransfer = true, Editions = [First("default"), new(new(2016, 2, 29), ["michigan", "default"])] },
        Places[3] with { ByTransfer = true, Editions = [First("michigan", "federal"), new(new(2013, 9, 9), ["federal", "michigan"]) { Lengths = new() {
            ["mi.review"] = Laws.CalendarDays(60), ["fed.review"] = Laws.Months(3) } }] },
        Places[0] with { ByTransfer = true, Editions = [First("california", "federal"), new(new(2007, 6, 16), ["minnesota"])] },
    ];

    private static Dictionary<string, string> Discharge => Chosen("fed.review.pause=discharge", "fed.permanency-hearing.pause=discharge");

    /// <summary>Agencies whose rules change: other lengths, other choices, a pack more, a pack less.</summary>
    private static IEnumerable<Office> Changing =>
    [
        Places[0] with { Editions = [First("california"), new(new(2009, 3, 14), ["california", "federal"])] },
        Places[1] with { Editions = [First("minnesota"), new(new(2012, 7, 4), ["minnesota"]) { Lengths = new() {
            ["mn.review"] = Laws.CalendarDays(60), ["mn.wellbeing"] = Laws.CalendarDays(45), ["mn.dev-screening"] = Laws.WorkingDays(4) } }] },
        Places[2] with { Editions = [First("michigan", "federal"), new(new(2018, 1, 2), ["michigan", "federal"]) { Choices = Discharge }] },
        Places[3] with { Editions = [First("minnesota", "michigan"), new(new(2015, 6, 15), ["minnesota", "michigan"]) { Choices = Chosen("mn.cps.initial.anchor=opening",
            "mn.ohpp.initial.anchor=earlier", "mn.review.anchor=plan-date", "mi.initial.at-home=from-opening") }] },
        Places[0] with { Editions = [First("michigan", "federal"),
            new(new(2010, 8, 20), ["michigan", "federal"]) { Lengths = new() { ["mi.review"] = Laws.CalendarDays(50), ["fed.review"] = Laws.Months(4) } },
            new(new(2011, 5, 2), ["michigan", "federal"]) { Lengths = new() { ["mi.review"] = Laws.CalendarDays(120),
                ["fed.review"] = Laws.CalendarDays(75), ["fed.permanency-hearing"] = Laws.Months(9) } }] },
        Places[4] with { Editions = [First("default"), new(new(2005, 10, 30), ["wisconsin", "default"]),
            new(new(2006, 5, 1), ["wisconsin", "federal"]) { Lengths = new() { ["wi.initial"] = Laws.CalendarDays(45) } }] },
    ];

    private static Edition First(params string[] packs) => new(DateOnly.MinValue, packs);

    private static Dictionary<string, string> Chosen(params string[] choices) =>
        choices.Select(choice => choice.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private static DateOnly[] Each(params (int Month, int Day)[] dates) =>
        [.. Enumerable.Range(1995, 70).SelectMany(year => dates.Select(date => new DateOnly(year, date.Month, date.Day)))];
}
