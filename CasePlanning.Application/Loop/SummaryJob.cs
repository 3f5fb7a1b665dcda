using System.Collections.Concurrent;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Loop;

/// <summary>
/// Tells whoever supervises a unit once a week, on its first working morning, what is overdue there, what waits for a decision, which cases
/// have no worker, and what falls due in the next two weeks. A unit where nothing of this is so gives no mail.
/// </summary>
public sealed class SummaryJob(ICaseStore cases, IDirectoryStore directories, IOutbox outbox, MailTexts mail)
{
    private const int DaysAhead = 14;

    /// <summary>The week each agency was last served, so that one where nothing is to be said isn't read again all week.</summary>
    private readonly ConcurrentDictionary<string, DateOnly> _served = new(StringComparer.Ordinal);

    /// <summary>Ids of the agencies whose summaries are due at an instant.</summary>
    public async Task<IReadOnlyList<string>> Due(DateTimeOffset now, CancellationToken ct) =>
        [.. (await Mornings(now, ct)).Where(each => each.Morning <= now).Select(each => each.Agency)];

    /// <summary>The instant at which a summary falls due next, or null while nobody is to be told.</summary>
    public async Task<DateTimeOffset?> Next(DateTimeOffset now, CancellationToken ct) =>
        (await Mornings(now, ct)).Select(each => (DateTimeOffset?)each.Morning).Min();

    /// <summary>Writes the summaries of every agency for which they are due.</summary>
    public async Task Run(DateTimeOffset now, CancellationToken ct)
    {
        foreach (var agency in await Due(now, ct))
        {
            await Serve(agency, now, ct);
        }
    }

    /// <summary>Writes this week's summaries of an agency, each once.</summary>
    public async Task Serve(string agency, DateTimeOffset now, CancellationToken ct)
    {
        if (await directories.Find(agency, ct) is not { } directory)
        {
            return;
        }

        var calendar = directory.Calendar;
        var today = calendar.DateAt(now);
        var week = calendar.FirstOfWeek(today);
        var waiting = new List<UnitSummary>();
        foreach (var summary in Leaders(directory, today).Select(leader => new UnitSummary(leader, week, today.AddDays(DaysAhead + leader.Person.Mail.ExtraLeadDays))))
        {
            if (await outbox.Find(mail.SummaryId(summary), ct) is null)
            {
                waiting.Add(summary);
            }
        }

        if (waiting.Count > 0)
        {
            await Fill(waiting, directory, now, ct);
            foreach (var summary in waiting.Where(summary => !summary.IsEmpty))
            {
                var at = calendar.At(today, summary.Leader.Person.Mail.Hour ?? calendar.Morning);
                await outbox.Add(mail.Summary(summary, today, now) with { NextAttempt = at > now ? at : now }, ct);
            }
        }

        _served[agency] = week;
    }

    /// <summary>Reads each case of the agency once, for everybody who leads its unit and may see it.</summary>
    private async Task Fill(IReadOnlyList<UnitSummary> summaries, AgencyDirectory directory, DateTimeOffset now, CancellationToken ct)
    {
        var today = directory.Calendar.DateAt(now);
        var rules = RuleBook.For(directory.Agency);
        await foreach (var record in cases.Each(directory.Agency.Id, ct))
        {
            var unit = directory.UnitOf(record.File, today)?.Id ?? UnitLeader.NoUnit;
            var readers = summaries.Where(summary => summary.Leader.Units.ContainsKey(unit) && record.File.IsOpenTo(summary.Leader.Person.Id)).ToArray();
            if (readers.Length > 0)
            {
                var agenda = Agenda.For(record.File, record.Plans, rules, record.Marks, now);
                foreach (var reader in readers)
                {
                    reader.Add(unit, record, agenda, directory, today);
                }
            }
        }
    }

    private async Task<IReadOnlyList<(string Agency, DateTimeOffset Morning)>> Mornings(DateTimeOffset now, CancellationToken ct)
    {
        var mornings = new List<(string Agency, DateTimeOffset Morning)>();
        foreach (var agency in await directories.Agencies(ct))
        {
            var calendar = agency.Calendar();
            var week = calendar.FirstOfWeek(calendar.DateAt(now));
            if (await directories.Find(agency.Id, ct) is { } directory && Leaders(directory, week).Any())
            {
                var isServed = _served.TryGetValue(agency.Id, out var served) && served >= week;
                mornings.Add((agency.Id, calendar.MorningOf(isServed ? calendar.FirstOfWeek(week.AddDays(7)) : week)));
            }
        }

        return mornings;
    }

    /// <summary>Those who lead units and want to be told, each with why it is they.</summary>
    private static IEnumerable<UnitLeader> Leaders(AgencyDirectory directory, DateOnly today) =>
        from led in directory.Units.SelectMany(unit => LeadersOf(directory, unit, today)).Concat(Administrators(directory, today, UnitLeader.NoUnit, "there are cases that belong to no unit"))
        where led.Person.Mail.WeeklySummary
        group led by led.Person.Id into all
        select new UnitLeader(all.First().Person, all.Min(each => each.Role), all.ToDictionary(each => each.Unit, each => (string?)each.Because, StringComparer.Ordinal));

    /// <summary>The unit's supervisor, or whoever stands in; where nobody does, the manager; where there is neither, the administrators.</summary>
    private static IEnumerable<(Person Person, Role Role, string Unit, string? Because)> LeadersOf(AgencyDirectory directory, Unit unit, DateOnly today)
    {
        if (Leader(unit.Supervisor) is { } supervisor)
        {
            return [(supervisor, Role.Supervisor, unit.Id, StandingIn(supervisor, unit.Supervisor!))];
        }

        return Leader(unit.Manager) is { } manager
            ? [(manager, Role.Manager, unit.Id, StandingIn(manager, unit.Manager!) ?? $"{unit.Name} has no supervisor who can be reached")]
            : Administrators(directory, today, unit.Id, $"nobody who leads {unit.Name} can be reached");

        Person? Leader(string? id) => id is null ? null : directory.StandIn(id, today);

        string? StandingIn(Person leader, string id) => leader.Id == id ? null : $"you stand in for {directory.Person(id)!.Name}";
    }

    /// <summary>The administrators who are there, or all of them on a day nobody is.</summary>
    private static IEnumerable<(Person Person, Role Role, string Unit, string? Because)> Administrators(AgencyDirectory directory, DateOnly today, string unit, string because)
    {
        var all = directory.People.Where(person => person.Active && person.Is(Role.Administrator)).ToArray();
        var present = all.Where(person => person.AbsenceOn(today) is null).ToArray();
        return (present.Length > 0 ? present : all).Select(person => (person, Role.Administrator, unit, (string?)because));
    }
}
