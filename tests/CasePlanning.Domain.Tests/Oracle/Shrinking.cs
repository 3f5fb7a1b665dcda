namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>Leaves out of a history what isn't needed for it to fail.</summary>
public static class Shrinking
{
    public static History Smallest(History history, Func<History, bool> fails)
    {
        for (var chunk = Math.Max(1, history.Happenings.Count / 2); ; chunk = Math.Max(1, chunk / 2))
        {
            var smaller = WithoutChunks(history, chunk, fails);
            if (chunk == 1 && smaller.Happenings.Count == history.Happenings.Count)
            {
                return smaller;
            }

            history = smaller;
        }
    }

    private static History WithoutChunks(History history, int chunk, Func<History, bool> fails)
    {
        for (var start = 0; start < history.Happenings.Count;)
        {
            var without = history with { Happenings = [.. history.Happenings.Take(start), .. history.Happenings.Skip(start + chunk)] };
            if (fails(without))
            {
                history = without;
            }
            else
            {
                start += chunk;
            }
        }

        return history;
    }
}
