using System.Globalization;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Tests.Oracle;

/// <summary>Plays a history to the product and to the oracle, day by day, and stops at the first thing they disagree about.</summary>
public sealed class Playback
{
    private readonly History _history;
    private readonly Days _days;
    private readonly Product _product;
    private readonly Knowledge _known = new(Product.Case);
    private readonly Reminding _reminding;
    private readonly HashSet<Raised> _keys = [];
    private Picture _picture;
    private DateTimeOffset _outageUntil = DateTimeOffset.MinValue;
    private string _stagesSeen = "";
    private int _ticks;

    private Playback(History history, Days days)
    {
        _history = history;
        _days = days;
        _product = new Product(days.Office);
        _reminding = new Reminding(days);
        _picture = new Picture(_known, days);
        _stagesSeen = Stages(days.DateAt(history.From));
    }

    /// <summary>What the product and the oracle disagree about first, or null.</summary>
    public static string? Compare(History history, Days days)
    {
        var playback = new Playback(history, days);
        try
        {
            playback.Run();
            return null;
        }
        catch (DisagreementException disagreement)
        {
            return disagreement.Message;
        }
    }

    private void Run()
    {
        var next = 0;
        var morning = _days.DateAt(_history.From).AddDays(-1);
        while (true)
        {
            var now = _days.MorningOf(morning);
            now = next < _history.Happenings.Count ? Min(now, _history.Happenings[next].At) : now;
            now = _product.Wake is { } wake && wake > _outageUntil ? Min(now, wake) : now;
            var outageEnds = _outageUntil > DateTimeOffset.MinValue && _outageUntil <= now;
            now = outageEnds ? _outageUntil : now;
            if (now > _history.Until)
            {
                break;
            }

            var isDown = now < _outageUntil;
            if (outageEnds)
            {
                _outageUntil = DateTimeOffset.MinValue;
            }

            if (now == _days.MorningOf(morning))
            {
                morning = morning.AddDays(1);
            }

            var recorded = false;
            for (; next < _history.Happenings.Count && _history.Happenings[next].At == now; next++)
            {
                recorded |= Happens(_history.Happenings[next], now);
            }

            if (recorded || !isDown)
            {
                Read(now, tick: recorded || outageEnds || _product.Wake <= now);
            }
        }

        Glance(_history.Until);
        Shuffled(_history.Until);
        Demand(_ticks <= 2 * (_history.Happenings.Count + (_history.Until - _history.From).TotalDays), _history.Until, $"{_ticks} ticks");
    }

    private void Read(DateTimeOffset now, bool tick)
    {
        var today = _days.DateAt(now);
        Settle(now);
        var expected = _reminding.Read(_picture, now);
        var raised = new List<Raised>();
        if (tick)
        {
            var agenda = _product.Tick(now, today);
            _ticks++;
            raised = [.. Notices(agenda)];
            Demand(_ticks % 3 != 0 || _product.Look(now).Changes.Count == 0, now, "a second reading at the same instant changes something");
            Demand(!(_product.Wake <= now), now, $"the next wake, {_product.Wake:u}, isn't ahead");
            Marked(agenda, now);
            _stagesSeen = Stages(today);
        }

        Demand(_stagesSeen == Stages(today) || now < _days.MorningOf(today), now,
            $"the plans are {Stages(today)}; they were {_stagesSeen} when last looked at");

        Same(expected.Select(each => each.ToString()), raised.Select(each => each.ToString()), now,
            tick ? "notices" : "notices (the product asked for no wake)");
        foreach (var notice in raised)
        {
            Demand(_keys.Add(notice with { Superseded = "" }), now, $"raised twice: {notice}");
        }
    }

    private string Stages(DateOnly today) => string.Join(" and ", _known.Plans.Select(plan => _picture.Stage(plan.Under, today)));

    private static IEnumerable<Raised> Notices(Agenda agenda) =>
        from change in agenda.Changes
        where change.Step is not null
        from role in change.Step!.To
        select new Raised(change.Deadline.Occurrence, change.Mark.Round, Rule.StepName(change.StepDays), role.ToString(),
            string.Join(',', change.Superseded));

    /// <summary>The ledger says of every occurrence what became of it.</summary>
    private void Marked(Agenda agenda, DateTimeOffset now)
    {
        foreach (var duty in _picture.Duties)
        {
            var expected = duty.Status(_days, now) is "MetOnTime" or "MetLate" or "Ended" ? duty.Status(_days, now) : "None";
            var marked = _product.Marks.ByOccurrence.GetValueOrDefault(duty.Occurrence)?.Outcome ?? Outcome.None;
            Demand(expected == marked.ToString(), now, $"the ledger calls {duty.Occurrence} {marked}, not {expected}");
        }

        foreach (var occurrence in _reminding.Void(_picture))
        {
            Demand(_product.Marks.ByOccurrence[occurrence].Outcome == Outcome.Void, now, $"{occurrence} is gone and wasn't called void");
        }

        Demand(!agenda.Changes.Any(change => change.Deadline.Status == DeadlineStatus.Void && change.Step is not null), now,
            "raised for something void");
    }

