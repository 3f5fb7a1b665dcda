using CasePlanning.Application.Ports;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.Plans;
using CasePlanning.Storage.Documents;

namespace CasePlanning.Storage.Sqlite;

/// <summary>Saves one unit of work. Documents become text before the gate, on the caller's time; behind it there are only statements.</summary>
internal sealed class CaseSave(CaseChange change, long repliesUntil)
{
    private readonly string? _file = change.File is null ? null : StoredDocuments.CaseFile.Write(change.File);
    private readonly string? _marks = change.Marks is null ? null : StoredDocuments.Marks.Write(change.Marks);
    private readonly string? _reply = change.Reply is null ? null : StoredDocuments.Reply.Write(change.Reply);
    private readonly string[] _plans = Texts(change.Plans, StoredDocuments.Plan);
    private readonly string[] _contents = Texts(change.Contents, StoredDocuments.Content);
    private readonly string[] _progress = Texts(change.Progress, StoredDocuments.Progress);
    private readonly string[] _history = Texts(change.History, StoredDocuments.History);
    private readonly string[] _notices = Texts(change.Notices, StoredDocuments.Notice);
    private readonly string[] _inbox = Texts(change.Inbox, StoredDocuments.InboxItem);
    private readonly string[] _messages = Texts(change.Messages, StoredDocuments.Message);

    public SaveOutcome Apply(SqliteSession session)
    {
        if (!Advance(session))
        {
            return SaveOutcome.Conflict;
        }

        SaveFile(session, change.File, _file);
        SaveMarks(session, change.Marks, _marks);
        Each(change.Plans, _plans, (plan, text) => SavePlan(session, plan, text));
        Each(change.Contents, _contents, (content, text) => SaveContent(session, content, text));
        Each(change.Progress, _progress, (progress, text) => SaveProgress(session, progress, text));
        Each(change.History, _history, (entry, text) => AddHistory(session, entry, text));
        Each(change.Notices, _notices, (notice, text) => AddNotice(session, notice, text));
        Each(change.Inbox, _inbox, (item, text) => AddInboxItem(session, item, text));
        Each(change.Messages, _messages, (message, text) => SqliteOutbox.Add(session, message, text));
        foreach (var wake in change.Wakes)
        {
            SaveWake(session, wake);
        }

        SaveReply(session, change.Reply, _reply);
        return SaveOutcome.Saved;
    }

    /// <summary>Takes the case from its expected version to the next; false when another unit came first.</summary>
    private bool Advance(SqliteSession session) => change.ExpectedVersion == 0
        ? session.Run("INSERT INTO cases (id, version) VALUES ($case, 1) ON CONFLICT (id) DO NOTHING", change.Case) == 1
        : session.Run("UPDATE cases SET version = version + 1 WHERE id = $case AND version = $expected", change.Case, change.ExpectedVersion) == 1;

