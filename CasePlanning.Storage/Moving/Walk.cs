namespace CasePlanning.Storage.Moving;

/// <summary>Goes through a store from one end to the other.</summary>
internal static class Walk
{
    /// <summary>Writes every line of a store in the one order, and says what it wrote.</summary>
    /// <param name="passed">Told how many cases were written so far.</param>
    public static async Task<Manifest> Through(IMovable store, LineWriter lines, Action<long> passed, CancellationToken ct)
    {
        await foreach (var agency in store.Agencies(ct))
        {
            Write(lines, agency);
        }

        await foreach (var message in store.Mail(ct))
        {
            lines.Write(Kinds.Messages, Kinds.Nobody, message);
        }

        var cases = 0L;
        await foreach (var whole in store.Cases(ct))
        {
            Write(lines, whole);
            passed(++cases);
        }

        await foreach (var reply in store.Replies(ct))
        {
            lines.Write(Kinds.Replies, Kinds.Nobody, reply);
        }

        return lines.Finish();
    }

    private static void Write(LineWriter lines, WholeAgency whole)
    {
        var id = whole.Agency.Id;
        lines.Write(Kinds.Directories, id, new DirectoryLine(whole.Revision, whole.HastenedTo));
        lines.Write(Kinds.Agencies, id, whole.Agency);
        lines.Write(Kinds.Units, id, whole.Units.InMoveOrder(unit => unit.Id));
        lines.Write(Kinds.People, id, whole.People.InMoveOrder(person => person.Id));
        lines.Write(Kinds.Feeds, id, whole.Feeds.InMoveOrder(feed => feed.Person));
    }

    private static void Write(LineWriter lines, WholeCase whole)
    {
        var id = whole.File.Id;
        lines.Write(Kinds.Cases, id, new CaseLine(whole.Version));
        lines.Write(Kinds.Files, id, whole.File);
        lines.Write(Kinds.Marks, id, whole.Marks is { } marks ? [marks] : []);
        lines.Write(Kinds.Plans, id, whole.Plans.InMoveOrder(plan => plan.Id));
        lines.Write(Kinds.Contents, id, whole.Contents.OrderBy(content => content.Plan, StringComparer.Ordinal).ThenBy(content => content.Version));
        lines.Write(Kinds.Progress, id, whole.Progress.OrderBy(progress => progress.Plan, StringComparer.Ordinal).ThenBy(progress => progress.Version));
        lines.Write(Kinds.History, id, whole.History.InMoveOrder(entry => entry.Key));
        lines.Write(Kinds.Notices, id, whole.Notices.InMoveOrder(notice => notice.Key));
        lines.Write(Kinds.Inbox, id, whole.Inbox.InMoveOrder(item => item.Key));
        lines.Write(Kinds.Messages, id, whole.Messages.InMoveOrder(message => message.Id));
        lines.Write(Kinds.Wakes, id, whole.Wakes.InMoveOrder(wake => wake.Subject));
    }
}
