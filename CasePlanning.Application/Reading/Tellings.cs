using CasePlanning.Application.Ports;

namespace CasePlanning.Application.Reading;

/// <summary>Says who was told what about a case, and whether it arrived, from what was raised and what became of the mail that carried it.</summary>
internal sealed class Tellings(IInboxStore inbox, IOutbox outbox)
{
    /// <param name="mail">The mail stored with the case.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="planId">Only what is about this plan; null for everything.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async Task<IReadOnlyList<Telling>> Of(IReadOnlyList<Message> mail, string caseId, string? planId, CancellationToken ct)
    {
        var messages = mail.ToDictionary(message => message.Id, StringComparer.Ordinal);
        var items = (await inbox.OfCase(caseId, ct)).Where(item => item.MailedIn != InboxItem.Dropped && (planId is null || item.Plan == planId)).ToArray();
        foreach (var digest in items.Select(item => item.MailedIn).OfType<string>().Distinct(StringComparer.Ordinal).Where(id => !messages.ContainsKey(id)))
        {
            if (await outbox.Find(digest, ct) is { } found)
            {
                messages.Add(digest, found);
            }
        }

        var carried = items.Select(item => item.MailedIn).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return
        [
            .. items.Where(item => item.MailedIn is not { } id || messages.GetValueOrDefault(id)?.Items.Contains(item.Key) != false).Select(item => Of(item, item.MailedIn is { } id ? messages.GetValueOrDefault(id) : null))
                .Concat(mail.Where(message => !carried.Contains(message.Id) && (planId is null || message.Plan == planId)).Select(Of))
                .OrderBy(telling => telling.RaisedAt).ThenBy(telling => telling.What, StringComparer.Ordinal).ThenBy(telling => telling.Person, StringComparer.Ordinal),
        ];
    }

    private static Telling Of(InboxItem item, Message? message) => Traced(
        new Telling
        {
            Person = message?.Person ?? item.Person,
            Role = item.Role,
            What = item.RuleName,
            Occurrence = item.Occurrence,
            Step = item.Step,
            Because = item.Because,
            State = TellingState.Queued,
            RaisedAt = item.RaisedAt,
        },
        message);

    private static Telling Of(Message message) => Traced(
        new Telling { Person = message.Person, Role = message.Role, What = message.Subject, Because = message.Because, State = TellingState.Stored, RaisedAt = message.StoredAt },
        message);

    private static Telling Traced(Telling telling, Message? message) => message is null ? telling : telling with
    {
        State = (message.State, message.DeliveredAt) switch
        {
            (MessageState.Waiting, _) => TellingState.Stored,
            (MessageState.Dead, _) => TellingState.Failed,
            (_, null) => TellingState.Sent,
            _ => TellingState.Delivered,
        },
        Message = message.Id,
        Address = message.Address,
        StoredAt = message.StoredAt,
        SentAt = message.SentAt,
        DeliveredAt = message.DeliveredAt,
        Reason = message.LastError,
    };
}