    private static void SaveFile(SqliteSession session, CaseFile? file, string? text)
    {
        if (file is null)
        {
            return;
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

    private void SaveMarks(SqliteSession session, Marks? marks, string? text)
    {
        if (marks is not null)
        {
            session.Run(
                """
                INSERT INTO case_marks (case_id, schema, document) VALUES ($case, $schema, $document)
                ON CONFLICT (case_id) DO UPDATE SET schema = excluded.schema, document = excluded.document
                """,
                change.Case, StoredDocuments.Marks.Schema, text);
        }
    }

    private static void SavePlan(SqliteSession session, CasePlan plan, string text) => session.Run(
        """
        INSERT INTO plans (id, case_id, pending_in, schema, document)
        VALUES ($id, $case, CASE WHEN $pending THEN (SELECT agency FROM case_files WHERE case_id = $case) END, $schema, $document)
        ON CONFLICT (id) DO UPDATE SET pending_in = excluded.pending_in, schema = excluded.schema, document = excluded.document
        """,
        plan.Id, plan.Case, StoreRules.IsPendingApproval(plan), StoredDocuments.Plan.Schema, text);

    private void SaveContent(SqliteSession session, PlanContent content, string text) => session.Run(
        """
        INSERT INTO plan_contents (plan_id, version, case_id, schema, document) VALUES ($plan, $version, $case, $schema, $document)
        ON CONFLICT (plan_id, version) DO UPDATE SET schema = excluded.schema, document = excluded.document
        """,
        content.Plan, content.Version, change.Case, StoredDocuments.Content.Schema, text);

    private void SaveProgress(SqliteSession session, PlanProgress progress, string text) => session.Run(
        """
        INSERT INTO plan_progress (plan_id, version, case_id, schema, document) VALUES ($plan, $version, $case, $schema, $document)
        ON CONFLICT (plan_id, version) DO UPDATE SET schema = excluded.schema, document = excluded.document
        """,
        progress.Plan, progress.Version, change.Case, StoredDocuments.Progress.Schema, text);

    private static void AddHistory(SqliteSession session, HistoryEntry entry, string text) => session.Run(
        "INSERT INTO history (case_id, key, schema, document) VALUES ($case, $key, $schema, $document) ON CONFLICT (case_id, key) DO NOTHING",
        entry.Case, entry.Key, StoredDocuments.History.Schema, text);

    private static void AddNotice(SqliteSession session, Notice notice, string text) => session.Run(
        """
        INSERT INTO notices (case_id, key, raised_at, schema, document) VALUES ($case, $key, $raised, $schema, $document)
        ON CONFLICT (case_id, key) DO NOTHING
        """,
        notice.Case, notice.Key, notice.RaisedAt.UtcTicks, StoredDocuments.Notice.Schema, text);

    private static void AddInboxItem(SqliteSession session, InboxItem item, string text) => session.Run(
        """
        INSERT INTO inbox (key, case_id, agency, person, due, not_before, mailed_in, schema, document)
        VALUES ($key, $case, $agency, $person, $due, $not_before, $mailed_in, $schema, $document)
        ON CONFLICT (key, case_id) DO NOTHING
        """,
        item.Key, item.Case, item.Agency, item.Person, SqliteRows.Text(item.Due), item.NotBefore.UtcTicks, item.MailedIn, StoredDocuments.InboxItem.Schema, text);

    private static void SaveWake(SqliteSession session, Wake wake)
    {
        if (wake.Due is { } due)
        {
            session.Run(
                """
                INSERT INTO wakes (subject, case_id, due) VALUES ($subject, $case, $due)
                ON CONFLICT (subject) DO UPDATE SET case_id = excluded.case_id, due = excluded.due
                """,
                wake.Subject, wake.Case, due.UtcTicks);
        }
        else
        {
            session.Run("DELETE FROM wakes WHERE subject = $subject", wake.Subject);
        }
    }

    private void SaveReply(SqliteSession session, StoredReply? reply, string? text)
    {
        if (reply is null)
        {
            return;
        }

        session.Run("DELETE FROM replies WHERE kept_until <= $now", repliesUntil);
        session.Run(
            """
            INSERT INTO replies (key, kept_until, schema, document) VALUES ($key, $kept_until, $schema, $document)
            ON CONFLICT (key) DO UPDATE SET kept_until = excluded.kept_until, schema = excluded.schema, document = excluded.document
            """,
            reply.Key, reply.KeptUntil.UtcTicks, StoredDocuments.Reply.Schema, text);
    }

    private static string[] Texts<T>(IReadOnlyList<T> documents, DocumentType<T> type)
        where T : class
    {
        var texts = documents.Count == 0 ? [] : new string[documents.Count];
        for (var index = 0; index < texts.Length; index++)
        {
            texts[index] = type.Write(documents[index]);
        }

        return texts;
    }

    private static void Each<T>(IReadOnlyList<T> documents, string[] texts, Action<T, string> save)
    {
        for (var index = 0; index < texts.Length; index++)
        {
            save(documents[index], texts[index]);
        }
    }
}
