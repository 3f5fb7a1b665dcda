using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Storage.Documents;
using CasePlanning.Storage.Sqlite;
using CasePlanning.Storage.Tests.Contract;
using Microsoft.Data.Sqlite;

namespace CasePlanning.Storage.Tests.Sqlite;

public sealed class MigrationTests : IDisposable
{
    private static readonly SqliteOptions Options = new();
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Migrations_are_numbered_from_one_without_a_gap()
    {
        var migrations = Migration.Embedded();

        Assert.Equal(Enumerable.Range(1, migrations.Count), migrations.Select(migration => migration.Number));
    }

    [Fact]
    public async Task An_older_database_is_brought_up_to_date_and_keeps_what_it_had()
    {
        await using (var before = _folder.OpenStore())
        {
            await before.Cases.Save(Sample.Opened("a-1"), default);
        }

        await using (var after = new SqliteStore(SqliteDatabase.Open(_folder.File, Options, [.. Migration.Embedded(), Next("ALTER TABLE cases ADD COLUMN note TEXT NOT NULL DEFAULT 'none'")])))
        {
            Assert.Equal("No. a-1", (await after.Cases.Find("a-1", default))!.File.Number);
            Assert.Equal("none", await after.Database.Read(session => session.One("SELECT note FROM cases WHERE id = $id", row => row.Text(0), "a-1"), default));
            Assert.Equal(Migration.Embedded().Count + 1, await Step(after));
        }
    }

    [Fact]
    public async Task What_was_told_before_notices_and_carried_items_moved_is_found_after_it()
    {
        await using (var before = new SqliteStore(SqliteDatabase.Open(_folder.File, Options, [.. Migration.Embedded().Take(6)])))
        {
            await before.Cases.Save(Sample.Opened("a-1"), default);
            await Add(before, Sample.Notice("a-1", "2"));
            await Add(before, Sample.Notice("a-1", "1"));
            foreach (var (item, message) in new[] { (Sample.Item("a-1", "1"), "digest"), (Sample.Item("a-1", "2"), null) })
            {
                await before.Database.Write(
                    session => session.Run(
                        "INSERT INTO inbox VALUES ($case, $key, $agency, $person, $due, $not_before, $message, 1, $document)",
                        item.Case, item.Key, item.Agency, item.Person, SqliteRow.Text(item.Due), item.NotBefore.UtcTicks, message, StoredDocuments.InboxItem.Write(item)),
                    default);
            }

            await Add(before, Sample.Message("m"));
        }

        await using var after = _folder.OpenStore();
        Assert.Equal(["1", "2"], (await after.Cases.Notices("a-1", default)).Select(notice => notice.Key));
        Assert.Equal(["1>ines"], (await after.Inbox.CarriedBy("digest", default)).Select(item => item.Key));
        Assert.Equal(["2>ines"], (await after.Inbox.Waiting("ines", default)).Select(item => item.Key));
        Assert.Single(await after.Outbox.Waiting(Sample.Noon, 10, default));
    }

    [Fact]
    public async Task Marks_and_items_of_before_they_moved_into_one_tree_are_found_after_it()
    {
        var marks = """{"byOccurrence":{"occurrence~1":{"counted":"2026-03-02","due":"2026-03-02","round":1,"done":0,"outcome":"none","early":false}}}""";
        await using (var before = new SqliteStore(SqliteDatabase.Open(_folder.File, Options, [.. Migration.Embedded().Take(7)])))
        {
            await before.Cases.Save(Sample.Opened("unmarked"), default);
            await before.Cases.Save(Sample.Opened("a-1"), default);
            await Add(before, Sample.Item("a-1", "1"));
            await Add(before, Sample.Item("a-1", "2") with { MailedIn = "m" });
            await Add(before, Sample.Item("a-1", "3") with { MailedIn = "digest" }, gathered: true);
            await Add(before, Sample.Notice("a-1", "1"));
            await Add(before, Sample.Message("m") with { Case = "a-1" });
            await before.Database.Write(
                session => session.Run("INSERT INTO case_marks VALUES ($case, 1, $document)", "a-1", marks), default);
        }

        await using var after = _folder.OpenStore();
        Assert.Equal("occurrence~1", Assert.Single((await after.Cases.Find("a-1", default))!.Marks.ByOccurrence).Key);
        Assert.Empty((await after.Cases.Find("unmarked", default))!.Marks.ByOccurrence);
        Assert.Equal(SaveOutcome.Saved, await after.Cases.Save(Sample.Next("a-1", 1) with { Marks = Marks.None }, default));
        Assert.Empty((await after.Cases.Find("a-1", default))!.Marks.ByOccurrence);
        Assert.Single(await after.Cases.Notices("a-1", default));
        Assert.Equal(["1>ines"], (await after.Inbox.Waiting("ines", default)).Select(item => item.Key));
        Assert.Equal(["2>ines"], (await after.Inbox.CarriedBy("m", default)).Select(item => item.Key));
        Assert.Equal(["3>ines"], (await after.Inbox.CarriedBy("digest", default)).Select(item => item.Key));
        Assert.Single(await after.Outbox.Waiting(Sample.Noon, 10, default));
    }

