using System.Collections.Concurrent;

namespace CasePlanning.Domain.Tests.Oracle;

public sealed class HistoryTests
{
    private static readonly Days[] Agencies = [.. Offices.All.Select(office => new Days(office))];

    /// <summary>A month or quarter ends with its last day, so that nothing meets it later.</summary>
    private static readonly string[] NeverLate = ["mn.contact", "mn.providers", "fed.visit"];

    [Fact]
    public void Three_hundred_histories_end_as_a_day_by_day_count_says_and_show_every_rule_kept_late_and_forgotten()
    {
        var seen = Play(1, 300);
        var lacking =
            from law in Laws.All
            from status in new[] { "MetOnTime", "MetLate", "Overdue or Missed" }
            where !(status == "MetLate" && NeverLate.Contains(law.Id)) && !status.Split(" or ").Any(each => seen.ContainsKey((law.Id, each)))
            select $"{law.Id} {status}";
        Assert.True(!lacking.Any(), $"No history shows: {string.Join(", ", lacking)}.");
    }

    [Fact]
    public void Twenty_years_under_every_pack_at_once_end_as_a_day_by_day_count_says()
    {
        var everything = Array.FindIndex(Agencies, agency => agency.Office.Editions[0].Packs.Length == 6);
        Play(1, 2, seed => Histories.Long(seed, Agencies, everything));
    }

    [Fact, Trait("Category", "Long")]
    public void Twenty_years_in_every_agency_end_as_a_day_by_day_count_says() =>
        Play(0, Agencies.Length, seed => Histories.Long(seed, Agencies, office: seed));

    [Fact, Trait("Category", "Long")]
    public void Ten_thousand_histories_end_as_a_day_by_day_count_says() => Play(1_000, 10_000);

    /// <summary>The rules and statuses that were compared.</summary>
    private static ConcurrentDictionary<(string Rule, string Status), bool> Play(int first, int count, Func<int, History>? make = null)
    {
        make ??= seed => Histories.Of(seed, Agencies);
        var failed = new ConcurrentDictionary<int, string>();
        var seen = new ConcurrentDictionary<(string, string), bool>();
        Parallel.For(first, first + count, seed =>
        {
            var history = make(seed);
            if (Playback.Compare(history, Agencies[history.Office], (rule, status) => seen.TryAdd((rule, status), true)) is { } disagreement)
            {
                failed[seed] = disagreement;
            }
        });
        Assert.True(failed.IsEmpty, failed.IsEmpty ? "" : Report(count, make, [.. failed.OrderBy(each => each.Key)]));
        return seen;
    }

    private static string? Disagreement(History history) => Playback.Compare(history, Agencies[history.Office]);

    private static string Report(int count, Func<int, History> make, KeyValuePair<int, string>[] failed) =>
        $"""
        {failed.Length} of {count} histories disagree.
        {string.Join('\n', failed.Take(20).Select(each => $"{each.Key}: {each.Value}"))}

        Made smaller:

        {string.Join("\n\n", failed.Take(5).Select(each => Told(make(each.Key))))}
        """;

    private static string Told(History history)
    {
        var small = Shrinking.Smallest(history, each => Disagreement(each) is not null);
        return $"{small}\n{Disagreement(small)}";
    }
}
