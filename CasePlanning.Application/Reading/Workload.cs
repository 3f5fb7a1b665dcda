using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Reading;

/// <summary>What each worker of a team holds, and what will fall due week by week.</summary>
public sealed record Workload
{
    public required DateOnly Today { get; init; }

    /// <summary>The rest of this week, then whole weeks.</summary>
    public required IReadOnlyList<Week> Weeks { get; init; }

    /// <summary>By unit and worker; cases without a worker come last in each unit.</summary>
    public required IReadOnlyList<WorkerLoad> Workers { get; init; }
}

public sealed record WorkerLoad
{
    /// <summary>Id of the unit, or null where no unit answers for the cases.</summary>
    public string? Unit { get; init; }

    /// <summary>Id of the worker, or <see cref="Desk.Unassigned"/>.</summary>
    public required string Worker { get; init; }

    public string? Name { get; init; }

    /// <summary>Cases held today that have an open duty or a plan that isn't closed.</summary>
    public required int Cases { get; init; }

    /// <summary>Duties overdue today.</summary>
    public required int Overdue { get; init; }

    public required IReadOnlyList<WeekLoad> Weeks { get; init; }

    /// <summary>The worker's absences in these weeks.</summary>
    public required IReadOnlyList<AbsenceAhead> Absences { get; init; }
}

/// <summary>Duties that fall due in a week, forecast ones included.</summary>
/// <param name="ByRule">Their number by the rule's id.</param>
public sealed record WeekLoad(DateOnly From, DateOnly To, int Due, IReadOnlyDictionary<string, int> ByRule);

/// <param name="Cover">Id of the person who stands in, or null when nobody does.</param>
public sealed record AbsenceAhead(DateOnly From, DateOnly To, string? Cover);

/// <summary>Foresees the work of the units somebody leads.</summary>
public sealed class WorkloadReading(CaseWalk walk)
{
    public const int DefaultWeeks = 13;
    private const int MostWeeks = 26;

    public async Task<Result<Workload>> Team(Caller caller, int count, CancellationToken ct)
    {
        if (count is < 1 or > MostWeeks)
        {
            return new Refusal.Invalid([new Violation("forecast", $"A forecast covers between 1 and {MostWeeks} weeks.", "weeks")]);
        }

        var (led, weeks) = (LedUnits.Of(caller), Weeks.Ahead(caller.Today, count));
        var cases = new Dictionary<(string? Unit, string Worker), List<WalkedCase>>();
        foreach (var worker in caller.Directory.People.Where(person => person is { Active: true } && person.Is(Role.Worker) && person.Unit is not null && led.Has(caller.Directory.Unit(person.Unit))))
        {
            cases[(worker.Unit, worker.Id)] = [];
        }

        await foreach (var each in walk.Led(caller, led, ct))
        {
            if (each.Agenda.Plans.Any(plan => plan.Current is not null) || each.Agenda.Deadlines.Any(deadline => deadline.IsOpen))
            {
                var key = (caller.Directory.UnitOf(each.File, caller.Today)?.Id, each.File.WorkerOn(caller.Today)?.Person ?? Desk.Unassigned);
                (cases.TryGetValue(key, out var held) ? held : cases[key] = []).Add(each);
            }
        }

        return new Workload
        {
            Today = caller.Today,
            Weeks = weeks,
            Workers =
            [
                .. cases.OrderBy(each => each.Key.Unit, StringComparer.Ordinal).ThenBy(each => each.Key.Worker == Desk.Unassigned).ThenBy(each => each.Key.Worker, StringComparer.Ordinal)
                    .Select(each => Load(caller, each.Key.Unit, each.Key.Worker, each.Value, weeks)),
            ],
        };
    }

    private static WorkerLoad Load(Caller caller, string? unit, string worker, List<WalkedCase> held, IReadOnlyList<Week> weeks)
    {
        var person = caller.Directory.Person(worker);
        var owed = held.SelectMany(each => each.Agenda.Deadlines).Where(each => each.IsOpen && DeskReading.IsWorkersOwn(each)).ToLookup(each => each.Status == DeadlineStatus.Overdue);
        var ahead = held.SelectMany(each => Forecast.Of(each.Agenda, caller.Directory.Calendar, weeks[^1].To)).Where(DeskReading.IsWorkersOwn);
        var due = owed[false].Concat(ahead).Select(each => (On: DeskReading.WorkDay(each.Due, each.ExcusedUntil), Rule: each.Rule.Id)).ToArray();
        return new WorkerLoad
        {
            Unit = unit,
            Worker = worker,
            Name = person?.Name,
            Cases = held.Count,
            Overdue = owed[true].Count(),
            Weeks = [.. weeks.Select(week => InWeek(week, due))],
            Absences = [.. (person?.Absences ?? []).Where(absence => absence.From <= weeks[^1].To && absence.To >= weeks[0].From).OrderBy(absence => absence.From).Select(Ahead)],
        };
    }

    private static WeekLoad InWeek(Week week, (DateOnly On, string Rule)[] due)
    {
        var rules = due.Where(each => each.On >= week.From && each.On <= week.To).Select(each => each.Rule).Order(StringComparer.Ordinal).ToArray();
        return new WeekLoad(week.From, week.To, rules.Length, new SortedDictionary<string, int>(rules.CountBy(rule => rule).ToDictionary(), StringComparer.Ordinal));
    }

    private static AbsenceAhead Ahead(Absence absence) => new(absence.From, absence.To, absence.Cover);
}