    [Fact]
    public async Task What_stands_in_columns_is_read_from_them_whether_or_not_an_older_document_says_it_too()
    {
        var (notice, item, message) = (Sample.Notice("a-1", "1"), Sample.Item("a-1", "1"), Sample.Message("m") with { Case = "a-1" });
        await using var store = _folder.OpenStore();
        await store.Cases.Save(Sample.Opened("a-1") with { Notices = [notice], Inbox = [item], Messages = [message] }, default);
        foreach (var repeats in new[] { false, true })
        {
            Assert.Equal(repeats ? 3 : 0, await store.Database.Read(Repeating, default));
            Same.As(notice, Assert.Single(await store.Cases.Notices("a-1", default)));
            Same.As(item, Assert.Single(await store.Inbox.Waiting("ines", default)));
            Same.As(message, Assert.Single(await store.Outbox.Waiting(Sample.Noon, 10, default)));
            await store.Database.Write(
                session => session.Run("UPDATE notices SET document = $document", StoredDocuments.Notice.Write(notice with { RaisedAt = Sample.Noon.AddDays(1) }))
                    + session.Run("UPDATE inbox SET document = $document", StoredDocuments.InboxItem.Write(item with { NotBefore = Sample.Noon.AddDays(1) }))
                    + session.Run("UPDATE messages SET document = $document", StoredDocuments.Message.Write(message with { State = MessageState.Dead })),
                default);
        }

        static int Repeating(SqliteSession session) => session.One(
            """
            SELECT (SELECT COUNT(*) FROM notices WHERE document LIKE '%"raisedAt"%') + (SELECT COUNT(*) FROM inbox WHERE document LIKE '%"person"%')
                + (SELECT COUNT(*) FROM messages WHERE document LIKE '%"state"%')
            """,
            row => row.Int(0));
    }

    [Fact]
    public async Task Mail_that_waited_before_its_order_changed_is_tried_after_it()
    {
        await using (var before = new SqliteStore(SqliteDatabase.Open(_folder.File, Options, [.. Migration.Embedded().Take(8)])))
        {
            await Add(before, Sample.Message("at once"));
            await Add(before, Sample.Message("put off", Sample.Noon.AddMinutes(1)));
            await Add(before, Sample.Message("sent") with { State = MessageState.Sent });
        }

        await using var after = _folder.OpenStore();
        Assert.Equal(["at once"], (await after.Outbox.Waiting(Sample.Noon, 10, default)).Select(message => message.Id));
        Assert.Equal(["at once", "put off"], (await after.Outbox.Waiting(Sample.Noon.AddMinutes(1), 10, default)).Select(message => message.Id));
        Assert.Equal(Sample.Noon, await after.Outbox.Earliest(default));
    }

