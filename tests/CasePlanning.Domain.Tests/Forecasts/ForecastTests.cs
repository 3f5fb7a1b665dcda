using System.Globalization;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Tests.Packs;

namespace CasePlanning.Domain.Tests.Forecasts;

/// <summary>What is foreseen is what the engine says once it has come: each case of the packs' tables is played forward, every duty done when due.</summary>
public sealed class ForecastTests
{
    /// <summary>Weeks and months after the day of a row on which its case is looked at too.</summary>
    private static readonly int[] Later = [0, 75, 200];

    private const int DaysAhead = 400;

    public static TheoryData<string, string, string> Stories
    {
        get
        {
            TheoryData<string, string, string, string, string, string>[] tables =
                [DefaultTable.Rows, CaliforniaTable.Rows, MichiganTable.Rows, MinnesotaTable.Rows, WisconsinTable.Rows, FederalTable.Rows];
            var all = new TheoryData<string, string, string>();
            var stories = tables.SelectMany(table => table.Select(row => ((string)row[0], (string)row[1], (string)row[2])))
                .Concat(SeveralPacks).Distinct().Where(story => LastDayOf(story.Item2) <= Given.Day(story.Item3) && !MovesItsOwn(story.Item2));
            foreach (var (packs, facts, on) in stories)
            {
                all.Add(packs, facts, on);
            }

            return all;
        }
    }

    /// <summary>A review on the day care is entered: the second one then falls on the first one's date, where doing it moves it and meets nothing.</summary>
    private static bool MovesItsOwn(string facts) => facts.EndsWith("; 2025-03-03 court-review", StringComparison.Ordinal);

    /// <summary>Siblings and a late-placed child under a state's rules and the federal ones, where one act meets several duties.</summary>
    private static IEnumerable<(string, string, string)> SeveralPacks =>
        from packs in new[] { "federal+minnesota", "federal+wisconsin", "federal+michigan", "federal+california", "default+federal+minnesota" }
        from facts in new[]
        {
            "2025-01-02 open; child ann; foster ann; child ben; foster ben",
            "2025-01-02 open; child ann indian; foster ann; 2025-01-20 version placed signed 2025-01-22; 2025-02-10 judicial-finding; child ben; 2025-03-01 foster ben",
            "2025-01-02 open; child ann; foster ann; 2025-02-01 version placed signed 2025-02-01; 2025-03-05 court-review; caseworker-visit ann; 2025-04-01 trial ann",
            "2025-01-02 open; child ann; child ben until 2025-09-30; 2025-02-01 version home signed 2025-02-01; 2025-03-05 review home; family-met",
        }
        from day in new[] { "2025-04-02", "2025-06-30" }
        select (packs, facts, day);

    [Theory]
    [MemberData(nameof(Stories))]
    public void What_is_foreseen_is_what_comes_when_every_duty_is_done_on_its_due_date(string packs, string facts, string on)
    {
        var rules = RuleBook.For(Vector.AgencyOf(packs));
        foreach (var days in Later)
        {
            var from = Given.Day(on).AddDays(days);
            var until = from.AddDays(DaysAhead);
            var read = Notation.Of(facts);
            var played = new Played(read.File, read.Plans, rules);
            var start = played.On(from);
            var running = start.Deadlines.Where(each => each.IsOpen || each.Closes > from).Select(ClockOf).ToHashSet();
            var known = start.Deadlines.Select(each => each.Occurrence).ToHashSet();

            var foreseen = Forecast.Of(start, rules.Calendar, until).Select(Written);

            var came = played.Through(from, until).Deadlines
                .Where(each => running.Contains(ClockOf(each)) && !known.Contains(each.Occurrence) && each.Due <= until).Select(Written);
            Assert.Equal(came.Order(StringComparer.Ordinal), foreseen.Order(StringComparer.Ordinal));
        }
    }

    private static string ClockOf(Deadline deadline) => $"{deadline.Rule.Id} {deadline.Subject}";

    private static string Written(Deadline deadline) => string.Create(CultureInfo.InvariantCulture, $"{ClockOf(deadline)} {deadline.Counted:yyyy-MM-dd} {deadline.Due:yyyy-MM-dd}");

    private static DateOnly LastDayOf(string facts) => facts.Split(';', StringSplitOptions.TrimEntries)
        .Select(item => item.Split(' ')[0]).Where(word => DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)).Max(Given.Day);
}
