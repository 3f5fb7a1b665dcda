using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Plans;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Sqlite;

/// <summary>Saves one unit of work. Documents become text before the gate, on the caller's time; behind it there are only statements.</summary>
/// <param name="change">The unit, without the items that stand with its notices.</param>
/// <param name="told">Those items, a list for each notice.</param>
/// <param name="mail">For each message how it stands beside such an item; null for one that is stored whole.</param>
/// <param name="repliesUntil">Replies kept until then go with the next that is saved; UTC ticks.</param>
internal sealed class CaseSave(CaseChange change, InboxItem[][] told, MailOfNotice?[] mail, long repliesUntil)
{
    private readonly ChangeTexts _texts = new(change, ToldDocuments.BesideColumns, Array.ConvertAll(mail, each => each?.Write()));
    private readonly byte[]?[] _told = [.. told.Select(ToldAtOnce.Write)];
    private readonly string _mailBegins = change.Messages.Count == 0 ? "" : MessageIds.BeginningOf(change.Case);

    /// <summary>True for a unit of work that no store takes.</summary>
    public bool IsTooLong => _texts.AreTooLong(beside: _told.Sum(text => text?.Length ?? 0));

    public static CaseSave Of(CaseChange whole, long repliesUntil)
    {
        var told = ToldAtOnce.With(whole);
        return new CaseSave(whole with { Inbox = [.. whole.Inbox.Except<InboxItem>(told.SelectMany(items => items), ReferenceEqualityComparer.Instance)] }, told, [.. whole.Messages.Select(message => MailOfNotice.Of(message, told))], repliesUntil);
    }

    public SaveOutcome Apply(SqliteSession session)
    {
        if (!Advance(session))
        {
            return SaveOutcome.Conflict;
        }

        SaveFile(session, change.File, _texts.File);
        Each(change.Plans, _texts.Plans, (plan, text) => SavePlan(session, plan, text));
        Each(change.Contents, _texts.Contents, (content, text) => SaveContent(session, content, text));
        Each(change.Progress, _texts.Progress, (progress, text) => SaveProgress(session, progress, text));
        Each(change.History, _texts.History, (entry, text) => AddHistory(session, entry, text));
        var earlier = AddNotices(session);
        Each(change.Inbox, _texts.Inbox, (item, text) => AddUntold(session, item, text, earlier));
        AddMessages(session, earlier);
        SaveWakes(session);

        SaveReply(session, change.Reply, _texts.Reply);
        return SaveOutcome.Saved;
    }

    /// <summary>Takes the case from its expected version to the next, with its marks where they change; false when another unit came first.</summary>
    private bool Advance(SqliteSession session)
    {
        if (change.ExpectedVersion == 0 && session.Run("INSERT INTO cases (id, version) VALUES ($case, 0) ON CONFLICT (id) DO NOTHING", change.Case) == 0)
        {
            return false;
        }

        return 1 == (_texts.Marks is null
            ? session.Run("UPDATE cases SET version = version + 1 WHERE id = $case AND version = $expected", change.Case, change.ExpectedVersion)
            : session.Run(
                "UPDATE cases SET version = version + 1, schema = $schema, marks = $marks WHERE id = $case AND version = $expected",
                StoredDocuments.Marks.Schema, _texts.Marks, change.Case, change.ExpectedVersion));
    }

    private static void SaveFile(SqliteSession session, CaseFile? file, byte[]? text)
    {
        if (file is null)
        {
            return;
        }

        if (session.One("SELECT agency FROM case_files WHERE case_id = $case", row => row.Text(0), file.Id) is { } former && former != file.Agency)
        {
            Transfer(session, file, former);
        }

        session.Run(
            """
            INSERT INTO case_files (case_id, agency, number, unit, schema, document)
            VALUES ($case, $agency, $number, $unit, $schema, $document)
            ON CONFLICT (case_id) DO UPDATE SET
                agency = excluded.agency, number = excluded.number, unit = excluded.unit, schema = excluded.schema, document = excluded.document
            """,
            file.Id, file.Agency, file.Number, file.Unit, StoredDocuments.CaseFile.Schema, text);
        session.Run("DELETE FROM assignments WHERE case_id = $case", file.Id);
        foreach (var person in StoreRules.Assigned(file))
        {
            session.Run("INSERT INTO assignments (person, case_id) VALUES ($person, $case)", person, file.Id);
        }
    }