    [Fact]
    public async Task Mail_about_a_case_is_found_whether_it_was_stored_before_ids_named_cases_or_after()
    {
        var begins = MessageIds.BeginningOf("a-1");
        await using (var before = new SqliteStore(SqliteDatabase.Open(_folder.File, Options, [.. Migration.Embedded().Take(10)])))
        {
            await before.Cases.Save(Sample.Opened("a-1"), default);
            await Add(before, Sample.Message("older") with { Case = "a-1" });
            await Add(before, Sample.Message("digest"));
        }

        await using var after = _folder.OpenStore();
        await after.Cases.Save(
            Sample.Next("a-1", 1) with { Messages = [Sample.Message($"{begins}1") with { Case = "a-1" }, Sample.Message("named otherwise") with { Case = "a-1" }] }, default);
        await after.Cases.Save(Sample.Opened("a-2") with { Messages = [Sample.Message($"{begins}2") with { Case = "a-2" }] }, default);

        Assert.Equal([$"{begins}1", "named otherwise", "older"], (await after.Outbox.List("sample", default, caseId: "a-1")).Select(message => message.Id).Order(StringComparer.Ordinal));
        Assert.Equal([$"{begins}2"], (await after.Outbox.List("sample", default, caseId: "a-2")).Select(message => message.Id));
        Assert.Equal(3, await after.Database.Read(session => session.One("SELECT COUNT(*) FROM messages WHERE case_id IS NOT NULL AND found_by_id = 0", row => row.Int(0)), default));
    }

    [Fact]
    public async Task Mail_about_a_case_is_found_whose_id_begins_as_ids_did_before_they_stood_in_the_order_of_cases()
    {
        const string Begins = "dc43bd82dac0a1cf";
        Assert.NotEqual(Begins, MessageIds.BeginningOf("a-1"));
        await using (var before = new SqliteStore(SqliteDatabase.Open(_folder.File, Options, [.. Migration.Embedded().Take(12)])))
        {
            await before.Cases.Save(Sample.Opened("a-1"), default);
            await Add(before, Sample.Message($"{Begins}1") with { Case = "a-1" });
            await before.Database.Write(session => session.Run("UPDATE messages SET found_by_id = 1"), default);
        }

        await using var after = _folder.OpenStore();
        await after.Cases.Save(Sample.Next("a-1", 1) with { Messages = [Sample.Message($"{MessageIds.BeginningOf("a-1")}2") with { Case = "a-1" }] }, default);

        Assert.Equivalent(new[] { $"{Begins}1", $"{MessageIds.BeginningOf("a-1")}2" }, (await after.Outbox.List("sample", default, caseId: "a-1")).Select(message => message.Id), strict: true);
    }

    [Fact]
    public async Task Mail_listed_by_its_agency_before_what_waits_was_listed_apart_is_listed_and_tried_after_it()
    {
        await using (var before = new SqliteStore(SqliteDatabase.Open(_folder.File, Options, [.. Migration.Embedded().Take(13)])))
        {
            await Add(before, Sample.Message("at once"));
            await Add(before, Sample.Message("of another", agency: "other"));
            await Add(before, Sample.Message("put off", Sample.Noon.AddMinutes(1)));
            await Add(before, Sample.Message("sent") with { State = MessageState.Sent });
        }

        await using var after = _folder.OpenStore();
        Assert.Equal(["sent", "put off", "at once"], (await after.Outbox.List("sample", default)).Select(message => message.Id));
        Assert.Equal(["put off", "at once"], (await after.Outbox.List("sample", default, MessageState.Waiting)).Select(message => message.Id));
        Assert.Equal(["at once", "of another"], (await after.Outbox.Waiting(Sample.Noon, 10, default)).Select(message => message.Id));
    }

    [Fact]
    public async Task Items_told_at_once_before_they_stood_with_their_notices_are_found_after_it_and_not_added_again()
    {
        var told = Sample.Item("a-1", "1") with { MailedIn = "m" };
        await using (var before = new SqliteStore(SqliteDatabase.Open(_folder.File, Options, [.. Migration.Embedded().Take(11)])))
        {
            await before.Cases.Save(Sample.Opened("a-1"), default);
            await Add(before, Sample.Message("m") with { Case = "a-1" });
            await Add(before, Sample.Notice("a-1", "1"));
            await Add(before, told);
        }

        await using var after = _folder.OpenStore();
        await after.Cases.Save(
            Sample.Next("a-1", 1) with { Notices = [Sample.Notice("a-1", "1")], Inbox = [told with { MailedIn = "n" }], Messages = [Sample.Message("n") with { Case = "a-1" }] }, default);

        Same.As(told, Assert.Single(await after.Inbox.OfCase("a-1", default)));
        Same.As(told, Assert.Single(await after.Inbox.CarriedBy("m", default)));
        Assert.Single(await after.Cases.Notices("a-1", default));
    }

