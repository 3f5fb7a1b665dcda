using CasePlanning.Application.Loop;
using CasePlanning.Application.Ports;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;

namespace CasePlanning.Application.Reading;

/// <summary>Answers questions across cases: which there are, approvals waiting, mail.</summary>
public sealed class TeamReading(ICaseStore cases, IOutbox outbox)
{
    /// <summary>The cases the caller may see, by id.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="after">Only cases with a later id; null begins at the first.</param>
    /// <param name="limit">At most so many; null gives all.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<Result<IReadOnlyList<CaseListing>>> Cases(Caller caller, string? after, int? limit, CancellationToken ct)
    {
        if (limit is 0)
        {
            return new Refusal.Invalid([new Violation("cases", "A page has at least one case.", "limit")]);
        }

        var visible = new List<CaseListing>();
        foreach (var listing in (await cases.Cases(caller.Person.Agency, ct)).Where(each => string.CompareOrdinal(each.Case, after) > 0))
        {
            if (visible.Count == limit)
            {
                break;
            }

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
                    MayDecide = caller.Directory.MayDecide(caller.Person.Id, record.File, request, caller.Today),
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

    /// <summary>
    /// Has every dead letter to a person tried again, and says which. Digests and summaries of days gone by stay where they are: what they said waited
    /// for others since, and the next ones say what holds.
    /// </summary>
    public async Task<Result<IReadOnlyList<MailTrace>>> ReleaseAllTo(Caller caller, string personId, CancellationToken ct)
    {
        if (!caller.Is(Role.Administrator))
        {
            return new Refusal.Forbidden("Only administrators release mail.");
        }

        if (caller.Directory.Person(personId) is null)
        {
            return new Refusal.NotFound($"Person {personId}");
        }

        var released = new List<MailTrace>();
        foreach (var message in (await outbox.List(caller.Person.Agency, ct, MessageState.Dead, limit: int.MaxValue)).Where(each => each.Person == personId && !IsPast(each)))
        {
            var again = MailDispatch.Released(message, caller.Now);
            if (await outbox.Update(again, ct))
            {
                released.Add(await Seen(caller, again, ct));
            }
        }

        return released;

        bool IsPast(Message message) => message.Kind is MessageKind.Digest or MessageKind.WeeklySummary && caller.Directory.Calendar.DateAt(message.StoredAt) < caller.Today;
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
