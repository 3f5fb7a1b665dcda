using System.Collections.Concurrent;

namespace CasePlanning.Domain.Tests.Oracle;

public sealed class HistoryTests
{
    private static readonly Days[] Agencies = [.. Offices.All.Select(office => new Days(office))];

    [Fact]
    public void Three_hundred_histories_end_as_a_day_by_day_count_says() => Play(1, 300);

    [Fact, Trait("Category", "Long")]
    public void Ten_thousand_histories_end_as_a_day_by_day_count_says() => Play(1_000, 10_000);

    private static void Play(int first, int count)
    {
        var failed = new ConcurrentDictionary<int, string>();
        Parallel.For(first, first + count, seed =>
        {
            if (Disagreement(Histories.Of(seed, Agencies)) is { } disagreement)
            {
                failed[seed] = disagreement;
            }
        });
        Assert.True(failed.IsEmpty, failed.IsEmpty ? "" : Report(count, [.. failed.OrderBy(each => each.Key)]));
    }

    private static string? Disagreement(History history) => Playback.Compare(history, Agencies[history.Office]);

    private static string Report(int count, KeyValuePair<int, string>[] failed) =>
        $"{failed.Length} of {count} histories disagree.\n{string.Join('\n', failed.Take(20).Select(each => $"{each.Key}: {each.Value}"))}\n\nMade smaller:\n\n{string.Join("\n\n", failed.Take(5).Select(each => Told(Histories.Of(each.Key, Agencies))))}";

    private static string Told(History history)
    {
        var small = Shrinking.Smallest(history, each => Disagreement(each) is not null);
        return $"{small}\n{Disagreement(small)}";
    }
}