    /// <summary>Moves what is kept beside the file by agency.</summary>
    private static void Transfer(SqliteSession session, CaseFile file, string former)
    {
        session.Run("UPDATE plans SET pending_in = $agency WHERE case_id = $case AND pending_in IS NOT NULL", file.Agency, file.Id);
        SqliteInbox.TakeBack(session, file.Id, former);
    }

    private static void SavePlan(SqliteSession session, CasePlan plan, byte[] text) => session.Run(
        """
        INSERT INTO plans (id, case_id, pending_in, schema, document)
        VALUES ($id, $case, CASE WHEN $pending THEN (SELECT agency FROM case_files WHERE case_id = $case) END, $schema, $document)
        ON CONFLICT (id) DO UPDATE SET pending_in = excluded.pending_in, schema = excluded.schema, document = excluded.document
        """,
        plan.Id, plan.Case, StoreRules.IsPendingApproval(plan), StoredDocuments.Plan.Schema, text);

    private void SaveContent(SqliteSession session, PlanContent content, byte[] text) => session.Run(
        """
        INSERT INTO plan_contents (plan_id, version, case_id, schema, document) VALUES ($plan, $version, $case, $schema, $document)
        ON CONFLICT (plan_id, version) DO UPDATE SET schema = excluded.schema, document = excluded.document
        """,
        content.Plan, content.Version, change.Case, StoredDocuments.Content.Schema, text);

    private void SaveProgress(SqliteSession session, PlanProgress progress, byte[] text) => session.Run(
        """
        INSERT INTO plan_progress (plan_id, version, case_id, schema, document) VALUES ($plan, $version, $case, $schema, $document)
        ON CONFLICT (plan_id, version) DO UPDATE SET schema = excluded.schema, document = excluded.document
        """,
        progress.Plan, progress.Version, change.Case, StoredDocuments.Progress.Schema, text);

    private static void AddHistory(SqliteSession session, HistoryEntry entry, byte[] text) => session.Run(
        "INSERT INTO history (case_id, key, schema, document) VALUES ($case, $key, $schema, $document) ON CONFLICT (case_id, key) DO NOTHING",
        entry.Case, entry.Key, StoredDocuments.History.Schema, text);

    /// <summary>Adds the notices with those they were told to at once, and names those that had been raised before; who wasn't told then is now.</summary>
    private List<string> AddNotices(SqliteSession session)
    {
        var earlier = new List<string>();
        for (var index = 0; index < change.Notices.Count; index++)
        {
            var notice = change.Notices[index];
            if (AddNotice(session, notice, _texts.Notices[index], _told[index]))
            {
                continue;
            }

            earlier.Add(notice.Key);
            foreach (var item in told[index])
            {
                AddUntold(session, item, ToldDocuments.BesideColumns.Items.Write(item), earlier);
            }
        }

        return earlier;
    }

    private static bool AddNotice(SqliteSession session, Notice notice, byte[] text, byte[]? told) => 1 == session.Run(
        """
        INSERT INTO notices (case_id, key, raised_at, schema, document, told_schema, told) VALUES ($case, $key, $raised, $schema, $document, $told_schema, $told)
        ON CONFLICT (case_id, key) DO NOTHING
        """,
        notice.Case, notice.Key, notice.RaisedAt.UtcTicks, NoticeBesideKey.Schema, text, told is null ? (long?)null : ToldAtOnce.Schema, told);

    /// <summary>Adds an item unless its person was told at once when its notice was raised, which can't be so for a notice of this unit's own.</summary>
    private void AddUntold(SqliteSession session, InboxItem item, byte[] text, List<string> earlier)
    {
        var notice = ToldAtOnce.NoticeOf(item.Key);
        if ((change.Notices.Any(each => each.Key == notice) && !earlier.Contains(notice, StringComparer.Ordinal)) || ToldAtOnce.Find(session, item.Case, item.Key) is null)
        {
            AddInboxItem(session, item, text, IsGathered(item));
        }
    }

