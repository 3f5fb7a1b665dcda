using System.Globalization;
using CasePlanning.Application.Mail;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Application.Reading;

/// <summary>Answers what somebody, or a team, has to do and when.</summary>
public sealed class DeskReading(CaseWalk walk, MailSettings links)
{
    private const int DaysAhead = 30;
    private const int MostDaysForecast = 366;

    /// <summary>Overdue work presses most, an excused one least.</summary>
    private static readonly DeadlineStatus[] ByPressure = [DeadlineStatus.Overdue, DeadlineStatus.Due, DeadlineStatus.DueSoon, DeadlineStatus.Upcoming, DeadlineStatus.Excused];

    /// <summary>What the caller has to do on the cases assigned to them or covered by them.</summary>
    public Task<Result<Desk>> Mine(Caller caller, DeskQuestion question, CancellationToken ct) =>
        Of(caller, question, walk.Mine(caller, ct), IsWorkersOwn, ct);

    /// <summary>What the units the caller leads have to do.</summary>
    public Task<Result<Desk>> Team(Caller caller, DeskQuestion question, CancellationToken ct) =>
        Of(caller, question, walk.Led(caller, LedUnits.Of(caller), ct), _ => true, ct);

    /// <summary>A duty nobody reminds the worker of, such as a decision, is somebody else's.</summary>
    internal static bool IsWorkersOwn(Deadline deadline) => deadline.Rule.Steps.Count == 0 || deadline.Rule.Steps.Any(step => step.To.Contains(Role.Worker));

    private async Task<Result<Desk>> Of(Caller caller, DeskQuestion question, IAsyncEnumerable<WalkedCase> cases, Func<Deadline, bool> owed, CancellationToken ct)
    {
        var today = caller.Today;
        var until = question.Until ?? Later(question.From, today).AddDays(DaysAhead);
        var from = question.From ?? (until < today ? until : today);
        if (Refuse(caller, question, from, until) is { } refusal)
        {
            return refusal;
        }

        var entries = new List<DeskEntry>();
        await foreach (var (file, agenda) in cases.WithCancellation(ct))
        {
            if (IsAsked(caller, question, file))
            {
                var open = agenda.Deadlines.Where(each => each.IsOpen && (each.Status == DeadlineStatus.Overdue ? question.Overdue : IsWithin(each)));
                var ahead = question.Forecast ? Forecast.Of(agenda, caller.Directory.Calendar, until).Where(IsWithin) : [];
                entries.AddRange(Entries(caller, file, Asked(open), forecast: false));
                entries.AddRange(Entries(caller, file, Asked(ahead), forecast: true));
            }
        }

        var byTime = entries.OrderBy(entry => entry.Due).ThenBy(entry => entry.CaseNumber, StringComparer.Ordinal).ThenBy(entry => entry.Duties[0].Occurrence, StringComparer.Ordinal)
            .ToLookup(entry => TimeOf(entry, today));
        return new Desk { Today = today, From = from, Until = until, Groups = [.. Enum.GetValues<DeskTime>().Select(time => Group(time, [.. byTime[time]]))] };

        bool IsWithin(Deadline deadline) => WorkDay(deadline.Due, deadline.ExcusedUntil) is var day && day >= from && day <= until;

        IEnumerable<Deadline> Asked(IEnumerable<Deadline> deadlines) =>
            deadlines.Where(each => owed(each) && (question.Rule is null || each.Rule.Id == question.Rule) && (question.Status is null || each.Status == question.Status));
    }

    private static Refusal.Invalid? Refuse(Caller caller, DeskQuestion question, DateOnly from, DateOnly until)
    {
        List<Violation> violations =
        [
            .. PlausibleDates.Check("agenda", (question.From, "from"), (question.Until, "until")),
            .. Need(from <= until, string.Create(CultureInfo.InvariantCulture, $"The window can't end ({until:yyyy-MM-dd}) before it begins ({from:yyyy-MM-dd})."), "until"),
            .. Need(!question.Forecast || until.DayNumber - caller.Today.DayNumber <= MostDaysForecast, $"A forecast looks {MostDaysForecast} days ahead at most.", "until"),
            .. Need(question.Unit is null || caller.Directory.Unit(question.Unit) is not null, $"There is no unit '{question.Unit}'.", "unit"),
            .. Need(question.Worker is null or Desk.Unassigned || caller.Directory.Person(question.Worker) is not null, $"There is no person '{question.Worker}'; for cases without a worker write {Desk.Unassigned}.", "worker"),
            .. Need(question.Rule is null || RuleBook.For(caller.Directory.Agency).On(caller.Today).Find(question.Rule) is not null, $"No rule '{question.Rule}' is in force.", "rule"),
        ];
        return violations.Count == 0 ? null : new Refusal.Invalid(violations);
    }

