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
    private Action<string, string>? _seen;
    private DateTimeOffset _outageUntil = DateTimeOffset.MinValue;
    private string _stagesSeen = "";
    private bool _isNew = true;
    private int _ticks;

    private Playback(History history, Days days)
    {
        _history = history;
        _days = days;
        _product = new Product(days.Office);
        _reminding = new Reminding(days);
        _picture = new Picture(_known, _days, days.DateAt(history.From));
        _stagesSeen = Stages(days.DateAt(history.From));
    }

    /// <summary>What the product and the oracle disagree about first, or null.</summary>
    /// <param name="seen">Is told of every rule and status that was compared.</param>
    public static string? Compare(History history, Days days, Action<string, string>? seen = null)
    {
        var playback = new Playback(history, days) { _seen = seen };
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

            Refresh(now);

            var isDown = now < _outageUntil;
            if (outageEnds)
            {
                _isNew = true;
                _outageUntil = DateTimeOffset.MinValue;
            }

            if (now == _days.MorningOf(morning))
            {
                morning = morning.AddDays(1);
            }

            var recorded = _product.Transfer(now, _days.DateAt(now));
            for (; next < _history.Happenings.Count && _history.Happenings[next].At == now; next++)
            {
                recorded |= Happens(_history.Happenings[next], now);
            }

            if (recorded || !isDown)
            {
                Read(now, tick: recorded || outageEnds || _product.Wake <= now);
            }
        }

        Refresh(_history.Until);
        Glance(_history.Until);
        Explained(_history.Until);
        Shuffled(_history.Until);
        Demand(_ticks <= 2 * (_history.Happenings.Count + (_history.Until - _history.From).TotalDays), _history.Until, $"{_ticks} ticks");
    }

    private void Read(DateTimeOffset now, bool tick)
    {
        var today = _days.DateAt(now);
        Settle(now);
        var expected = _reminding.Read(Watched(today), now, tick);
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

        Same(expected, raised, now,
            tick ? "notices" : "notices (the product asked for no wake)");
        foreach (var notice in raised)
        {
            Demand(_keys.Add(notice with { Superseded = "" }) || notice.Step == LedgerChange.MissedReport, now, $"raised twice: {notice}");
        }
    }

    private string Stages(DateOnly today) => string.Join(" and ", _known.Plans.Select(plan => _picture.Stage(plan.Under, today)));

    private static IEnumerable<Raised> Notices(Agenda agenda) =>
        from change in agenda.Changes
        where change.Step is not null
        from role in change.Step!.To
        select new Raised(change.Deadline.Occurrence, change.Mark.Round, change.StepName, role.ToString(),
            string.Join(',', change.Superseded));

    private void Refresh(DateTimeOffset now)
    {
        if (_days.DateAt(now) is var today && (today.AddDays(5) > _picture.Horizon || _picture.Edition != _days.Office.EditionOn(today)))
        {
            Redraw(now);
        }
    }

    private void Redraw(DateTimeOffset now)
    {
        _picture = new Picture(_known, _days, _days.DateAt(now));
        _isNew = true;
    }

    /// <summary>The duties that are there; of a picture seen before, those that were open a while ago.</summary>
    private IEnumerable<Duty> Watched(DateOnly today)
    {
        var isNew = _isNew;
        _isNew = false;
        return Present(today).Where(duty => isNew || duty.IsOpen(today.AddDays(-15)));
    }

    private IEnumerable<Duty> Present(DateOnly today) => _picture.Duties.Where(duty => duty.Appears <= today);

    /// <summary>Over before its rule came into force for the agency, or counted as it does now; nobody asks what became of it.</summary>
    private bool IsBeforeItsRule(Duty duty)
    {
        var from = _picture.Edition.From;
        foreach (var edition in _days.Office.Editions.Where(edition => edition.From < from).OrderByDescending(edition => edition.From))
        {
            if (edition.Find(duty.Law.Id)?.Choice != _picture.Edition.Find(duty.Law.Id)?.Choice)
            {
                break;
            }

            from = edition.From;
        }

        return from > DateOnly.MinValue && !duty.IsOpen(from) && !(duty.MetOn > from);
    }

    /// <summary>The ledger says of every occurrence what became of it.</summary>
    private void Marked(Agenda agenda, DateTimeOffset now)
    {
        var today = _days.DateAt(now);
        foreach (var duty in Present(today).Where(duty => !IsBeforeItsRule(duty)))
        {
            var status = duty.Status(_days, today);
            var expected = status is "MetOnTime" or "MetLate" or "Ended" or "Missed" or "Void" ? status : "None";
            var marked = _product.Marks.ByOccurrence.GetValueOrDefault(duty.Occurrence)?.Outcome ?? Outcome.None;
            if (expected != Enum.GetName(marked))
            {
                Demand(false, now, $"the ledger calls {duty.Occurrence} {marked}, not {expected}");
            }
        }

        foreach (var occurrence in _reminding.Void(Present(today)))
        {
            var outcome = _product.Marks.ByOccurrence[occurrence].Outcome;
            var law = _picture.Edition.Find(occurrence.Split('~')[0]);
            var asAlways = law is not null && _days.Office.Editions.All(edition => edition.Find(law.Id) is not { } then || then.Choice == law.Choice);
            Demand(asAlways ? outcome == Outcome.Void : outcome != Outcome.None, now, $"{occurrence} is gone and was called {outcome}");
        }

        Demand(!agenda.Changes.Any(change => change.Deadline.Status == DeadlineStatus.Void && change.Step is not null), now,
            "raised for something void");
    }

    private void Glance(DateTimeOffset now)
    {
        var today = _days.DateAt(now);
        var agenda = _product.Look(now);
        var expected = Expected(now).ToArray();
        Same(expected, Found(agenda.Deadlines), now, "deadlines");
        Array.ForEach(expected, line => _seen?.Invoke(line.Occurrence[..line.Occurrence.IndexOf('~', StringComparison.Ordinal)], line.Status));
        foreach (var plan in _known.Plans)
        {
            var stage = (agenda.Plans.FirstOrDefault(view => view.Plan.Id == plan.Id)?.Stage ?? Stage.Closed).ToString();
            var wanted = _picture.Stage(plan.Under, today).ToString();
            Demand(stage == wanted, now, $"{plan.Id} is {stage}, not {wanted}");
            var inEffect = agenda.Plans.FirstOrDefault(view => view.Plan.Id == plan.Id)?.InEffect?.Number;
            Demand(inEffect == _picture.InEffect(plan.Under, today)?.Number, now,
                $"version {inEffect} of {plan.Id} is in effect, not {_picture.InEffect(plan.Under, today)?.Number}");
        }
    }

    /// <summary>Each explanation's own data add up to the dates it explains.</summary>
    private void Explained(DateTimeOffset now)
    {
        foreach (var deadline in _product.Look(now).Deadlines)
        {
            var given = Explanation.Of(deadline, null, new HashSet<string>(), _product.Calendar);
            var found = Recount.Of(given, _days.Office.EditionOn(_days.DateAt(now)).Find(deadline.Rule.Id)!, _days);
            if (found != (given.AsCounted, given.AsRolled))
            {
                Demand(false, now, $"{deadline.Occurrence} is {given.AsCounted} and {given.AsRolled}, and adds up to {found}: {given}");
            }
        }
    }

    private void Shuffled(DateTimeOffset now)
    {
        Same(Expected(now), Found(_product.InAnotherOrder(new Random(_history.Seed), now)), now,
            "deadlines, facts recorded in another order");
    }

    private IEnumerable<Line> Expected(DateTimeOffset now)
    {
        var today = _days.DateAt(now);
        return Present(today).Where(duty => !IsBeforeItsRule(duty))
            .Select(duty => new Line(duty.Occurrence, duty.Counted, duty.Due, duty.Status(_days, today), duty.MetOn));
    }

    private IEnumerable<Line> Found(IEnumerable<Deadline> deadlines)
    {
        var left = _picture.Duties.Where(IsBeforeItsRule).Select(duty => duty.Occurrence).ToHashSet();
        return deadlines.Where(deadline => !left.Contains(deadline.Occurrence))
            .Select(deadline => new Line(deadline.Occurrence, deadline.Counted, deadline.Due, deadline.Status.ToString(), deadline.Met?.On));
    }

    private readonly record struct Line(string Occurrence, DateOnly Counted, DateOnly Due, string Status, DateOnly? Met)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Occurrence} {Counted:yyyy-MM-dd} {Due:yyyy-MM-dd} {Status} {Met:yyyy-MM-dd}");
    }

    private void Settle(DateTimeOffset now)
    {
        if (Deeds.Settle(_known, _picture, _days.DateAt(now)))
        {
            Redraw(now);
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
                Explained(now);
                return false;
            case Happening.Worked worked:
                return Try(telling.Resolve(worked), now);
            case Happening.Kept kept when telling.Plan(kept) is { } first:
                return Try(first, now) && Planned(first.Under, now);
            default:
                return telling.Resolve(happening) is { } fact && Learn(fact, happening, now);
        }
    }

    /// <summary>What was begun is submitted and approved on the same day.</summary>
    private bool Planned(Under under, DateTimeOffset now)
    {
        for (var step = 0; step < 2; step++)
        {
            var telling = new Telling(_known, _picture, _days.DateAt(now));
            Try(telling.Resolve(new Happening.Worked(now, under, 0, 1, 0)), now);
        }

        return true;
    }

    private bool Learn(Known fact, Happening happening, DateTimeOffset now)
    {
        _known.Put(fact);
        _product.Record(fact, now, _days.DateAt(now));
        Redraw(now);
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
        Redraw(now);
        var targets = Deeds.Possible[(before, doing.Deed)].Select(stage => stage.ToString());
        Demand(targets.Contains(after.ToString()), now, $"{doing.Deed} led from {before} to {after}");
        Glance(now);
        return true;
    }

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static void Same<T>(IEnumerable<T> expected, IEnumerable<T> found, DateTimeOffset now, string what)
        where T : notnull
    {
        var (wanted, had) = (expected.ToList(), found.ToList());
        var missing = wanted.ToHashSet();
        missing.ExceptWith(had);
        if (missing.Count > 0 || wanted.Count != had.Count)
        {
            var tooMany = had.Except(wanted).Concat(Twice(had));
            Demand(false, now, $"{what}\n  missing: {Lines(missing.Concat(Twice(wanted)))}\n  too many: {Lines(tooMany)}");
        }

        static IEnumerable<T> Twice(List<T> items) => items.GroupBy(each => each).Where(same => same.Count() > 1).Select(same => same.Key);

        static string Lines(IEnumerable<T> items) =>
            string.Join("\n            ", items.Select(item => item.ToString()).Order(StringComparer.Ordinal));
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
