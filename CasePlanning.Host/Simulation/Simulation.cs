using System.Globalization;
using CasePlanning.Application;
using CasePlanning.Application.Cases;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Storage.Memory;

namespace CasePlanning.Host.Simulation;

/// <summary>How a simulation ended: its last day, and what didn't end as the file expects.</summary>
/// <param name="Open">The deadlines on which somebody still has to act then, by due date.</param>
public sealed record Played(DateOnly Until, IReadOnlyList<string> Unexpected, IReadOnlyList<OpenDeadline> Open);

/// <summary>A deadline that is open at the end, and the number of its case.</summary>
public sealed record OpenDeadline(string Case, Deadline Deadline);

/// <summary>
/// Plays a scenario through the product's own use cases, ticks, digests and mail, on a clock that jumps to whatever comes next.
/// At one instant ticks come first, then digests, then mail, then what people do.
/// </summary>
public sealed class Simulation
{
    /// <summary>How long the clock goes on after the last thing that happens in the file, where nobody says.</summary>
    private const int DaysAfter = 60;

    /// <summary>Rounds at one instant after which something must be waking itself for ever.</summary>
    private const int MostRounds = 10_000;

    private readonly Scenario _scenario;
    private readonly UseCases _use;
    private readonly ILoops _loops;
    private readonly Domain.Clocks.Calendar _calendar;
    private readonly IReadOnlyList<Moment> _moments;
    private readonly Action<SimulationEvent> _tell;
    private readonly Telling _telling;
    private readonly Performing _performing;
    private readonly List<string> _unexpected = [];
    private DateTimeOffset _now = DateTimeOffset.MinValue;

    private Simulation(Scenario scenario, Action<SimulationEvent> tell, UseCases use, ILoops loops)
    {
        (_use, _loops) = (use, loops);
        _scenario = scenario;
        _calendar = scenario.Agency.Calendar();
        _moments = Timeline.Of(scenario, _calendar);
        _tell = tell;
        _telling = new Telling(_use, scenario.Agency.Id, tell);
        _performing = new Performing(_use, scenario);
    }

    /// <summary>Plays a scenario through the whole of its last day: <paramref name="until"/>, else the file's own, else 60 days after the last thing that happens in it.</summary>
    /// <param name="use">Over empty stores; in memory where none is given.</param>
    /// <param name="loops">Another engine that ticks, writes and sends with <paramref name="use"/>.</param>
    public static Task<Played> Play(Scenario scenario, DateOnly? until, Action<SimulationEvent> tell, CancellationToken ct, UseCases? use = null, ILoops? loops = null)
    {
        use ??= new UseCases(new InMemoryStore());
        return new Simulation(scenario, tell, use, loops ?? new OwnLoops(use)).Play(until, ct);
    }

    private async Task<Played> Play(DateOnly? until, CancellationToken ct)
    {
        if (_moments.Count == 0)
        {
            return new Played(until ?? _scenario.Until ?? DateOnly.MinValue, [], []);
        }

        var last = until ?? _scenario.Until ?? _calendar.DateAt(_moments[^1].At).AddDays(DaysAfter);
        await new Founding(_use, _scenario, _moments[0].At).Found(ct);
        _now = _moments[0].At;
        var (next, rounds) = (0, 0);
        while (await Earliest(next, ct) is { } at && _calendar.DateAt(at) <= last)
        {
            rounds = at > _now ? 0 : rounds + 1;
            _now = rounds < MostRounds ? Later(at, _now) : throw new InvalidOperationException($"The simulation stands still at {_now:O}.");
            await RunLoops(ct);
            if (next < _moments.Count && _moments[next].At <= _now)
            {
                await Happen(_moments[next++], ct);
            }
        }

        var end = Later(_calendar.InstantOf(last.ToDateTime(TimeOnly.MaxValue)), _now);
        return new Played(last, _unexpected, await _telling.Open(_scenario.Cases.Select(each => _performing.IdOf(each.Number)), end, ct));
    }

    private async Task<DateTimeOffset?> Earliest(int next, CancellationToken ct)
    {
        DateTimeOffset?[] all =
        [
            next < _moments.Count ? _moments[next].At : null,
            await _use.Stores.Wakes.Earliest(ct),
            await _use.Stores.Inbox.Earliest(ct),
            await _use.Summaries.Next(_now, ct),
            await _use.Stores.Outbox.Earliest(ct),
        ];
        return all.Min();
    }

    private async Task RunLoops(CancellationToken ct)
    {
        foreach (var wake in await _use.Stores.Wakes.Due(_now, int.MaxValue, ct))
        {
            await _loops.Tick(wake.Subject, _now, ct);
            await _telling.Case(wake.Case, _now, ct);
        }

        await _loops.Write(_now, ct);
        foreach (var message in (await _use.Stores.Outbox.Waiting(_now, int.MaxValue, ct)).OrderBy(each => each.NextAttempt).ThenBy(each => each.Role))
        {
            await _loops.Dispatch(message.Id, _now, ct);
        }

        await _telling.Mail(_now, ct);
    }

    private Task Happen(Moment moment, CancellationToken ct) => moment switch
    {
        Moment.CaseOpens opens => Open(opens, ct),
        Moment.FactIsRecorded recorded => Record(recorded, ct),
        Moment.SomebodyActs { Action: Look look } => Read(look, ct),
        Moment.SomebodyActs acts => Act(acts.Action, ct),
        _ => throw new InvalidOperationException($"{moment.GetType().Name} isn't a moment."),
    };

