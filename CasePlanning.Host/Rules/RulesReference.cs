using CasePlanning.Domain.Clocks;

namespace CasePlanning.Host.Rules;

/// <summary>Writes rule packs as people read them; Markdown, which also reads well on a terminal.</summary>
public static class RulesReference
{
    /// <param name="pack">The pack.</param>
    /// <param name="chosen">An agency's choices, by rule and choice; null shows what there is to choose.</param>
    public static string Of(RulePack pack, IReadOnlyDictionary<string, string>? chosen = null)
    {
        var lines = new List<string>();
        lines.Add($"## {pack.Name} (`{pack.Id}`)\n");
        lines.Add($"Reminders, where a rule has none of its own: {Steps(pack.Steps)}.");
        if (pack.Holidays.Count > 0)
        {
            lines.Add($"\nLegal holidays: {string.Join("; ", pack.Holidays.Select(Holiday))}.");
        }

        foreach (var rule in pack.Rules)
        {
            lines.Add($"\n### {rule.Id}: {rule.Name}\n{rule.Sentence}\n");
            lines.Add($"- For {Scope(rule.Scope)}{(rule.Applies.Count == 0 ? "" : $", {string.Join(" and ", rule.Applies.Select(Words))}")}.");
            lines.Add($"- {Due(rule)}.");
            lines.Add($"- Met by: {Words(rule.MetBy)}.");
            lines.Add($"- Rolls: {Roll(rule.Roll)}.");
            if (rule.Pause != PauseEffect.None)
            {
                lines.Add($"- A stay outside foster care: {(rule.Pause == PauseEffect.Discharge ? "counts as discharge; the return anchors anew" : "moves no date; one that fell in it is due on return")}.");
            }

            if (rule.Steps.Count > 0 && !rule.Steps.SequenceEqual(pack.Steps))
            {
                lines.Add($"- Reminders: {Steps(rule.Steps)}.");
            }

            foreach (var (name, choice) in rule.Choices)
            {
                lines.Add($"- Choice `{rule.Id}.{name}`: {choice.Sentence} {string.Join(", ", choice.Options.Keys.Select(option => Option(option, choice.Default, chosen?.GetValueOrDefault($"{rule.Id}.{name}"))))}.");
            }

            lines.Add($"- Source: {rule.Source}.");
        }

        return string.Join("\n", lines) + "\n";
    }

    private static string Option(string option, string @default, string? chosen) => $"`{option}`{(option == chosen ? " (chosen)" : option == @default ? " (default)" : "")}";

    private static string Scope(RuleScope scope) => scope switch
    {
        RuleScope.Child => "each focus child under a plan",
        RuleScope.ChildOnCase => "each focus child, whatever the setting",
        RuleScope.Plan => "each plan",
        RuleScope.Case => "the case",
        _ => "each submitted version",
    };

    private static string Due(Rule rule)
    {
        var next = rule.Then ?? rule.Due;
        return rule.Recurs switch
        {
            Recurrence.Rolling => $"Due {rule.Due} after: {Words(rule.Anchor)}; then {next} after each one",
            Recurrence.Grid => $"Due every {next}, counted from the {Words(rule.Anchor)} each time{(rule.CountsFromDaysBefore is { } early ? FormattableString.Invariant($"; work counts from {early} days before") : "")}",
            Recurrence.GridFromLastAct => $"Due {next} after the last one, and never later than every {next} counted from: {Words(rule.Anchor)}",
            Recurrence.Monthly => "Due on the last day of each calendar month touched",
            Recurrence.Quarterly => "Due on the last day of each calendar quarter touched",
            Recurrence.MonthsInCare => FormattableString.Invariant($"Due on the day the months in care counted over the last 22 reach {rule.Due.Count}"),
            _ => $"Due {rule.Due} after: {Words(rule.Anchor)}{(rule.NoLaterThan is { } earlier ? $", or on the {Words(earlier)} if that is earlier" : "")}",
        };
    }

    private static string Roll(Roll roll) => roll switch
    {
        Domain.Clocks.Roll.None => "no; the date stays where it is counted",
        Domain.Clocks.Roll.Weekends => "over Saturdays, Sundays and legal holidays to the next day of business",
        _ => "over Sundays and legal holidays to the next day",
    };

    public static string Holiday(HolidayRule holiday)
    {
        var years = (holiday.From, holiday.To) switch
        {
            ({ } from, null) => FormattableString.Invariant($", from {from}"),
            (null, { } to) => FormattableString.Invariant($", until {to}"),
            ({ } from, { } to) => FormattableString.Invariant($", {from} to {to}"),
            _ => "",
        };
        var observed = holiday.Observed switch
        {
            Observed.MondayAfter => ", on a Sunday also the Monday",
            Observed.NearestWeekday => ", on a weekend also the nearest weekday",
            _ => "",
        };
        return $"{holiday.Name} ({holiday.On}{years}{(holiday.EvenYears ? ", even years" : "")}{observed})";
    }

    private static string Steps(IEnumerable<ReminderStep> steps) => string.Join("; ", steps.Select(step => FormattableString.Invariant(
        $"{Rule.StepName(step.Days)}{(step.Every is { } every ? $" and every {every} days" : "")} to {string.Join(" and ", step.To.Select(role => role.ToString().ToLowerInvariant()))}{(step.Immediate ? " at once" : "")}")));

    private static string Words(string word) => word.Replace('-', ' ');
}
