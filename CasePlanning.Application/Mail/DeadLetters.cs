using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Mail;

/// <summary>
/// Records that a message reaches its person no more, together with what follows: the next in line and the administrators are told at once,
/// and what a digest carried waits for the next in line. When such a message fails too, the administrators who weren't told are; nobody is told
/// twice of one message, so that it ends, at the latest with a dead letter that nobody could be told of.
/// </summary>
public sealed class DeadLetters(ICaseStore cases, IDirectoryStore directories, IInboxStore inbox, IOutbox outbox, UndeliveredTexts texts)
{
    /// <summary>Saves a message that has died, and says how it is stored; null, and nothing is saved, when it changed meanwhile.</summary>
    public async Task<Message?> Save(Message lost, DateTimeOffset now, CancellationToken ct)
    {
        var directory = await directories.Find(lost.Agency, ct) ?? throw new InvalidOperationException($"Agency {lost.Agency} of message {lost.Id} doesn't exist.");
        var following = await Following(lost, directory, now, ct);
        var stored = lost with { Unheard = !await IsHeard(following, ct) };
        return await outbox.Update(stored, ct, following) ? stored : null;
    }

    /// <summary>True when one of them was taken, or still waits to be.</summary>
    private async Task<bool> IsHeard(IReadOnlyList<Message> following, CancellationToken ct)
    {
        foreach (var message in following)
        {
            if ((await outbox.Find(message.Id, ct))?.State != MessageState.Dead)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<IReadOnlyList<Message>> Following(Message lost, AgencyDirectory directory, DateTimeOffset now, CancellationToken ct)
    {
        var missed = directory.Person(lost.Person) ?? new Person { Id = lost.Person, Agency = lost.Agency, Name = lost.Person, Email = lost.Address, Roles = [lost.Role] };
        var others = Without(directory, lost.Person);
        var file = lost.Case is { } named ? (await cases.Find(named, ct))?.File : null;
        var waiting = lost.Kind == MessageKind.Digest ? await PassOn(lost, others, now, ct) : [];
        var next = lost.Kind == MessageKind.Undelivered || file is null ? [] : others.Resolve(lost.Role, file, others.Calendar.DateAt(now));
        var told = next.Where(to => file!.IsOpenTo(to.Person.Id))
            .Concat(waiting.Select(item => new Recipient(others.Person(item.Person)!, item.Role, item.Because)))
            .Where(to => to.Role != Role.Administrator || lost.Role == Role.Administrator)
            .DistinctBy(to => to.Person.Id)
            .Select(to => texts.ToNextInLine(lost, missed, to, file?.Number, Numbers(waiting.Where(item => item.Person == to.Person.Id)), now));
        var administrators = others.People.Where(person => person.Active && person.Is(Role.Administrator))
            .Concat(next.Select(to => to.Person))
            .Select(person => texts.ToAdministrator(lost, missed, person, file?.Number, Numbers(waiting), now));
        return [.. told.Concat(administrators).DistinctBy(message => message.Id)];
    }

    /// <summary>Has each item wait for whoever is next in line on its case.</summary>
    private async Task<IReadOnlyList<InboxItem>> PassOn(Message digest, AgencyDirectory others, DateTimeOffset now, CancellationToken ct)
    {
        // The digest may have been handed over before its items were marked.
        await inbox.MarkMailed(digest.Items, digest.Id, ct);
        var passed = new List<InboxItem>();
        foreach (var ofCase in (await inbox.CarriedBy(digest.Id, ct)).GroupBy(item => item.Case, StringComparer.Ordinal))
        {
            if (await cases.Find(ofCase.Key, ct) is { } record && record.File.Agency == digest.Agency)
            {
                passed.AddRange(ofCase.SelectMany(item => PassedOn(item, record.File, others, now)));
            }
        }

        await inbox.Add(passed, ct);
        return passed;
    }

    private static IEnumerable<InboxItem> PassedOn(InboxItem item, CaseFile file, AgencyDirectory others, DateTimeOffset now) =>
        others.Resolve(item.Role, file, others.Calendar.DateAt(now)).Select(to => item with
        {
            Key = $"{item.Key[..item.Key.LastIndexOf('>')]}>{to.Person.Id}",
            Person = to.Person.Id,
            Role = to.Role,
            Because = to.Because,
            RaisedAt = now,
            NotBefore = others.Calendar.NextMorning(now),
            MailedIn = null,
        });

    private static IReadOnlyList<string> Numbers(IEnumerable<InboxItem> items) =>
        [.. items.Select(item => item.CaseNumber).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The agency as if somebody had left it: their cover stands in, or the next in line does.</summary>
    private static AgencyDirectory Without(AgencyDirectory directory, string id) =>
        new(directory.Agency, directory.Units, directory.People.Select(person => person.Id == id ? person with { Active = false } : person));
}