    private void AddMessages(SqliteSession session, List<string> earlier)
    {
        for (var index = 0; index < change.Messages.Count; index++)
        {
            var message = change.Messages[index];
            var foundById = message.Id.StartsWith(_mailBegins, StringComparison.Ordinal);
            if (mail[index] is { } beside && !earlier.Contains(ToldAtOnce.NoticeOf(message.Items[0]), StringComparer.Ordinal))
            {
                SqliteOutbox.Add(session, message, _texts.Messages[index], MailOfNotice.Schema, foundById, beside.Item);
            }
            else
            {
                // Beside a notice that had been raised before its item isn't told at once.
                var text = mail[index] is null ? _texts.Messages[index] : ToldDocuments.BesideColumns.Messages.Write(message);
                SqliteOutbox.Add(session, message, text, ToldDocuments.BesideColumns.Messages.Schema, foundById);
            }
        }
    }

    /// <summary>True for an item carried by a mail that isn't of its case's own, which is a digest.</summary>
    private bool IsGathered(InboxItem item) => item.MailedIn is { } id && change.Messages.All(message => message.Id != id);

    internal static void AddInboxItem(SqliteSession session, InboxItem item, byte[] text, bool gathered)
    {
        var added = session.Run(
            """
            INSERT INTO inbox (case_id, key, agency, person, due, not_before, mailed_in, gathered, schema, document)
            VALUES ($case, $key, $agency, $person, $due, $not_before, $mailed_in, $gathered, $schema, $document)
            ON CONFLICT (case_id, key) DO NOTHING
            """,
            item.Case, item.Key, item.Agency, item.Person, SqliteRow.Text(item.Due), item.NotBefore.UtcTicks, item.MailedIn, gathered, ToldDocuments.BesideColumns.Items.Schema, text);
        if (added == 1 && item.MailedIn is null)
        {
            session.Run(
                """
                INSERT INTO inbox_people (person, agency, not_before) VALUES ($person, $agency, $not_before)
                ON CONFLICT (person, agency) DO UPDATE SET not_before = excluded.not_before WHERE excluded.not_before < not_before
                """,
                item.Person, item.Agency, item.NotBefore.UtcTicks);
        }
    }

    private void SaveWakes(SqliteSession session)
    {
        var (now, hastenedTo) = change.DecidedWith is not { } decided || change.Wakes.Count == 0 ? default : SqliteDirectory.StateOf(session, change.File?.Agency ?? decided.Agency);
        foreach (var wake in change.Wakes)
        {
            SaveWake(session, wake with { Due = StoreRules.DueAfter(wake.Due, change.DecidedWith, now, hastenedTo) });
        }
    }

    private static void SaveWake(SqliteSession session, Wake wake)
    {
        if (wake.Due is { } due)
        {
            // Most are there already, and moving one costs less than finding that it can't be added.
            if (session.Run("UPDATE wakes SET due = $due WHERE subject = $subject AND due <> $due", due.UtcTicks, wake.Subject) == 0)
            {
                session.Run("INSERT INTO wakes (subject, case_id, due) VALUES ($subject, $case, $due) ON CONFLICT (subject) DO NOTHING", wake.Subject, wake.Case, due.UtcTicks);
            }
        }
        else
        {
            session.Run("DELETE FROM wakes WHERE subject = $subject", wake.Subject);
        }
    }

    private void SaveReply(SqliteSession session, StoredReply? reply, byte[]? text)
    {
        if (reply is null)
        {
            return;
        }

        session.Run("DELETE FROM replies WHERE kept_until <= $now", repliesUntil);
        Put(session, reply, text);
    }

    internal static int Put(SqliteSession session, StoredReply reply, byte[]? text) => session.Run(
        """
        INSERT INTO replies (key, kept_until, schema, document) VALUES ($key, $kept_until, $schema, $document)
        ON CONFLICT (key) DO UPDATE SET kept_until = excluded.kept_until, schema = excluded.schema, document = excluded.document
        """,
        reply.Key, reply.KeptUntil.UtcTicks, StoredDocuments.Reply.Schema, text);

    private static void Each<T>(IReadOnlyList<T> documents, byte[][] written, Action<T, byte[]> save)
    {
        for (var index = 0; index < written.Length; index++)
        {
            save(documents[index], written[index]);
        }
    }
}
