using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Application.Reading;

/// <summary>Answers questions across cases: which there are, approvals waiting, mail.</summary>
public sealed class TeamReading(ICaseStore cases, IOutbox outbox)
{
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
                var decideBy = caller.Directory.DecideBy(request);
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
}