    private async Task Open(Moment.CaseOpens opens, CancellationToken ct)
    {
        var (number, openedOn) = (opens.Case.Number, opens.Case.OpenedOn);
        var caller = await CallerFor(opens.Case.OpenedBy, ct);
        var asked = new NewCase { Number = number, OpenedOn = openedOn, Unit = opens.Case.Unit, SealedTo = opens.Case.SealedTo, Facts = opens.Facts };
        var opened = await _use.Files.Open(caller, asked, ct);
        await Ended($"the opening of case {number}", "open the case", new Expectation([]), opened.Refusal, (_performing.IdOf(number), $"case:{_performing.IdOf(number)}", number), caller, ct);
    }

    private async Task Record(Moment.FactIsRecorded recorded, CancellationToken ct)
    {
        var caller = await CallerFor(recorded.Fact.RecordedBy, ct);
        var id = _performing.IdOf(recorded.Case);
        var done = await _use.Files.Record(caller, id, recorded.Fact, ct);
        await Ended($"the fact {recorded.Fact.Key} of case {recorded.Case}", "record", new Expectation([]), done.Refusal, (id, $"case:{id}", recorded.Case), caller, ct);
    }

    private async Task Act(ScenarioAction action, CancellationToken ct)
    {
        var caller = await CallerFor(action.By, ct);
        var refusal = await _performing.Perform(action, caller, ct);
        if (refusal is null && action is RecordAbsence absence)
        {
            Story(EventKind.Act, $"{caller.Person.Name}: {caller.Directory.Person(absence.Person)!.Name} is away from {Day(absence.From)} to {Day(absence.To)}{(absence.Cover is null ? "" : $"; {caller.Directory.Person(absence.Cover)!.Name} stands in")}.");
        }

        await Ended(PlaceOf(action), Word(action), action.Expect, refusal, SubjectOf(action), caller, ct);
    }

    private async Task Read(Look look, CancellationToken ct)
    {
        var caller = await CallerFor(look.By, ct);
        var seen = await Looking.At(_use.Reading, look, _performing.PlanId(look), caller, ct);
        if (seen.Refusal is not null)
        {
            await Ended(PlaceOf(look), Word(look), look.Expect ?? new Expectation([]), seen.Refusal, SubjectOf(look), caller, ct);
            return;
        }

        foreach (var line in seen.Value.Lines)
        {
            Story(EventKind.Shown, $"{caller.Person.Name}: {line}", SubjectOf(look).Number);
        }

        foreach (var difference in seen.Value.Different)
        {
            Fail($"{PlaceOf(look)}: {difference}.");
        }

        Compare(PlaceOf(look), look.Expect, seen.Value.Rules);
    }

    /// <summary>Tells what an attempt led to, and compares it with what was expected.</summary>
    private async Task Ended(string place, string did, Expectation? expected, Refusal? refusal, (string? Case, string? Subject, string? Number) on, Caller caller, CancellationToken ct)
    {
        if (refusal is not null)
        {
            _telling.Refused(refusal, on.Subject, on.Number, did, caller.Person, _calendar.Local(_now));
        }

        if (on.Case is { } changed)
        {
            await _telling.Case(changed, _now, ct);
        }

        Compare(place, expected, refusal is null ? [] : Expectation.ReasonsOf(refusal));
    }

    private void Compare(string place, Expectation? expected, IReadOnlyList<Violation> found)
    {
        if (expected?.IsMetBy(found) == false)
        {
            Fail($"{place}: expected {expected}, and found {(found.Count == 0 ? "ok" : string.Join(", ", found.Select(each => $"{each.Rule} {each.Field}".TrimEnd())))}.");
        }
    }

    private void Fail(string sentence)
    {
        _unexpected.Add(sentence);
        Story(EventKind.Unexpected, sentence);
    }

    private void Story(EventKind kind, string message, string? number = null) =>
        _tell(new SimulationEvent { At = _calendar.Local(_now), Kind = kind, Case = number, Message = message });

    private (string? Case, string? Subject, string? Number) SubjectOf(ScenarioAction action) => action is not CaseAction on
        ? default
        : (_performing.CaseId(on), on is PlanAction act ? $"plan:{_performing.PlanId(act)}" : $"case:{_performing.CaseId(on)}",
            Telling.LabelOf(on.Case ?? _scenario.Cases[0].Number, on is PlanAction plan ? _performing.PlanId(plan) : null));

    /// <summary>The person as the directory has them now; the administrator where the file names nobody.</summary>
    private async Task<Caller> CallerFor(string? person, CancellationToken ct)
    {
        var directory = (await _use.Stores.Directory.Find(_scenario.Agency.Id, ct))!;
        return new Caller(directory.Person(string.IsNullOrEmpty(person) ? Founding.AdministratorOf(_scenario).Id : person)!, directory, _now);
    }

    private static string PlaceOf(ScenarioAction action) =>
        string.Create(CultureInfo.InvariantCulture, $"$.actions[{action.Place - 1}], {action.Written.GetProperty("do").GetString()} by {action.By} at {action.At:yyyy-MM-dd HH:mm}");

    private static string Word(ScenarioAction action) => action.Written.GetProperty("do").GetString()!.Replace('-', ' ');

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
