using System.Globalization;
using CasePlanning.Application;
using CasePlanning.Application.Reading;
using CasePlanning.Domain;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Host.Simulation;

/// <summary>What somebody reads who opens a version: its head and content in a sentence, the rules it doesn't meet and the warnings.</summary>
internal sealed record Seen(IReadOnlyList<string> Lines, IReadOnlyList<Violation> Rules, IReadOnlyList<string> Different);

/// <summary>Reads a version of a plan and compares it with what a scenario says it shows.</summary>
internal static class Looking
{
    public static async Task<Result<Seen>> At(CaseReading reading, Look look, string planId, Caller caller, CancellationToken ct)
    {
        var plan = await reading.Plan(caller, planId, ct);
        if (plan.Refusal is { } refusal)
        {
            return refusal;
        }

        var number = look.Version ?? plan.Value.InPreparation?.Number ?? plan.Value.InEffect?.Number ?? 0;
        var version = await reading.Version(caller, planId, number, ct);
        var readiness = await reading.ReadinessOf(caller, planId, number, ct);
        return version.Then(detail => readiness.Then<Seen>(rules => new Seen(
            [
                HeadOf(detail.Version, plan.Value.Stage),
                ContentOf(detail.Content),
                .. rules.Unmet.Select(rule => $"not met yet: {rule.Message} [{rule.Rule}]"),
                .. rules.Warnings.Select(rule => $"warning: {rule.Message} [{rule.Rule}]"),
            ],
            [.. rules.Unmet, .. rules.Warnings],
            [.. Differences(look.Shows ?? new Shown(), plan.Value.Stage, detail)])));
    }

    private static string HeadOf(PlanVersion version, Stage stage) => string.Create(
        CultureInfo.InvariantCulture,
        $"version {version.Number}, {(version.Kind == VersionKind.Update ? "an update" : "an initial plan")}, plan date {version.PlanDate:yyyy-MM-dd}, end date {version.EndDate:yyyy-MM-dd}, for {List(version.FocusChildren)}; with {List(version.Participants)}; the plan is {Words.Of(stage)}");

    private static string ContentOf(PlanContent content) =>
        $"objectives {List(content.ServiceObjectives.Select(each => each.Id))}; appropriateness {(content.Appropriateness.Length == 0 ? "blank" : $"\"{content.Appropriateness}\"")}; prior signatures {List(PriorOf(content))}";

    private static IEnumerable<string> Differences(Shown asked, Stage stage, VersionDetail found)
    {
        (string What, string? Asked, string Found)[] members =
        [
            ("stage", asked.Stage?.ToString(), stage.ToString()),
            ("planDate", Day(asked.PlanDate), Day(found.Version.PlanDate)!),
            ("endDate", Day(asked.EndDate), Day(found.Version.EndDate)!),
            ("focusChildren", Listed(asked.FocusChildren), List(found.Version.FocusChildren)),
            ("objectives", Listed(asked.Objectives), List(found.Content.ServiceObjectives.Select(each => each.Id))),
            ("appropriateness", asked.Appropriateness, found.Content.Appropriateness),
            ("priorSignatures", Listed(asked.PriorSignatures), List(PriorOf(found.Content))),
        ];
        return members.Where(member => member.Asked is not null && member.Asked != member.Found).Select(member => $"{member.What} is {member.Found}, and {member.Asked} was expected");
    }

    private static IEnumerable<string> PriorOf(PlanContent content) =>
        content.Signatures.Where(each => each.PriorSigned is not null).Select(each => $"{each.Participant} {Day(each.PriorSigned)}");

    private static string? Listed(IReadOnlyList<string>? ids) => ids is null ? null : List(ids);

    private static string List(IEnumerable<string> ids) => string.Join(", ", ids.Order(StringComparer.Ordinal)) is { Length: > 0 } some ? some : "none";

    private static string? Day(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
