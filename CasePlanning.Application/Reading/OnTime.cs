using System.Globalization;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Application.Reading;

public enum OnTimeBy { Rule, Unit, Worker }

/// <summary>Which duties to judge, by their due dates in the agency's zone.</summary>
/// <param name="From">Three calendar months before <paramref name="To"/> where it is null.</param>
/// <param name="To">Yesterday where it is null; what is due today can still be done on time, so later days are judged as if it were yesterday.</param>
public sealed record OnTimeQuestion(DateOnly? From, DateOnly? To, OnTimeBy By);

/// <summary>How the duties that fell due in a time came out.</summary>
public sealed record OnTimeReport
{
    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required OnTimeBy By { get; init; }

    public required IReadOnlyList<OnTimeGroup> Groups { get; init; }

    /// <summary>What was done late, missed or is overdue, by due date.</summary>
    public required IReadOnlyList<LateWork> Late { get; init; }
}

/// <summary>One rule's, unit's or worker's duties.</summary>
public sealed record OnTimeGroup
{
    /// <summary>Id of the rule, unit or worker; <see cref="Desk.Unassigned"/> where there was none on the due date.</summary>
    public required string Group { get; init; }

    public string? Name { get; init; }

    /// <summary>On time, late, missed, overdue and excused together.</summary>
    public required int Due { get; init; }

    public required int OnTime { get; init; }

    public required int Late { get; init; }

    /// <summary>Calendar days late of those done late, on average to one decimal.</summary>
    public decimal? MeanDaysLate { get; init; }

    public int? MostDaysLate { get; init; }

    public required int Missed { get; init; }

    public required int Overdue { get; init; }

    public required int Excused { get; init; }

    /// <summary>Of those on time, the ones recorded only after the due date.</summary>
    public required int EnteredLate { get; init; }

    /// <summary>On time per hundred that weren't excused, to one decimal; null where there is none.</summary>
    public decimal? Rate { get; init; }
}

/// <summary>A duty done late, missed or overdue.</summary>
public sealed record LateWork
{
    public required string Case { get; init; }

    public required string CaseNumber { get; init; }

    public string? Plan { get; init; }

    /// <summary>Id of the unit that answered for the case on the due date.</summary>
    public string? Unit { get; init; }

    /// <summary>Id of the worker assigned on the due date.</summary>
    public string? Worker { get; init; }

    public required string Occurrence { get; init; }

    public required string Rule { get; init; }

    public required string Name { get; init; }

    /// <summary>Name of the child it was owed to, where it was owed to one.</summary>
    public string? Child { get; init; }

    public required DateOnly Due { get; init; }

    public DateOnly? Done { get; init; }

    public required Punctuality Outcome { get; init; }

    /// <summary>Calendar days from the due date to the day it was done, or to today; null for a missed one.</summary>
    public int? DaysLate { get; init; }
}

/// <summary>Says how punctual the units are that somebody leads.</summary>
public sealed class OnTimeReading(CaseWalk walk)
{
    private const int DefaultMonths = 3;

    /// <summary>A deadline that fell due, with who answered for it on that day.</summary>
    private sealed record Judged(CaseFile File, Deadline Deadline, string? Unit, string? Worker);

    public async Task<Result<OnTimeReport>> Team(Caller caller, OnTimeQuestion question, CancellationToken ct)
    {
        var yesterday = caller.Today.AddDays(-1);
        var to = question.To < yesterday ? question.To.Value : yesterday;
        Violation[] violations =
        [
            .. PlausibleDates.Check("on-time", (question.From, "from"), (question.To, "to")),
            .. question.From > to ? [new Violation("on-time", string.Create(CultureInfo.InvariantCulture, $"The time can't begin after {to:yyyy-MM-dd}, its last day; what is due today isn't judged yet."), "from")] : Array.Empty<Violation>(),
        ];
        if (violations.Length > 0)
        {
            return new Refusal.Invalid(violations);
        }

        var from = question.From ?? to.AddMonths(-DefaultMonths);
        var judged = new List<Judged>();
        var led = LedUnits.Of(caller);
        await foreach (var (file, agenda) in walk.Visible(caller, led, ct))
        {
            judged.AddRange(agenda.Deadlines
                .Where(each => each.Due >= from && each.Due <= to && PunctualityCount.Of(each, caller.Today) is not null && led.Has(caller.Directory.UnitOf(file, each.Due)))
                .Select(each => new Judged(file, each, caller.Directory.UnitOf(file, each.Due)?.Id, file.WorkerOn(each.Due)?.Person)));
        }

        return new OnTimeReport
        {
            From = from,
            To = to,
            By = question.By,
            Groups = [.. Groups(caller, question.By, judged)],
            Late = [.. judged.Where(each => IsLate(each.Deadline, caller.Today)).OrderBy(each => each.Deadline.Due).ThenBy(each => each.File.Number, StringComparer.Ordinal)
                .ThenBy(each => each.Deadline.Occurrence, StringComparer.Ordinal).Select(each => Late(each, caller.Today))],
        };
    }

    /// <summary>A supervisor's own duties, such as decisions, aren't held against the worker.</summary>
    private static IEnumerable<OnTimeGroup> Groups(Caller caller, OnTimeBy by, IEnumerable<Judged> judged) => judged
        .Where(each => by != OnTimeBy.Worker || DeskReading.IsWorkersOwn(each.Deadline))
        .GroupBy(each => by switch { OnTimeBy.Rule => each.Deadline.Rule.Id, OnTimeBy.Unit => each.Unit, _ => each.Worker } ?? Desk.Unassigned, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => Group(group.Key, NameOf(caller, by, group.Key, group.First()), PunctualityCount.Of(group.Select(each => each.Deadline), caller.Today)));

    private static string? NameOf(Caller caller, OnTimeBy by, string key, Judged first) => by switch
    {
        OnTimeBy.Rule => first.Deadline.Rule.Name,
        OnTimeBy.Unit => caller.Directory.Unit(key)?.Name,
        _ => caller.Directory.Person(key)?.Name,
    };

    private static OnTimeGroup Group(string key, string? name, PunctualityCount count) => new()
    {
        Group = key,
        Name = name,
        Due = count.Due,
        OnTime = count.OnTime,
        Late = count.Late,
        MeanDaysLate = count.MeanDaysLate,
        MostDaysLate = count.MostDaysLate,
        Missed = count.Missed,
        Overdue = count.Overdue,
        Excused = count.Excused,
        EnteredLate = count.EnteredLate,
        Rate = count.Rate,
    };

    private static bool IsLate(Deadline deadline, DateOnly today) => PunctualityCount.Of(deadline, today) is Punctuality.Late or Punctuality.Missed or Punctuality.Overdue;

    private static LateWork Late(Judged judged, DateOnly today) => new()
    {
        Case = judged.File.Id,
        CaseNumber = judged.File.Number,
        Plan = judged.Deadline.Plan,
        Unit = judged.Unit,
        Worker = judged.Worker,
        Occurrence = judged.Deadline.Occurrence,
        Rule = judged.Deadline.Rule.Id,
        Name = judged.Deadline.Rule.Name,
        Child = DeskReading.ChildOf(judged.File, judged.Deadline),
        Due = judged.Deadline.Due,
        Done = judged.Deadline.Met?.On,
        Outcome = PunctualityCount.Of(judged.Deadline, today)!.Value,
        DaysLate = PunctualityCount.DaysLate(judged.Deadline, today),
    };
}
