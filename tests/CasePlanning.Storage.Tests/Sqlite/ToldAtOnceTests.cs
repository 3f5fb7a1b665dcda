using CasePlanning.Application.Ports;
using CasePlanning.Storage.Sqlite;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Sqlite;

/// <summary>Items told at once stand with their notice, and are found as if each had a row.</summary>
public sealed class ToldAtOnceTests : IAsyncLifetime
{
    private readonly SqliteFolder _folder = new();
    private readonly SqliteStore _store;

    public ToldAtOnceTests() => _store = _folder.OpenStore();

    public async Task InitializeAsync() => await _store.Cases.Save(Sample.Opened("a-1") with { Notices = [Sample.Notice("a-1", "1")], Inbox = [Told("ines")], Messages = [Mail] }, default);

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_has_no_row_and_is_found_by_its_case_and_its_mail()
    {
        Assert.Equal(0, await Rows());
        Same.As(Told("ines"), Assert.Single(await _store.Inbox.OfCase("a-1", default)));
        Same.As(Told("ines"), Assert.Single(await _store.Inbox.CarriedBy("m", default)));
        Assert.Empty(await _store.Inbox.Waiting("ines", default));
    }

    [Fact]
    public async Task What_says_otherwise_than_its_notice_or_goes_with_a_digest_has_a_row()
    {
        await _store.Cases.Save(
            Sample.Next("a-1", 1) with
            {
                Notices = [Sample.Notice("a-1", "2"), Sample.Notice("a-1", "3")],
                Inbox = [Sample.Item("a-1", "2") with { MailedIn = "n", Plan = "a-1.home" }, Sample.Item("a-1", "3") with { MailedIn = "digest" }],
                Messages = [Mail with { Id = "n" }],
            },
            default);

        Assert.Equal(2, await Rows());
        Assert.Equal("a-1.home", Assert.Single(await _store.Inbox.CarriedBy("n", default)).Plan);
        Assert.Equal(["1>ines", "2>ines", "3>ines"], (await _store.Inbox.OfCase("a-1", default)).Select(item => item.Key));
    }

    [Fact]
    public async Task Whoever_was_told_is_not_told_again_and_whoever_was_not_is()
    {
        await _store.Cases.Save(
            Sample.Next("a-1", 1) with { Notices = [Sample.Notice("a-1", "1")], Inbox = [Told("ines", "again"), Told("omar", "again")], Messages = [Mail with { Id = "again" }] }, default);
        await _store.Cases.Save(Sample.Next("a-1", 2) with { Inbox = [Sample.Item("a-1", "1"), Sample.Item("a-1", "1", "vera")] }, default);
        await _store.Inbox.Add([Sample.Item("a-1", "1"), Sample.Item("a-1", "1", "omar"), Sample.Item("a-1", "1", "zoe")], default);

        Assert.Equal(
            [("ines", "m"), ("omar", "again"), ("vera", null), ("zoe", null)],
            (await _store.Inbox.OfCase("a-1", default)).Select(item => (item.Person, item.MailedIn)));
        Assert.Single(await _store.Cases.Notices("a-1", default));
        Assert.Empty(await _store.Inbox.Waiting("ines", default));
    }

    [Fact]
    public async Task What_is_told_counts_when_a_unit_of_work_is_too_large()
    {
        var told = Sample.Item("a-1", "2") with { MailedIn = "n", Reason = new string('x', CaseChange.MostBytes) };

        var outcome = await _store.Cases.Save(
            Sample.Next("a-1", 1) with { Notices = [Sample.Notice("a-1", "2")], Inbox = [told], Messages = [Mail with { Id = "n" }] }, default);

        Assert.Equal(SaveOutcome.TooLarge, outcome);
        Assert.Single(await _store.Cases.Notices("a-1", default));
    }

    private static Message Mail { get; } = Sample.Message("m") with { Case = "a-1" };

    private static InboxItem Told(string person, string message = "m") => Sample.Item("a-1", "1", person) with { MailedIn = message };

    private Task<int> Rows() => _store.Database.Read(session => session.One("SELECT COUNT(*) FROM inbox", row => row.Int(0)), default);
}
