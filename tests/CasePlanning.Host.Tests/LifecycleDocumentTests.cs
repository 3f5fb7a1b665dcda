using System.Runtime.CompilerServices;
using System.Text;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Host.Tests;

/// <summary>The picture and the table of the lifecycle are generated from the transition table. UPDATE_DOCS=1 writes them anew.</summary>
public sealed class LifecycleDocumentTests
{
    [Theory]
    [InlineData("README.md", "lifecycle")]
    [InlineData("docs/lifecycle.md", "lifecycle")]
    [InlineData("docs/lifecycle.md", "transitions")]
    public void Documents_show_the_transition_table_as_it_is(string document, string block)
    {
        var path = Path.Combine(Root(), document);
        var text = File.ReadAllText(path);
        var (opening, closing) = ($"<!-- {block} -->", $"<!-- /{block} -->");
        var start = text.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        var end = text.IndexOf(closing, StringComparison.Ordinal);
        var generated = block == "lifecycle" ? Diagram() : Table();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, string.Concat(text.AsSpan(0, start), "\n", generated, text.AsSpan(end)));
            return;
        }

        Assert.Equal("\n" + generated, text[start..end].ReplaceLineEndings("\n"));
    }

    private static string Diagram()
    {
        var text = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> AwaitingPlan : the fact that creates the duty\n");
        var arrows = from row in Transitions.All
                     from to in row.To
                     where to != row.From
                     group Words.Of(row.Act) by (row.From, To: to) into arrow
                     select $"    {arrow.Key.From} --> {arrow.Key.To} : {string.Join(", ", arrow)}\n";
        return text.AppendJoin("", arrows).Append("```\n").ToString();
    }

    private static string Table()
    {
        var text = new StringBuilder("| while the plan is | one can | and it is then |\n|---|---|---|\n");
        foreach (var (from, act, to) in Transitions.All)
        {
            text.Append($"| {Words.Of(from)} | {Words.Of(act)} | {string.Join(" or ", to.Select(stage => Words.Of(stage)))} |\n");
        }

        return text.ToString();
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
