using System.Runtime.CompilerServices;
using CasePlanning.Domain.Clocks;
using CasePlanning.Host.Rules;

namespace CasePlanning.Host.Tests;

/// <summary>The reference of the rules is generated from the packs. UPDATE_DOCS=1 writes it anew.</summary>
public sealed class RulesDocumentTests
{
    private const string Opening = "<!-- rules -->";
    private const string Closing = "<!-- /rules -->";

    [Fact]
    public void The_reference_shows_every_rule_as_its_pack_has_it()
    {
        var path = Path.Combine(Root(), "docs/rules.md");
        var text = File.ReadAllText(path);
        var (start, end) = (text.IndexOf(Opening, StringComparison.Ordinal) + Opening.Length, text.IndexOf(Closing, StringComparison.Ordinal));
        var generated = "\n" + string.Join("\n", RulePacks.Known.Append(RulePacks.Everywhere).Select(id => RulesReference.Of(RulePacks.Load(id))));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, string.Concat(text.AsSpan(0, start), generated, text.AsSpan(end)));
            return;
        }

        Assert.Equal(generated, text[start..end].ReplaceLineEndings("\n"));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
