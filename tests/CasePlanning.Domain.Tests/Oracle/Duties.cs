using System.Globalization;

namespace CasePlanning.Domain.Tests.Oracle;

public enum Where { AwaitingPlan, Draft, PendingApproval, InEffect, RecordingProgress, Closed }

/// <summary>One step of a row of reminders.</summary>
public sealed record Step(int Days, params string[] To)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{(Days > 0 ? "+" : "")}{Days}");
}

/// <summary>One date that somebody has to keep, as the facts now are.</summary>
public sealed record Duty(string Occurrence, DateOnly Anchored, DateOnly Counted, bool ForDecision)
{
    public DateOnly? MetOn { get; init; }

    /// <summary>Recalled or withdrawn: over, and not met.</summary>
    public bool TakenBack { get; init; }

    public DateOnly? OverFrom { get; init; }

    public DateOnly? ExcusedUntil { get; init; }

    /// <summary>Neither the default pack nor the approval clock rolls.</summary>
    public DateOnly Due => Counted;

    public bool IsOpen(DateOnly today) => MetOn is null && !TakenBack && !(OverFrom <= today);

    /// <summary>The steps in their order; the last repeats every seven days.</summary>
    public Step StepAt(int index)
    {
        var steps = ForDecision ? Decision : Default;
        return index < steps.Length ? steps[index] : steps[^1] with { Days = steps[^1].Days + (7 * (index - steps.Length + 1)) };
    }

    public DateTimeOffset MorningOf(int step, Days days)
    {
        var from = StepAt(step).Days;
        return days.MorningOf(from <= 0 ? days.WorkingDayAtOrBefore(Counted.AddDays(from)) : days.WorkingDayAtOrAfter(Due.AddDays(from)));
    }

    public string Status(Days days, DateTimeOffset now)
    {
        var today = days.DateAt(now);
        return MetOn is not null ? MetOn <= Due || MetOn <= ExcusedUntil ? "MetOnTime" : "MetLate"
            : !IsOpen(today) ? "Ended"
            : ExcusedUntil >= today ? "Excused"
            : today > Due ? "Overdue"
            : today >= Counted ? "Due"
            : today >= days.DateAt(MorningOf(0, days)) ? "DueSoon"
            : "Upcoming";
    }

    private static readonly Step[] Default =
        [new(-14, "Worker"), new(-7, "Worker"), new(-1, "Worker"), new(0, "Worker", "Supervisor"), new(1, "Worker", "Supervisor"),
            new(7, "Worker", "Supervisor", "Manager")];

    private static readonly Step[] Decision =
        [new(-2, "Supervisor"), new(0, "Supervisor"), new(1, "Supervisor", "Manager"), new(7, "Supervisor", "Manager")];
}

/// <summary>What follows from what is known: memberships, periods, stages and duties. Made anew whenever something becomes known.</summary>
public sealed class Picture
{
    private readonly Knowledge _known;
    private readonly Days _days;

    public Picture(Knowledge known, Days days)
    {
        _known = known;
        _days = days;
        Memberships = Memberhood.Of(known);
        Periods = known.Plans.ToDictionary(plan => plan.Under, plan => Memberhood.Periods(Memberships, plan.Under));
        Duties = [.. known.Plans.SelectMany(plan => Initial(plan).Concat(Reviews(plan)).Concat(Updates(plan)).Concat(Decisions(plan)))
            .Select(Excused)];
    }

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

    private IEnumerable<Version> Effective(Plan plan, Period period) =>
        plan.Versions.Where(version => version.Standing == Standing.Effective && PeriodOf(plan, version) == period)
            .OrderBy(version => version.EffectiveOn).ThenBy(version => version.Number);

    private Period? PeriodOf(Plan plan, Version version) =>
        Periods[plan.Under].FindLast(period => period.Contains(version.EffectiveOn!.Value))
            ?? Periods[plan.Under].Find(period => period.From > version.EffectiveOn);

    private IEnumerable<Duty> Initial(Plan plan) =>
        from period in Periods[plan.Under]
        from member in period.Members
        select new Duty($"default.initial~child:{member.Child}~{member.Anchor}~1", member.From, member.From.AddDays(30), false)
        {
            MetOn = FirstFor(member, [.. Effective(plan, period)]),
            OverFrom = member.OverFrom,
        };

    private static DateOnly? FirstFor(Membership member, Version[] versions)
    {
        var atTheBeginning = versions.LastOrDefault(version => version.EffectiveOn < member.From);
        if (atTheBeginning?.Children.Contains(member.Child) == true)
        {
            return member.From;
        }

        return versions.FirstOrDefault(version => member.Contains(version.EffectiveOn!.Value)
            && version.Children.Contains(member.Child))?.EffectiveOn;
    }

    private IEnumerable<Duty> Reviews(Plan plan)
    {
        foreach (var period in Periods[plan.Under])
        {
            if (Effective(plan, period).FirstOrDefault() is not { } first)
            {
                continue;
            }

            var (anchor, on) = ($"{plan.Id}.v{first.Number}", first.EffectiveOn!.Value);
            foreach (var review in _known.Holding(Kind.Review)
                .Where(review => review.Plan == plan.Under && review.On >= first.EffectiveOn && !(review.On > period.To)))
            {
                yield return Review(anchor, on) with { MetOn = review.On };
                (anchor, on) = (review.Key, review.On);
            }

            yield return Review(anchor, on) with { OverFrom = period.OverFrom };
        }

        Duty Review(string anchor, DateOnly on) => new($"default.review~plan:{plan.Id}~{anchor}~1", on, on.AddDays(90), false);
    }

    private IEnumerable<Duty> Updates(Plan plan)
    {
        foreach (var period in Periods[plan.Under])
        {
            Version? before = null;
            foreach (var version in Effective(plan, period))
            {
                if (before is not null)
                {
                    yield return Update(before) with { MetOn = version.EffectiveOn };
                }

                before = version;
            }

            if (before is not null)
            {
                yield return Update(before) with { OverFrom = period.OverFrom };
            }
        }

        Duty Update(Version version) =>
            new($"default.update~plan:{plan.Id}~{plan.Id}.v{version.Number}~1", version.PlanDate, Days.MonthsAfter(version.PlanDate, 6), false);
    }

    private IEnumerable<Duty> Decisions(Plan plan) =>
        from version in plan.Versions
        from submission in version.Submissions
        select new Duty($"approval.decision~version:{plan.Id}.v{version.Number}~submission-{submission.Id}~1", submission.On,
            _days.WorkingDaysAfter(submission.On, _days.Office.DecisionDays), true)
        {
            MetOn = submission.Reply is Reply.Approved or Reply.Returned ? submission.RepliedOn : null,
            TakenBack = submission.Reply is Reply.Recalled or Reply.Withdrawn,
        };

    private Duty Excused(Duty duty)
    {
        var excuses = _known.Holding(Kind.Excusal).Where(excuse => excuse.Occurrence == duty.Occurrence);
        return duty with { ExcusedUntil = excuses.Max(excuse => excuse.Until) };
    }
}