    [Fact]
    public async Task Opening_again_applies_nothing_twice()
    {
        for (var time = 0; time < 2; time++)
        {
            await using var store = _folder.OpenStore();
            Assert.Equal(Migration.Embedded().Count, await Step(store));
        }
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_database_as_it_was()
    {
        await using (var before = _folder.OpenStore())
        {
            await before.Cases.Save(Sample.Opened("a-1"), default);
        }

        Assert.Throws<SqliteException>(() =>
            SqliteDatabase.Open(_folder.File, Options, [.. Migration.Embedded(), Next("ALTER TABLE cases ADD COLUMN note TEXT; DROP TABLE nothing;")]));

        await using var after = _folder.OpenStore();
        Assert.NotNull(await after.Cases.Find("a-1", default));
        Assert.Equal(0, await after.Database.Read(session => session.One("SELECT COUNT(*) FROM pragma_table_info('cases') WHERE name = 'note'", row => row.Int(0)), default));
    }

    [Fact]
    public async Task A_database_of_a_newer_release_is_refused_with_a_sentence()
    {
        await using (new SqliteStore(SqliteDatabase.Open(_folder.File, Options, [.. Migration.Embedded(), Next("SELECT 1")])))
        {
        }

        var refused = Assert.Throws<InvalidDataException>(() => _folder.OpenStore());

        Assert.Contains("was written by a newer release", refused.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.File, refused.Message, StringComparison.Ordinal);
    }

    private static Migration Next(string sql)
    {
        var number = Migration.Embedded().Count + 1;
        return new Migration(number, $"{number:D4}_made_up", sql);
    }

    private static Task<int> Step(SqliteStore store) =>
        store.Database.Read(session => session.One("SELECT COUNT(*) FROM schema_migrations", row => row.Int(0)), default);

    /// <summary>Stores a notice as releases did whose rows had these columns.</summary>
    private static Task<int> Add(SqliteStore store, Notice notice) => store.Database.Write(
        session => session.Run(
            "INSERT INTO notices (case_id, key, raised_at, schema, document) VALUES ($case, $key, $raised, 1, $document)",
            notice.Case, notice.Key, notice.RaisedAt.UtcTicks, StoredDocuments.Notice.Write(notice)),
        default);

    /// <summary>Stores an item as releases did that gave each a row.</summary>
    private static Task<int> Add(SqliteStore store, InboxItem item, bool gathered = false) => store.Database.Write(
        session => session.Run(
            """
            INSERT INTO inbox (case_id, key, agency, person, due, not_before, mailed_in, gathered, schema, document)
            VALUES ($case, $key, $agency, $person, $due, $not_before, $mailed_in, $gathered, 1, $document)
            """,
            item.Case, item.Key, item.Agency, item.Person, SqliteRow.Text(item.Due), item.NotBefore.UtcTicks, item.MailedIn, gathered, StoredDocuments.InboxItem.Write(item)),
        default);

    /// <summary>Stores a message as releases did whose rows had these columns.</summary>
    private static Task<int> Add(SqliteStore store, Message message) => store.Database.Write(
        session => session.Run(
            """
            INSERT INTO messages (id, agency, case_id, state, attempts, next_attempt, stored_at, schema, document)
            VALUES ($id, $agency, $case, $state, 0, $next_attempt, $stored_at, 2, $document)
            """,
            message.Id, message.Agency, message.Case, message.State == MessageState.Sent ? "sent" : "waiting", message.NextAttempt.UtcTicks, message.StoredAt.UtcTicks,
            StoredDocuments.Message.Write(message)),
        default);
}
