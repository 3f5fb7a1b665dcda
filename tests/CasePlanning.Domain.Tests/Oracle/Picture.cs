namespace CasePlanning.Domain.Tests.Oracle;

public enum Where { AwaitingPlan, Draft, PendingApproval, InEffect, RecordingProgress, Closed }

/// <summary>
/// What follows from what is known: memberships, periods, stages and duties. Made anew whenever something becomes known, and each month.
/// </summary>
public sealed class Picture
{
    /// <summary>Days ahead for which duties are worked out.</summary>
    private const int Ahead = 40;

    private readonly Knowledge _known;

    public Picture(Knowledge known, Days days, DateOnly today)
    {
        _known = known;
        Edition = days.Office.EditionOn(today);
        (Today, Horizon) = (today, today.AddDays(Ahead));
        Memberships = Memberhood.Of(known);
        Periods = known.Plans.ToDictionary(plan => plan.Under, plan => Memberhood.Periods(Memberships, plan.Under));
        var excuses = known.Holding(Kind.Excusal).ToLookup(excuse => excuse.Occurrence, excuse => excuse.Until);
        Duties = [.. new Rules(known, this, days).All().Select(duty => duty with { ExcusedUntil = excuses[duty.Occurrence].Max() })];
    }

    public Edition Edition { get; }

    public DateOnly Today { get; }

    public DateOnly Horizon { get; }

    public IReadOnlyList<Membership> Memberships { get; }

    public IReadOnlyDictionary<Under, List<Period>> Periods { get; }

    public IReadOnlyList<Duty> Duties { get; }

    public Period? Running(Under under, DateOnly today) => Periods[under].Find(period => period.Runs(today));

    public string[] Children(Under under, DateOnly today) =>
        [.. Memberships.Where(member => member.Under == under && member.Runs(today)).Select(member => member.Child).Distinct()
            .Order(StringComparer.Ordinal)];

    public Version? InEffect(Under under, DateOnly today) =>
        Running(under, today) is { } period ? Effective(_known.Of(under), period).LastOrDefault() : null;

    public Where Stage(Under under, DateOnly today)
    {
        var plan = _known.Of(under);
        return Running(under, today) is null ? Where.Closed
            : plan.Prepared is { Standing: Standing.Draft } ? Where.Draft
            : plan.Prepared is not null ? Where.PendingApproval
            : InEffect(under, today) is null ? Where.AwaitingPlan
            : plan.UpdateStarted is not null ? Where.RecordingProgress
            : Where.InEffect;
    }

    /// <summary>True when the plan is closed, or the period that ran on that day is over and another one runs.</summary>
    public bool HasEndedSince(Under under, DateOnly begun, DateOnly today) => Running(under, today) is not { } running
        || (!running.Contains(begun) && Periods[under].Exists(period => period.Contains(begun) && period.OverFrom <= today));

    public IEnumerable<Version> Effective(Plan plan, Period period) =>
        plan.Versions.Where(version => version.Standing == Standing.Effective && PeriodOf(plan, version) == period)
            .OrderBy(version => version.EffectiveOn).ThenBy(version => version.Number);

    private Period? PeriodOf(Plan plan, Version version) =>
        Periods[plan.Under].FindLast(period => period.Contains(version.EffectiveOn!.Value))
            ?? Periods[plan.Under].Find(period => period.From > version.EffectiveOn);
}
