using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.People;
using CasePlanning.Storage.Documents;
using CasePlanning.Storage.Sqlite;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Sqlite;

/// <summary>A mail that says what stands with a notice names it, and is read as it was stored.</summary>
public sealed class MailOfNoticeTests : IDisposable
{
    private const string Key = "a-1~default.initial~child:daniel~opening-1~1~1~+1~Worker~assigned";
    private static readonly MailTexts Texts = new(new MailSettings("https://plans.county.example", "plans.test"));
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string?, string?, string?, string?> Beside => new()
    {
        { null, null, null, null },
        { "a-1.home", null, null, null },
        { "a-1.home", "a-1.home.v1.1", "your supervisor is away until 2 March", "00-c0ffee-c0ffee-01" },
    };

    [Theory]
    [MemberData(nameof(Beside))]
    public async Task It_is_read_as_it_was_stored_wherever_it_is_asked_for(string? plan, string? request, string? because, string? trace)
    {
        await using var store = _folder.OpenStore();
        var (item, mail) = Told(item => item with { Plan = plan, Request = request, Because = because }, mail => mail with { Trace = trace });
        await Save(store, item, mail);

        Assert.Equal(1, await Named(store));
        Same.As(mail, await store.Outbox.Find(mail.Id, default));
        Same.As(mail, Assert.Single(await store.Outbox.Waiting(Sample.Noon, 10, default)));
        Same.As(mail, Assert.Single(await store.Outbox.List("sample", default)));
        Same.As(mail, Assert.Single(await store.Outbox.List("sample", default, caseId: "a-1")));
        Same.As(item, Assert.Single(await store.Inbox.CarriedBy(mail.Id, default)));

        var sent = mail with { State = MessageState.Sent, SentAt = Sample.Noon, Attempts = 1, Address = "new@county.example", Revision = 1 };
        Assert.True(await store.Outbox.Update(sent, default));
        Same.As(sent, Assert.Single(await store.Outbox.List("sample", default, MessageState.Sent)));
    }

    public static TheoryData<string> Otherwise => ["subject", "because", "words", "link", "items", "about", "kind"];

    [Theory]
    [MemberData(nameof(Otherwise))]
    public async Task One_that_says_anything_else_is_stored_whole(string what)
    {
        await using var store = _folder.OpenStore();
        var (item, mail) = Told(item => item, mail => what switch
        {
            "subject" => mail with { Subject = "Another" },
            "because" => mail with { Because = "it was passed on" },
            "words" => mail with { Body = new MailBody(null, [.. mail.Body.Parts, new MailPart.Paragraph("And more.")]) },
            "link" => mail with { Body = new MailBody(null, [(MailPart.Overdue)mail.Body.Parts[0] with { Address = "https://plans.county.example/elsewhere" }]) },
            "items" => mail with { Items = [.. mail.Items, "a-1~another>ines"] },
            "about" => mail with { About = "another" },
            _ => mail with { Kind = MessageKind.Assignment },
        });
        await Save(store, item, mail);

        Assert.Equal(0, await Named(store));
        Same.As(mail, await store.Outbox.Find(mail.Id, default));
    }

    [Fact]
    public async Task One_beside_a_notice_that_was_raised_before_is_stored_whole()
    {
        await using var store = _folder.OpenStore();
        var (item, mail) = Told(item => item, mail => mail);
        await store.Cases.Save(Sample.Opened("a-1") with { Notices = [Notice] }, default);
        await store.Cases.Save(Sample.Next("a-1", 1) with { Notices = [Notice], Inbox = [item], Messages = [mail] }, default);

        Assert.Equal(0, await Named(store));
        Same.As(mail, await store.Outbox.Find(mail.Id, default));
        Same.As(item, Assert.Single(await store.Inbox.CarriedBy(mail.Id, default)));
    }

    [Fact]
    public async Task One_that_was_stored_before_is_read_after_it()
    {
        var (_, mail) = Told(item => item, mail => mail);
        await using (var before = new SqliteStore(SqliteDatabase.Open(_folder.File, new SqliteOptions(), [.. Migration.Embedded().Take(14)])))
        {
            await before.Cases.Save(Sample.Opened("a-1"), default);
            await before.Database.Write(
                session => session.Run(
                    """
                    INSERT INTO messages (id, agency, case_id, address, state, attempts, next_attempt, stored_at, schema, document)
                    VALUES ($id, 'sample', 'a-1', $address, 'waiting', 0, $stored_at, $stored_at, 2, $document)
                    """,
                    mail.Id, mail.Address, mail.StoredAt.UtcTicks, StoredDocuments.Message.Write(mail)),
                default);
        }

        await using var after = _folder.OpenStore();
        Same.As(mail, await after.Outbox.Find(mail.Id, default));
    }

    private static Notice Notice => Sample.Notice("a-1", Key) with { Step = "+1" };

    /// <summary>An item told at once with the notice, and the mail that carries it.</summary>
    private static (InboxItem Item, Message Mail) Told(Func<InboxItem, InboxItem> item, Func<Message, Message> mail)
    {
        var told = item(Sample.Item("a-1", Key) with { Step = "+1" });
        var message = mail(Texts.Overdue(told, new Person { Id = "ines", Agency = "sample", Name = "Ines", Email = "ines@county.example", Roles = [] }, 1, "assigned"));
        return (told with { MailedIn = message.Id }, message);
    }

    private static Task<SaveOutcome> Save(SqliteStore store, InboxItem item, Message mail) =>
        store.Cases.Save(Sample.Opened("a-1") with { Notices = [Notice with { Plan = item.Plan }], Inbox = [item], Messages = [mail] }, default);

    private static Task<int> Named(SqliteStore store) =>
        store.Database.Read(session => session.One("SELECT COUNT(*) FROM messages WHERE told IS NOT NULL", row => row.Int(0)), default);
}
