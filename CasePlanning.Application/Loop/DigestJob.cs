using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;

namespace CasePlanning.Application.Loop;

/// <summary>
/// Takes everything that waits in a person's inbox into one message each working morning. The message is stored under person and date,
/// so it exists once; what comes after it waits for the next morning. What was met, moved or taken over since it was raised is left out, and
/// what its reader may not know any more waits for whoever may.
/// </summary>
public sealed class DigestJob(IInboxStore inbox, IOutbox outbox, IDirectoryStore directories, ICaseStore cases, MailTexts mail)
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

        var reader = directory.ReaderFor(personId, today);
        var hour = reader.Mail.Hour ?? calendar.Morning;
        if (!calendar.IsWorkingDay(today) || calendar.At(today, hour) > now)
        {
            await inbox.Postpone([.. ready.Select(item => item.Key)], calendar.Next(now, hour), ct);
            return;
        }

        var id = mail.DigestId(personId, today);
        if (await outbox.Find(id, ct) is { } stored)
        {
            // Stored before: by a run that stopped before it marked its items, or earlier this morning.
            await inbox.MarkMailed(stored.Items, id, ct);
            var later = ready.Select(item => item.Key).Except(stored.Items, StringComparer.Ordinal).ToArray();
            await inbox.Postpone(later, calendar.At(calendar.Forward(today.AddDays(1)), hour), ct);
            return;
        }

        var current = await Current(items, directory, reader, now, ct);
        await inbox.MarkMailed([.. items.Select(item => item.Key).Except(current.Select(item => item.Key), StringComparer.Ordinal)], InboxItem.Dropped, ct);
        if (current.Count > 0)
        {
            var digest = mail.Digest(personId, reader, current, today, now);
            await outbox.Add(digest, ct);
            await inbox.MarkMailed(digest.Items, digest.Id, ct);
        }
    }

    /// <summary>
    /// A stored digest as it may still be handed over to its reader: without cases that were transferred or sealed to others since, whose items wait
    /// for whoever holds the role now. Null when nothing of it is left.
    /// </summary>
    public async Task<Message?> Revised(Message digest, AgencyDirectory directory, Person reader, DateTimeOffset now, CancellationToken ct)
    {
        var items = await inbox.CarriedBy(digest.Id, ct);
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ofCase in items.GroupBy(item => item.Case, StringComparer.Ordinal))
        {
            var file = (await cases.Find(ofCase.Key, ct))?.File;
            if (file is null || file.Agency != digest.Agency || ofCase.Any(item => !directory.MayBeTold(reader, item.Role, file, directory.Calendar.DateAt(now))))
            {
                hidden.Add(ofCase.Key);
            }
        }

        if (hidden.Count == 0)
        {
            return digest;
        }

        var current = await Current(items, directory, reader, now, ct);
        var said = current.Count == 0 ? null : mail.Digest(digest.Person, reader, current, directory.Calendar.DateAt(digest.StoredAt), digest.StoredAt);
        return said is null ? null : digest with { Subject = said.Subject, Body = said.Body, Items = said.Items };
    }

    /// <summary>The items that still have to be said, each as the facts now are; those the reader may not know are passed on.</summary>
    private async Task<IReadOnlyList<InboxItem>> Current(IReadOnlyList<InboxItem> items, AgencyDirectory directory, Person reader, DateTimeOffset now, CancellationToken ct)
    {
        var (current, passed) = (new List<InboxItem>(), new List<InboxItem>());
        var today = directory.Calendar.DateAt(now);
        foreach (var ofCase in items.GroupBy(item => item.Case, StringComparer.Ordinal))
        {
            if (await cases.Find(ofCase.Key, ct) is not { } record || record.File.Agency != directory.Agency.Id)
            {
                continue;
            }

            var deadlines = Agenda.For(record.File, record.Plans, RuleBook.For(directory.Agency), record.Marks, now).Deadlines
                .ToDictionary(deadline => deadline.Occurrence, StringComparer.Ordinal);
            foreach (var item in ofCase)
            {
                if (!deadlines.TryGetValue(item.Occurrence, out var deadline) || !StillHolds(item, deadline))
                {
                    continue;
                }

                if (!directory.MayBeTold(reader, item.Role, record.File, today))
                {
                    passed.AddRange(PassingOn.Of(item, record.File, directory, now));
                }
                else if (!WasTakenOver(item))
                {
                    current.Add(item with { Due = deadline.Due, Reason = Explanation.WhyOf(deadline) });
                }
            }

            // Whoever took the case over was told of all its deadlines then.
            bool WasTakenOver(InboxItem item) => item.Role == Role.Worker && record.File.WorkerOn(today) is not null
                && directory.Resolve(Role.Worker, record.File, today).All(holder => holder.Person.Id != item.Person && holder.Person.Id != reader.Id);
        }

        await inbox.Add(passed, ct);
        return current;
    }

    private static bool StillHolds(InboxItem item, Deadline deadline) => item.Step == LedgerChange.MissedReport
        ? deadline.Status == DeadlineStatus.Missed
        : deadline is { IsOpen: true, Status: not DeadlineStatus.Excused };
}
