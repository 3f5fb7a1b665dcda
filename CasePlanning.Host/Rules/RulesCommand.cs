using System.CommandLine;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Host.Rules;

/// <summary><c>rules [PACK]</c>: prints the rule packs that come with the product, as people read them.</summary>
internal static class RulesCommand
{
    public static Command Create()
    {
        var pack = new Argument<string?>("PACK") { Description = "Only this pack.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("rules", "Prints every rule: what is due, when, what meets it, who is reminded, and where it comes from.") { pack };
        command.SetAction(parsed => Run(parsed.GetValue(pack), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string? wanted, TextWriter output, TextWriter error)
    {
        string[] known = [.. RulePacks.Known, RulePacks.Everywhere];
        if (wanted is not null && !known.Contains(wanted, StringComparer.Ordinal))
        {
            error.WriteLine($"There is no rule pack '{wanted}'. Known packs: {string.Join(", ", known)}.");
            return 1;
        }

        foreach (var id in wanted is null ? known : [wanted])
        {
            output.WriteLine(RulesReference.Of(RulePacks.Load(id)));
        }

        return 0;
    }
}
