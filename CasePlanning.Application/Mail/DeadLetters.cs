using System.Globalization;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Mail;

/// <summary>
/// Records that a message reaches its person no more, together with what follows: the next in line gets what it said, and what a digest carried waits
/// for the next in line. The administrators, and for digests the next in line, are told once while a mailbox stays dead, and again when another
/// address is, or when mail reached it in between. When such a message fails too, the administrators who weren't told are; nobody is told
/// twice, so that it ends, at the latest with a dead letter that nobody could be told of.
/// </summary>
public sealed class DeadLetters(ICaseStore cases, IDirectoryStore directories, IInboxStore inbox, IOutbox outbox, UndeliveredTexts texts)
{
    /// <summary>How long nothing may have been sent to a mailbox that was dead before it is told of anew.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(14);

    /// <summary>Dead letters of an agency that are looked at to tell since when a mailbox is dead.</summary>
    private const int MostLooked = 1000;

    /// <summary>Saves a message that has died, and says how it is stored; null, and nothing is saved, when it changed meanwhile.</summary>
    public async Task<Message?> Save(Message lost, DateTimeOffset now, CancellationToken ct)
    {
        var directory = await directories.Find(lost.Agency, ct) ?? throw new InvalidOperationException($"Agency {lost.Agency} of message {lost.Id} doesn't exist.");
        var following = await Following(lost, directory, now, ct);
        var stored = lost with { Unheard = !await IsHeard(following, ct) };
        return await outbox.Update(stored, ct, await New(following, ct)) ? stored : null;
    }

    /// <summary>Those who weren't told before, the next in line first; more of them than one save holds are told when one of these can't be.</summary>
    private async Task<IReadOnlyList<Message>> New(IReadOnlyList<Message> following, CancellationToken ct)
    {
        var added = new List<Message>();
        foreach (var message in following)
        {
            if (added.Count < CaseChange.MostTold && await outbox.Find(message.Id, ct) is null)
            {
                added.Add(message);
            }
        }

        return added;
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
        var spell = await SpellOf(lost, directory, ct);
        var told = next.Where(to => file!.IsOpenTo(to.Person.Id))
            .Concat(waiting.Select(item => new Recipient(others.Person(item.Person)!, item.Role, item.Because)))
            .Where(to => to.Role != Role.Administrator || lost.Role == Role.Administrator)
            .DistinctBy(to => to.Person.Id)
            // Administrators are told of a thing together, so that one of the others is enough.
            .Take(lost.Role == Role.Administrator ? 1 : CaseChange.MostTold)
            .Select(to => texts.ToNextInLine(lost, lost.Kind == MessageKind.Digest ? spell : lost.Id, missed, to, file?.Number, Numbers(waiting.Where(item => item.Person == to.Person.Id)), now));
        var administrators = others.People.Where(person => person.Active && person.Is(Role.Administrator))
            .Concat(next.Select(to => to.Person))
            .Select(person => texts.ToAdministrator(lost, spell, missed, person, file?.Number, Numbers(waiting), now));
        return [.. told.Concat(administrators).DistinctBy(message => message.Person)];
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
                passed.AddRange(ofCase.SelectMany(item => PassingOn.Of(item, record.File, others, now)));
            }
        }

        await inbox.Add(passed, ct);
        return passed;
    }

    private static IReadOnlyList<string> Numbers(IEnumerable<InboxItem> items) =>
        [.. items.Select(item => item.CaseNumber).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Names the time for which a mailbox has been dead: since the first of its dead letters in a row.</summary>
    private async Task<string> SpellOf(Message lost, AgencyDirectory directory, CancellationToken ct)
    {
        if (lost is { Kind: MessageKind.Undelivered, About: { } about } && await outbox.Find(about, ct) is { } reason)
        {
            return await SpellOf(reason, directory, ct);
        }

        var first = lost;
        foreach (var earlier in (await outbox.List(lost.Agency, ct, MessageState.Dead, limit: MostLooked)).Where(each => each.Person == lost.Person && each.Address == lost.Address && each.StoredAt <= lost.StoredAt))
        {
            if (first.StoredAt - earlier.StoredAt > LongestSilence || await WasReached(earlier, first, directory.Calendar, ct))
            {
                break;
            }

            first = earlier;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{lost.Person}~{lost.Address}~{directory.Calendar.DateAt(first.StoredAt):yyyy-MM-dd}");
    }

    /// <summary>True when a digest was taken between two dead letters.</summary>
    private async Task<bool> WasReached(Message earlier, Message later, Domain.Clocks.Calendar calendar, CancellationToken ct)
    {
        for (var day = calendar.DateAt(earlier.StoredAt); day <= calendar.DateAt(later.StoredAt); day = day.AddDays(1))
        {
            if (await outbox.Find(texts.DigestId(later.Person, day), ct) is { State: MessageState.Sent, SentAt: { } sent } && sent > earlier.StoredAt && sent <= later.StoredAt)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The agency as if somebody had left it: their cover stands in, or the next in line does.</summary>
    private static AgencyDirectory Without(AgencyDirectory directory, string id) =>
        new(directory.Agency, directory.Units, directory.People.Select(person => person.Id == id ? person with { Active = false } : person));
}
