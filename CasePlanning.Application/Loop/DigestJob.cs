using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Loop;

/// <summary>
/// Takes everything that waits in a person's inbox into one message each working morning. The message is stored under person and date,
/// so it exists once; what comes after it waits for the next morning.
/// </summary>
public sealed class DigestJob(IInboxStore inbox, IOutbox outbox, IDirectoryStore directories, MailTexts mail)
{
    /// <summary>Writes the digest of everybody for whom one is due, and says how many people it served.</summary>
    public async Task<int> Run(DateTimeOffset now, int limit, CancellationToken ct)
    {
        var waiting = await inbox.PeopleWaiting(now, limit, ct);
        foreach (var (agency, person) in waiting)
        {
            await Serve(agency, person, now, ct);
        }

        return waiting.Count;
    }

    /// <summary>Writes one person's digest if one is due; a loop calls it person by person, so that one failure holds up nobody else.</summary>
    public async Task Serve(string agency, string personId, DateTimeOffset now, CancellationToken ct)
    {
        if (await directories.Find(agency, ct) is { } directory)
        {
            await Digest(directory, personId, now, ct);
        }
    }

    private async Task Digest(AgencyDirectory directory, string personId, DateTimeOffset now, CancellationToken ct)
    {
        var calendar = directory.Calendar;
        var today = calendar.DateAt(now);
        var items = await inbox.Waiting(personId, ct);
        var ready = items.Where(item => item.NotBefore <= now).ToArray();
        if (ready.Length == 0)
        {
            return;
        }

        if (!calendar.IsWorkingDay(today) || calendar.MorningOf(today) > now)
        {
            await inbox.Postpone([.. ready.Select(item => item.Key)], calendar.NextMorning(now), ct);
            return;
        }

        var id = mail.DigestId(personId, today);
        if (await outbox.Find(id, ct) is { } stored)
        {
            // Stored before: by a run that stopped before it marked its items, or earlier this morning.
            await inbox.MarkMailed(stored.Items, id, ct);
            var later = ready.Select(item => item.Key).Except(stored.Items, StringComparer.Ordinal).ToArray();
            await inbox.Postpone(later, calendar.MorningOf(calendar.Forward(today.AddDays(1))), ct);
            return;
        }

        var digest = mail.Digest(personId, directory.ReaderFor(personId, today), items, today, now);
        await outbox.Add(digest, ct);
        await inbox.MarkMailed(digest.Items, digest.Id, ct);
    }
}
