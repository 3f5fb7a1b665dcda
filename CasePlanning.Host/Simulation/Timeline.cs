using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Host.Simulation;

/// <summary>Something of a scenario that happens at an instant.</summary>
internal abstract record Moment(DateTimeOffset At)
{
    public sealed record CaseOpens(DateTimeOffset At, ScenarioCase Case, IReadOnlyList<Fact> Facts) : Moment(At);

    public sealed record FactIsRecorded(DateTimeOffset At, string Case, Fact Fact) : Moment(At);

    public sealed record SomebodyActs(DateTimeOffset At, ScenarioAction Action) : Moment(At);
}

/// <summary>Puts a scenario's openings, facts and actions in the order in which they happen.</summary>
internal static class Timeline
{
    /// <summary>Everything by its instant; at one instant openings, then facts, then actions, each in the order of the file.</summary>
    public static IReadOnlyList<Moment> Of(Scenario scenario, Calendar calendar)
    {
        var moments = new List<Moment>();
        var facts = new List<Moment>();
        foreach (var each in scenario.Cases)
        {
            var opening = calendar.InstantOf(CaseReferences.OpenedAt(each));
            var dated = each.Facts.Select(fact => (Fact: fact, At: RecordedAt(fact, opening, calendar))).ToArray();
            moments.Add(new Moment.CaseOpens(opening, each, [.. dated.Where(fact => fact.At == opening).Select(fact => fact.Fact)]));
            facts.AddRange(dated.Where(fact => fact.At > opening).Select(fact => new Moment.FactIsRecorded(fact.At, each.Number, fact.Fact)));
        }

        return
        [
            .. moments.Concat(facts)
                .Concat(scenario.Actions.Select(action => new Moment.SomebodyActs(calendar.InstantOf(action.At), action)))
                .OrderBy(moment => moment.At),
        ];
    }

    /// <summary>An agency's local time in UTC.</summary>
    public static DateTimeOffset InstantOf(this Calendar calendar, DateTime local) => calendar.At(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));

    private static DateTimeOffset RecordedAt(Fact fact, DateTimeOffset opening, Calendar calendar)
    {
        var at = calendar.InstantOf(fact.RecordedAt == default ? fact.On.ToDateTime(ScenarioJson.OfficeOpens) : fact.RecordedAt.DateTime);
        return at < opening ? opening : at;
    }
}
