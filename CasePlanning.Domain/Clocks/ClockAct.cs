using System.Globalization;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Clocks;

/// <summary>What was done, and the date from which it anchors the next occurrence of a rolling rule. One that <see cref="Ends"/> a duty doesn't meet it.</summary>
public readonly record struct ClockAct : IDated
{
    /// <summary>What it comes from: few acts are ever named, so their names are made where they are asked for.</summary>
    private readonly object _source;

    /// <summary>What was done, in words; for a version the id of its plan.</summary>
    private readonly string _text;

    public ClockAct(Fact fact, string what) => (_source, _text, On, AnchorsOn) = (fact, what, fact.On, fact.On);

    /// <summary>A version that took effect.</summary>
    public ClockAct(CasePlan plan, PlanVersion version) => (_source, _text, On, AnchorsOn) = (version, plan.Id, version.EffectiveOn!.Value, version.EffectiveOn.Value);

    /// <summary>A request that was answered.</summary>
    public ClockAct(ApprovalRequest request, string what) => (_source, _text, On, AnchorsOn) = (request, what, request.AnsweredOn!.Value, request.AnsweredOn.Value);

    public DateOnly On { get; private init; }

    public DateOnly AnchorsOn { get; init; }

    public bool Ends { get; init; }

    /// <summary>The last day on which it still holds, as a plan in effect does; null for what is done on one day.</summary>
    public DateOnly? HoldsTo { get; init; }

    /// <summary>True for the next of its kind, which follows its anchor even where that is dated later.</summary>
    public bool Follows { get; init; }

    public DatedFact Fact => _source switch
    {
        Fact fact => new DatedFact(On, FactName.Of(fact), _text, fact.RecordedOn),
        ApprovalRequest request => new DatedFact(On, new FactName("answer", "-", request.Id), _text, On),
        PlanVersion { Number: 1 } first => Effect(first, "plan took effect"),
        var version => Effect((PlanVersion)version, string.Create(CultureInfo.InvariantCulture, $"version {((PlanVersion)version).Number} took effect")),
    };

    /// <summary>What holds already on a day counts from that day.</summary>
    public ClockAct From(DateOnly date) => On < date ? this with { On = date } : this;

    private DatedFact Effect(PlanVersion version, string what) =>
        new(On, new FactName(_text, ".v", version.Number.ToString(CultureInfo.InvariantCulture)), what, version.EffectiveOn!.Value);
}
