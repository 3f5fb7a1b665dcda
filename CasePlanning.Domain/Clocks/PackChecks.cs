namespace CasePlanning.Domain.Clocks;

/// <summary>What a pack has to satisfy beyond its shape; every violation is named at once.</summary>
internal static class PackChecks
{
    public static RulePack Checked(string file, RulePack pack, string? id)
    {
        string[] violations =
        [
            .. Need(id is null || pack.Id == id, "$.id", $"the pack calls itself '{pack.Id}'"),
            .. pack.Holidays.SelectMany((holiday, index) => CanBeRead(holiday, $"$.holidays[{index}].on")),
            .. Steps(pack.Steps, "$.steps"),
            .. pack.Rules.GroupBy(rule => rule.Id, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => $"$.rules: {same.Key} is written {same.Count()} times"),
            .. pack.Rules.SelectMany((rule, index) => Rule(rule, $"$.rules[{index}]")),
        ];
        return violations.Length == 0 ? pack : throw new InvalidDataException($"{file} can't be used:{string.Concat(violations.Select(violation => $"\n  {violation}."))}");
    }

    private static IEnumerable<string> Rule(Rule rule, string at) =>
    [
        .. Known(Vocabulary.Anchors.Keys, rule.Anchor, $"{at}.anchor", rule),
        .. Known(Vocabulary.Acts.Keys, rule.MetBy, $"{at}.metBy", rule),
        .. rule.NoLaterThan is { } word ? Known(Vocabulary.Anchors.Keys, word, $"{at}.noLaterThan", rule) : [],
        .. rule.VoidWhen is { } condition ? Known(Vocabulary.Conditions.Keys, condition, $"{at}.voidWhen", rule) : [],
        .. rule.Applies.SelectMany(each => Known(Vocabulary.Conditions.Keys, each, $"{at}.applies", rule)),
        .. Steps(rule.Steps, $"{at}.steps"),
        .. Need(rule.CountsFromDaysBefore is null || rule.Recurs == Recurrence.Grid, $"{at}.countsFromDaysBefore", $"{rule.Id} says when early work counts, which only a grid does"),
        .. rule.Choices.SelectMany(choice => Need(choice.Value.Options.ContainsKey(choice.Value.Default), $"{at}.choices.{choice.Key}", $"the default '{choice.Value.Default}' is none of the options")),
    ];

    private static IEnumerable<string> Steps(IReadOnlyList<ReminderStep> steps, string at) =>
    [
        .. Need(steps.Zip(steps.Skip(1)).All(pair => pair.First.Days < pair.Second.Days), at, "reminder steps must be in the order of their days"),
        .. Need(steps.SkipLast(1).All(step => step.Every is null), at, "only the last reminder step may repeat"),
        .. Need(steps.All(step => step.Every is null or > 0), at, "a step repeats every one or more days"),
        .. Need(steps.All(step => Math.Abs((long)step.Days) <= 3660 && (step.Every is null || step.Every <= 3660)), at, "a reminder lies within ten years of its date"),
        .. Need(steps.All(step => step.To.Count > 0), at, "each reminder step goes to at least one role"),
    ];

    private static string[] Known(IEnumerable<string> words, string word, string at, Rule rule) =>
        Need(words.Contains(word, StringComparer.Ordinal), at, $"{rule.Id} says '{word}', which is none of {string.Join(", ", words.Order(StringComparer.Ordinal))}");

    public static string[] CanBeRead(HolidayRule holiday, string at)
    {
        try
        {
            _ = (holiday with { From = null, To = null, EvenYears = false }).DaysIn(2023).ToArray();
            return [];
        }
        catch (FormatException exception)
        {
            return [$"{at}: {exception.Message.TrimEnd('.')}"];
        }
    }

    private static string[] Need(bool holds, string at, string what) => holds ? [] : [$"{at}: {what}"];
}
