using System.Collections.Frozen;
using CasePlanning.Domain.Json;

namespace CasePlanning.Domain.Clocks;

/// <summary>What rules have to satisfy beyond their shape.</summary>
internal static class PackChecks
{
    private static readonly RuleScope[] UnderAPlan = [RuleScope.Child, RuleScope.Plan];
    private static readonly RuleScope[] OfAChild = [RuleScope.Child, RuleScope.ChildOnCase];

    /// <summary>Words that speak of something only clocks of some scopes have; with any other they would never mean anything.</summary>
    private static readonly FrozenDictionary<string, RuleScope[]> Scopes = new Dictionary<string, RuleScope[]>(StringComparer.Ordinal)
    {
        ["plan-takes-effect"] = UnderAPlan,
        ["plan-date"] = UnderAPlan,
        ["submission"] = [RuleScope.Version],
        ["removal-or-response"] = [RuleScope.Child],
        ["foster-care"] = [RuleScope.Child],
        ["version-takes-effect"] = UnderAPlan,
        ["signed-version-takes-effect"] = UnderAPlan,
        ["next-version"] = UnderAPlan,
        ["review"] = UnderAPlan,
        ["decision"] = [RuleScope.Version],
        ["placed"] = [RuleScope.Child],
        ["at-home"] = [RuleScope.Child],
        ["indian-child"] = OfAChild,
        ["under-three"] = OfAChild,
        ["briefly-detained"] = [RuleScope.Child],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<FileViolation> Rule(Rule rule, string at) =>
    [
        .. Fits(rule.Anchor, rule, $"{at}.anchor"),
        .. Fits(rule.NoLaterThan, rule, $"{at}.noLaterThan"),
        .. Fits(rule.MetBy, rule, $"{at}.metBy"),
        .. Fits(rule.VoidWhen, rule, $"{at}.voidWhen"),
        .. rule.Applies.SelectMany((word, index) => Fits(word, rule, FormattableString.Invariant($"{at}.applies[{index}]"))),
        .. Steps(rule.Steps, $"{at}.steps"),
        .. Need(rule.Recurs == Recurrence.No || (rule.Due.Count > 0 && rule.Then is not { Count: 0 }), $"{at}.due", "what comes back is due after one day or more."),
        .. Need(rule.Then is null || rule.Recurs is Recurrence.Rolling or Recurrence.Grid or Recurrence.GridFromLastAct, $"{at}.then", "only a rolling rule or a grid has a next date to count."),
        .. Need(rule.NoLaterThan is null || rule.Recurs == Recurrence.No, $"{at}.noLaterThan", "only a rule that doesn't come back can be cut short by an event."),
        .. Need(rule.CountsFromDaysBefore is null || rule.Recurs == Recurrence.Grid, $"{at}.countsFromDaysBefore", "only on a grid does early work count."),
        .. Need(rule.Pause == PauseEffect.None || rule.Scope == RuleScope.Child, $"{at}.pause", "only a child under a plan has stays outside foster care."),
        .. Need(rule.Recurs != Recurrence.MonthsInCare || rule is { Anchor: "foster-care", Due: { Unit: OffsetUnit.Months, Count: <= 22 } }, $"{at}.recurs", "months in care are counted from foster-care, and due after at most 22 months."),
        .. rule.Choices.SelectMany(choice => Need(choice.Value.Options.ContainsKey(choice.Value.Default), $"{ShapeCheck.Below($"{at}.choices", choice.Key)}.default", $"'{choice.Value.Default}' is none of the options: {string.Join(", ", choice.Value.Options.Keys)}.")),
    ];

    public static IEnumerable<FileViolation> Steps(IReadOnlyList<ReminderStep> steps, string at) =>
    [
        .. Need(steps.Zip(steps.Skip(1)).All(pair => pair.First.Days < pair.Second.Days), at, "reminder steps stand in the order of their days."),
        .. Need(steps.SkipLast(1).All(step => step.Every is null), at, "only the last reminder step may repeat."),
    ];

    private static FileViolation[] Fits(string? word, Rule rule, string at) =>
        word is null || !Scopes.TryGetValue(word, out var scopes) ? [] : Need(scopes.Contains(rule.Scope), at, $"'{word}' is for rules with the scope {string.Join(" or ", scopes.Select(Written))}, and this one has {Written(rule.Scope)}.");

    private static string Written(RuleScope scope) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(scope.ToString());

    private static FileViolation[] Need(bool holds, string at, string what) => holds ? [] : [new FileViolation(at, what)];
}
