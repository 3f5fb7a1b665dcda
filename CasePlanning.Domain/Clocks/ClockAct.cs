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

    /// <summary>The fact, version or request it comes from.</summary>
    public FactName Name => _source switch
    {
        Fact fact => FactName.Of(fact),
        ApprovalRequest request => new FactName("answer", "-", request.Id),
        var version => new FactName(_text, ".v", ((PlanVersion)version).Number.ToString(CultureInfo.InvariantCulture)),
    };

    public DatedFact Fact => _source switch
    {
        Fact fact => new DatedFact(On, Name, _text, fact.RecordedOn),
        ApprovalRequest => new DatedFact(On, Name, _text, On),
        PlanVersion { Number: 1 } first => new DatedFact(On, Name, "plan took effect", first.EffectiveOn!.Value),
        var version => new DatedFact(On, Name, string.Create(CultureInfo.InvariantCulture, $"version {((PlanVersion)version).Number} took effect"), ((PlanVersion)version).EffectiveOn!.Value),
    };

    /// <summary>What the next occurrence of a rolling rule counts from.</summary>
    public DatedFact Anchor => AnchorsOn == On ? Fact : Fact with { On = AnchorsOn, What = "plan date" };

    /// <summary>What holds already on a day counts from that day.</summary>
    public ClockAct From(DateOnly date) => On < date ? this with { On = date } : this;
}
