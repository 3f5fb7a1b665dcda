using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Application.Reading;

/// <summary>Answers questions across cases: agendas, approvals waiting, mail.</summary>
public sealed class TeamReading(ICaseStore cases, IOutbox outbox)
{
    /// <summary>What the caller has to do on the cases assigned to them or covered by them, due up to a date; overdue duties are always in it.</summary>
    public async Task<IReadOnlyList<AgendaItem>> Mine(Caller caller, DateOnly until, CancellationToken ct)
    {
        var covered = caller.Directory.People.Where(person => caller.Directory.StandIn(person.Id, caller.Today)?.Id == caller.Person.Id).Select(person => person.Id);
        var people = covered.Append(caller.Person.Id).ToHashSet(StringComparer.Ordinal);
        var listed = new Dictionary<string, CaseListing>(StringComparer.Ordinal);
        foreach (var person in people)
        {
            foreach (var listing in await cases.Cases(caller.Person.Agency, ct, person))
            {
                listed[listing.Case] = listing;
            }
        }

        return await Items(caller, listed.Values, (file, today) => people.Any(person => file.IsAssigned(person, today)), IsWorkersOwn, until, ct);
    }

    /// <summary>What the units the caller supervises or manages have to do; an administrator, manager or auditor of no unit sees the agency's.</summary>
    public async Task<IReadOnlyList<AgendaItem>> Team(Caller caller, DateOnly until, CancellationToken ct)
    {
        var units = caller.Directory.Units.Where(unit => Leads(caller, unit.Supervisor) || Leads(caller, unit.Manager)).Select(unit => unit.Id).ToHashSet(StringComparer.Ordinal);
        var everything = units.Count == 0 && (caller.Is(Role.Manager) || caller.Is(Role.Administrator) || caller.Is(Role.Auditor));
        return units.Count == 0 && !everything ? [] : await Items(
            caller,
            await cases.Cases(caller.Person.Agency, ct),
            (file, today) => everything || (caller.Directory.UnitOf(file, today) is { } unit && units.Contains(unit.Id)),
            _ => true,
            until,
            ct);
    }

    /// <summary>The cases the caller may see, by id.</summary>
    public async Task<IReadOnlyList<CaseListing>> Cases(Caller caller, CancellationToken ct)
    {
        var visible = new List<CaseListing>();
        foreach (var listing in await cases.Cases(caller.Person.Agency, ct))
        {
            if (await cases.Find(listing.Case, ct) is { } record && Access.MaySee(caller, record.File))
            {
                visible.Add(listing);
            }
        }

        return visible;
    }

    /// <summary>Submitted versions waiting in the cases the caller may see; first those the caller may decide.</summary>
    public async Task<IReadOnlyList<ApprovalItem>> Approvals(Caller caller, CancellationToken ct)
    {
        var items = new List<ApprovalItem>();
        foreach (var planId in await cases.PlansPendingApproval(caller.Person.Agency, ct))
        {
            var record = await cases.Find(Domain.Plans.CasePlan.CaseOf(planId), ct);
            if (record is not null && Access.MaySee(caller, record.File) && record.Plans.First(plan => plan.Id == planId).InPreparation is { OpenRequest: { } request } version)
            {
                var decideBy = caller.Directory.Calendar.AddWorkingDays(request.SubmittedOn, caller.Directory.Agency.ApprovalWorkingDays);
                items.Add(new ApprovalItem
                {
                    Request = request.Id,
                    Case = record.File.Id,
                    CaseNumber = record.File.Number,
                    Plan = planId,
                    Version = version.Number,
                    SubmittedBy = request.SubmittedBy,
                    SubmittedOn = request.SubmittedOn,
                    DecideBy = decideBy,
                    MayDecide = caller.Directory.Deciders(record.File, caller.Today, caller.Today > decideBy, caller.Directory.BarredFrom(request)).Any(person => person.Id == caller.Person.Id),
                });
            }
        }

        return [.. items.OrderByDescending(item => item.MayDecide).ThenBy(item => item.DecideBy).ThenBy(item => item.Request, StringComparer.Ordinal)];
    }

