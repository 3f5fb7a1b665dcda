using System.Text.RegularExpressions;

namespace CasePlanning.Host.Tests.Simulation;

/// <summary>What docs/clocks.md quotes from the samples' stories stands in them, in that order.</summary>
public sealed class ClocksDocumentTests
{
    [Fact]
    public void Every_quoted_line_stands_in_the_story_it_is_quoted_from()
    {
        var page = File.ReadAllText(Playing.InRepository("docs/clocks.md")).ReplaceLineEndings("\n");
        var quotes = Regex.Matches(page, "```text (?<story>[a-z-]+)\n(?<lines>.*?)```", RegexOptions.Singleline);

        Assert.True(quotes.Count >= 5, $"{quotes.Count} quotes");
        foreach (Match quote in quotes)
        {
            var story = File.ReadAllText(Playing.InRepository($"tests/CasePlanning.Host.Tests/Simulation/Golden/{quote.Groups["story"].Value}.txt")).ReplaceLineEndings("\n");
            var from = 0;
            foreach (var line in quote.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var at = story.IndexOf($"{line}\n", from, StringComparison.Ordinal);
                Assert.True(at >= 0, $"{quote.Groups["story"].Value} doesn't say, after what was quoted before: {line}");
                from = at + line.Length;
            }
        }
    }
}