    private void Glance(DateTimeOffset now)
    {
        var today = _days.DateAt(now);
        var agenda = _product.Look(now);
        Same(Expected(now), Found(agenda.Deadlines, today), now, "deadlines");
        foreach (var plan in _known.Plans)
        {
            var stage = (agenda.Plans.FirstOrDefault(view => view.Plan.Id == plan.Id)?.Stage ?? Stage.Closed).ToString();
            var expected = _picture.Stage(plan.Under, today).ToString();
            Demand(stage == expected, now, $"{plan.Id} is {stage}, not {expected}");
            var inEffect = agenda.Plans.FirstOrDefault(view => view.Plan.Id == plan.Id)?.InEffect?.Number;
            Demand(inEffect == _picture.InEffect(plan.Under, today)?.Number, now,
                $"version {inEffect} of {plan.Id} is in effect, not {_picture.InEffect(plan.Under, today)?.Number}");
        }
    }

    private void Shuffled(DateTimeOffset now)
    {
        var today = _days.DateAt(now);
        Same(Expected(now), Found(_product.InAnotherOrder(new Random(_history.Seed), now), today), now,
            "deadlines, facts recorded in another order");
    }

    private IEnumerable<string> Expected(DateTimeOffset now) => _picture.Duties.Where(duty => duty.Anchored <= _days.DateAt(now))
        .Select(duty => Line(duty.Occurrence, duty.Counted, duty.Due, duty.Status(_days, now), duty.MetOn));

    private static IEnumerable<string> Found(IEnumerable<Deadline> deadlines, DateOnly today) =>
        deadlines.Where(deadline => deadline.Anchor.On <= today)
        .Select(deadline => Line(deadline.Occurrence, deadline.Counted, deadline.Due, deadline.Status.ToString(), deadline.Met?.On));

    private static string Line(string occurrence, DateOnly counted, DateOnly due, string status, DateOnly? met) =>
        string.Create(CultureInfo.InvariantCulture, $"{occurrence} {counted:yyyy-MM-dd} {due:yyyy-MM-dd} {status} {met:yyyy-MM-dd}");

    private void Settle(DateTimeOffset now)
    {
        if (Deeds.Settle(_known, _picture, _days.DateAt(now)))
        {
            _picture = new Picture(_known, _days);
        }
    }

    /// <summary>True when something was recorded, which is itself a reason to read the agenda.</summary>
    private bool Happens(Happening happening, DateTimeOffset now)
    {
        var telling = new Telling(_known, _picture, _days.DateAt(now));
        switch (happening)
        {
            case Happening.Outage outage:
                _outageUntil = outage.Until;
                return false;
            case Happening.Glance:
                Glance(now);
                return false;
            case Happening.Worked worked:
                return Try(telling.Resolve(worked), now);
            default:
                return telling.Resolve(happening) is { } fact && Learn(fact, happening, now);
        }
    }

    private bool Learn(Known fact, Happening happening, DateTimeOffset now)
    {
        _known.Put(fact);
        _product.Record(fact, now, _days.DateAt(now));
        _picture = new Picture(_known, _days);
        Settle(now);
        var stage = _picture.Stage(fact.Plan, _days.DateAt(now));
        var mayReopen = _known.Holding(Kind.Reopening).Any(act => act.Plan == fact.Plan && act.On == fact.On);
        Demand(happening is not Happening.Closed || stage == Where.Closed || mayReopen, now, $"closing led to {stage}");
        Glance(now);
        return true;
    }

    private bool Try(Doing doing, DateTimeOffset now)
    {
        var today = _days.DateAt(now);
        var before = _picture.Stage(doing.Under, today);
        var allowed = Deeds.Allowed(_known, _picture, doing, today);
        var after = _product.Try(doing, now, today);
        Demand(allowed == after is not null, now,
            $"{doing.Deed} on a plan that is {before} was {(after is null ? "refused" : "accepted")}");
        if (after is null)
        {
            return false;
        }

        Deeds.Do(_known, _picture, doing, today);
        _picture = new Picture(_known, _days);
        var targets = Deeds.Possible[(before, doing.Deed)].Select(stage => stage.ToString());
        Demand(targets.Contains(after.ToString()), now, $"{doing.Deed} led from {before} to {after}");
        Glance(now);
        return true;
    }

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static void Same(IEnumerable<string> expected, IEnumerable<string> found, DateTimeOffset now, string what)
    {
        var (wanted, had) = (expected.Order(StringComparer.Ordinal).ToArray(), found.Order(StringComparer.Ordinal).ToArray());
        Demand(wanted.SequenceEqual(had), now,
            $"{what}\n  missing: {string.Join("\n           ", wanted.Except(had))}\n  too many: {string.Join("\n            ", had.Except(wanted))}");
    }

    private static void Demand(bool holds, DateTimeOffset now, string what)
    {
        if (!holds)
        {
            throw new DisagreementException($"{now:u}: {what}");
        }
    }

    private sealed class DisagreementException(string message) : Exception(message);
}