    /// <summary>The agency's mail, newest first; for administrators. Of a sealed case only those named on it read more than that there is mail.</summary>
    public async Task<Result<IReadOnlyList<MailTrace>>> Mail(Caller caller, MessageState? state, CancellationToken ct)
    {
        if (!caller.Is(Role.Administrator))
        {
            return new Refusal.Forbidden("Only administrators see the agency's mail.");
        }

        var mail = new List<MailTrace>();
        foreach (var message in await outbox.List(caller.Person.Agency, ct, state))
        {
            mail.Add(await Seen(caller, message, ct));
        }

        return mail;
    }

    /// <summary>Has a dead letter tried again.</summary>
    public async Task<Result<MailTrace>> Release(Caller caller, string messageId, CancellationToken ct)
    {
        if (!caller.Is(Role.Administrator))
        {
            return new Refusal.Forbidden("Only administrators release mail.");
        }

        if (await outbox.Find(messageId, ct) is not { } message || message.Agency != caller.Person.Agency)
        {
            return new Refusal.NotFound($"Message {messageId}");
        }

        if (message.State != MessageState.Dead)
        {
            return new Refusal.WrongStage("Only a dead letter can be released.", []);
        }

        var released = MailDispatch.Released(message, caller.Now);
        return await outbox.Update(released, ct) ? await Seen(caller, released, ct) : new Refusal.Stale("This message");
    }

    /// <summary>A mail as the caller may see it.</summary>
    public async Task<MailTrace> Seen(Caller caller, Message message, CancellationToken ct) =>
        message.Case is { } named && (await cases.Find(named, ct))?.File.IsOpenTo(caller.Person.Id) == false
            ? Trace(message) with { Subject = "Mail about a sealed case" }
            : Trace(message);

    internal static MailTrace Trace(Message message) => new(
        message.Id, message.Kind, message.Person, message.Role, message.Address, message.Subject, message.State, message.StoredAt, message.SentAt, message.DeliveredAt,
        message.Attempts, message.LastError, message.About, message.Unheard);

    private async Task<IReadOnlyList<AgendaItem>> Items(Caller caller, IEnumerable<CaseListing> listings, Func<CaseFile, DateOnly, bool> mine, Func<Deadline, bool> owed, DateOnly until, CancellationToken ct)
    {
        var items = new List<AgendaItem>();
        foreach (var listing in listings)
        {
            if (await cases.Find(listing.Case, ct) is { } record && Access.MaySee(caller, record.File) && mine(record.File, caller.Today))
            {
                var agenda = Agenda.For(record.File, record.Plans, RuleBook.For(caller.Directory.Agency), record.Marks, caller.Now);
                items.AddRange(agenda.Deadlines.Where(deadline => deadline.IsOpen && deadline.Due <= until && owed(deadline)).Select(deadline => Item(record.File, deadline, caller.Today)));
            }
        }

        return [.. items.OrderBy(item => item.Due).ThenBy(item => item.CaseNumber, StringComparer.Ordinal).ThenBy(item => item.Occurrence, StringComparer.Ordinal)];
    }

    private static AgendaItem Item(CaseFile file, Deadline deadline, DateOnly today) => new()
    {
        Case = file.Id,
        CaseNumber = file.Number,
        Plan = deadline.Plan,
        Child = deadline.Subject.StartsWith("child:", StringComparison.Ordinal) ? file.NameOf(deadline.Subject["child:".Length..]) : null,
        Occurrence = deadline.Occurrence,
        Rule = deadline.Rule.Id,
        Name = deadline.Rule.Name,
        Due = deadline.Due,
        Status = deadline.Status,
        Worker = file.WorkerOn(today)?.Person,
        Sentence = Explanation.SentenceOf(deadline),
    };

    /// <summary>A duty nobody reminds the worker of, such as a decision, is somebody else's.</summary>
    private static bool IsWorkersOwn(Deadline deadline) => deadline.Rule.Steps.Count == 0 || deadline.Rule.Steps.Any(step => step.To.Contains(Role.Worker));

    private static bool Leads(Caller caller, string? person) =>
        person is not null && (caller.Person.Id == person || caller.Directory.StandIn(person, caller.Today)?.Id == caller.Person.Id);
}