    private static Violation[] Need(bool holds, string message, string field) => holds ? [] : [new Violation("agenda", message, field)];

    private static DateOnly Later(DateOnly? date, DateOnly today) => date is { } given && PlausibleDates.Contains(given) && given > today ? given : today;

    private static bool IsAsked(Caller caller, DeskQuestion question, CaseFile file) =>
        (question.Unit is null || caller.Directory.UnitOf(file, caller.Today)?.Id == question.Unit)
        && (question.Worker is null || (file.WorkerOn(caller.Today)?.Person ?? Desk.Unassigned) == question.Worker);

    private IEnumerable<DeskEntry> Entries(Caller caller, CaseFile file, IEnumerable<Deadline> deadlines, bool forecast) => deadlines
        .GroupBy(deadline => (deadline.Owner, deadline.Rule.MetBy, deadline.Due, deadline.ExcusedUntil))
        .Select(same => Entry(caller, file, [.. same.OrderBy(each => each.Rule.Id, StringComparer.Ordinal).ThenBy(each => each.Occurrence, StringComparer.Ordinal)], forecast));

    private DeskEntry Entry(Caller caller, CaseFile file, Deadline[] same, bool forecast)
    {
        var plan = same[0].Plan;
        return new DeskEntry
        {
            Case = file.Id,
            CaseNumber = file.Number,
            Plan = plan,
            Unit = caller.Directory.UnitOf(file, caller.Today)?.Id,
            Worker = file.WorkerOn(caller.Today)?.Person,
            What = string.Join(" and ", same.Select(each => each.Rule.Name).Distinct(StringComparer.Ordinal)),
            Due = same[0].Due,
            DaysLeft = same[0].Due.DayNumber - caller.Today.DayNumber,
            Status = same.Select(each => each.Status).MinBy(status => Array.IndexOf(ByPressure, status)),
            ExcusedUntil = same[0].ExcusedUntil,
            Forecast = forecast,
            Duties = [.. same.Select(each => Duty(file, each))],
            Link = links.LinkTo(file.Id, plan),
        };
    }

    private static DeskDuty Duty(CaseFile file, Deadline deadline) => new(
        deadline.Occurrence, deadline.Rule.Id, deadline.Rule.Name, ChildOf(file, deadline), deadline.Status, Explanation.SentenceOf(deadline), deadline.Rule.Source);

    /// <summary>Name of the child a duty is owed to, or null where it is owed for a plan or the case.</summary>
    internal static string? ChildOf(CaseFile file, Deadline deadline) =>
        deadline.Subject.StartsWith("child:", StringComparison.Ordinal) ? file.NameOf(deadline.Subject["child:".Length..]) : null;

    private static DeskGroup Group(DeskTime time, DeskEntry[] entries) => new(time, entries.Count(entry => !entry.Forecast), entries.Count(entry => entry.Forecast), entries);

    /// <summary>The day on which a duty asks for work: an excused one when its excuse ends.</summary>
    internal static DateOnly WorkDay(DateOnly due, DateOnly? excusedUntil) => excusedUntil > due ? excusedUntil.Value : due;

    /// <summary>A duty excused until a child returns waits for later.</summary>
    private static DeskTime TimeOf(DeskEntry entry, DateOnly today)
    {
        var on = WorkDay(entry.Due, entry.ExcusedUntil);
        var sunday = Weeks.SundayOf(today);
        return entry.Status == DeadlineStatus.Overdue ? DeskTime.Overdue
            : on < today ? DeskTime.Later
            : on == today ? DeskTime.Today
            : on <= sunday ? DeskTime.ThisWeek
            : on <= sunday.AddDays(7) ? DeskTime.NextWeek
            : DeskTime.Later;
    }
}
