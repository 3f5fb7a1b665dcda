using System.CommandLine;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Host.Rules;

/// <summary><c>rules [PACK]</c>: prints the rule packs that come with the product, as people read them.</summary>
internal static class RulesCommand
{
    private const string Everywhere = "approval";

    public static Command Create()
    {
        var pack = new Argument<string?>("PACK") { Description = "Only this pack.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("rules", "Prints every rule: what is due, when, what meets it, who is reminded, and where it comes from.") { pack };
        command.SetAction(parsed => Run(parsed.GetValue(pack), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string? wanted, TextWriter output, TextWriter error)
    {
        string[] known = [.. RuleBook.Known, Everywhere];
        if (wanted is not null && !known.Contains(wanted, StringComparer.Ordinal))
        {
            error.WriteLine($"There is no rule pack '{wanted}'. Known packs: {string.Join(", ", known)}.");
            return 1;
        }

        foreach (var id in wanted is null ? known : [wanted])
        {
            Print(RuleBook.Load(id), output);
        }

        return 0;
    }

    private static void Print(RulePack pack, TextWriter output)
    {
        output.WriteLine($"{pack.Id}: {pack.Name}");
        foreach (var rule in pack.Rules)
        {
            output.WriteLine();
            output.WriteLine($"  {rule.Id}  {rule.Name}");
            output.WriteLine($"    {rule.Sentence}");
            Line("for each", rule.Scope.ToString().ToLowerInvariant());
            Line("due", $"{rule.Due} after {Words(rule.Anchor)}");
            Line("recurs", rule.Recurs switch
            {
                Recurrence.No => "no",
                Recurrence.Rolling => $"every {rule.Then ?? rule.Due} after the last one",
                _ => $"every {rule.Then ?? rule.Due}, counted from the anchor each time",
            });
            Line("met by", Words(rule.MetBy));
            Line("roll", rule.Roll switch
            {
                Roll.None => "none; the date stays where it is counted",
                Roll.Weekends => "Saturdays, Sundays and legal holidays to the next day of business",
                _ => "Sundays and legal holidays to the next day of business",
            });
            Line("reminders", string.Join("; ", (rule.Steps.Count > 0 ? rule.Steps : pack.Steps).Select(Step)));
            Line("source", rule.Source);
        }

        output.WriteLine();

        void Line(string what, string text) => output.WriteLine($"    {what,-10}{text}");
    }

    private static string Step(ReminderStep step) => FormattableString.Invariant(
        $"{Rule.StepName(step.Days)}{(step.Every is { } every ? $" and every {every} days" : "")} to {string.Join(" and ", step.To.Select(role => role.ToString().ToLowerInvariant()))}{(step.Immediate ? " at once" : "")}");

    private static string Words(string word) => word.Replace('-', ' ');
}
