using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Storage.Sqlite;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Sqlite;

/// <summary>Every statement finds its rows by an index, so that a million cases cost what ten thousand do.</summary>
public sealed class QueryPlanTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = Sample.Noon;
    private readonly SqliteFolder _folder = new();
    private readonly SqliteStore _store;

    public QueryPlanTests() => _store = _folder.OpenStore();

    /// <summary>Tables that are short or read whole by purpose, lists handed in as a value, and the entries of mail to be tried at once, which are few but for a morning.</summary>
    private static readonly string[] MayBeScanned = ["SCAN messages USING INDEX messages_waiting", "SCAN json_each", "SCAN agencies", "SCAN directory_revision", "SCAN schema_migrations", "SCAN (subquery"];

    public async Task InitializeAsync() => await CallEverything();

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task No_statement_scans_a_table()
    {
        foreach (var sql in _store.Database.KnownSql.ToArray())
        {
            var plan = await Plan(sql);
            var scans = plan.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal) && !MayBeScanned.Any(allowed => step.StartsWith(allowed, StringComparison.Ordinal)));
            Assert.True(!scans.Any(), $"{sql}\n{string.Join('\n', plan)}");
        }
    }

    [Theory]
    [InlineData("FROM wakes WHERE due", "wakes_by_due")]
    [InlineData("SELECT MIN(due)", "wakes_by_due")]
    [InlineData("FROM inbox_people WHERE not_before", "inbox_people_by_morning")]
    [InlineData("SELECT MIN(not_before) FROM inbox_people", "inbox_people_by_morning")]
    [InlineData("FROM inbox WHERE person = $person AND mailed_in IS NULL ORDER", "inbox_waiting")]
    [InlineData("next_attempt = stored_at AND stored_at <= $now", "messages_waiting")]
    [InlineData("next_attempt <> stored_at AND next_attempt <= $now", "messages_put_off")]
    [InlineData("SELECT MIN(next_attempt)", "messages_waiting")]
    [InlineData("SELECT MIN(next_attempt)", "messages_put_off")]
    [InlineData("WHERE unheard = 1", "messages_unheard")]
    [InlineData("FROM inbox WHERE mailed_in = $message AND gathered", "inbox_mailed")]
    [InlineData("FROM plans WHERE pending_in", "plans_pending")]
    public async Task What_is_due_waiting_or_pending_is_read_along_its_index(string query, string index)
    {
        var sql = Assert.Single(_store.Database.KnownSql, known => known.ReplaceLineEndings(" ").Contains(query, StringComparison.Ordinal));

        Assert.Contains(await Plan(sql), step => step.StartsWith("SEARCH", StringComparison.Ordinal) && step.Contains($"INDEX {index}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mail_about_a_case_is_found_by_its_ids_and_what_has_other_ids_by_the_case()
    {
        var sql = Assert.Single(_store.Database.KnownSql, known => known.Contains("id >= $first", StringComparison.Ordinal));

        var plan = await Plan(sql);

        Assert.Contains(plan, step => step.EndsWith("sqlite_autoindex_messages_1 (id>? AND id<?)", StringComparison.Ordinal));
        Assert.Contains(plan, step => step.EndsWith("messages_by_case (case_id=?)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("FROM wakes WHERE due")]
    [InlineData("FROM case_files WHERE agency = $agency AND case_id > $last")]
    [InlineData("FROM inbox_people WHERE not_before")]
    public async Task What_is_claimed_needs_no_sorting(string query)
    {
        var sql = Assert.Single(_store.Database.KnownSql, known => known.Contains(query, StringComparison.Ordinal));

        Assert.DoesNotContain(await Plan(sql), step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    /// <summary>A morning's 100,000 mails are taken a few hundred at a time; sorting those that wait each time would cost their number squared.</summary>
    [Fact]
    public async Task Mail_to_be_tried_at_once_is_read_in_the_order_of_its_index()
    {
        var sql = Assert.Single(_store.Database.KnownSql, known => known.Contains("next_attempt = stored_at AND stored_at <= $now", StringComparison.Ordinal));

        var atOnce = (await Plan(sql)).TakeWhile(step => step != "UNION ALL").ToArray();

        Assert.Contains(atOnce, step => step.Contains("INDEX messages_waiting (stored_at<?)", StringComparison.Ordinal));
        Assert.DoesNotContain(atOnce, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    /// <summary>A morning's mail of one agency doesn't hold up the list of another.</summary>
    [Fact]
    public async Task Mail_of_an_agency_is_told_from_what_waits_of_others_by_its_entries()
    {
        var sql = Assert.Single(_store.Database.KnownSql, known => known.Contains("agency = $agency ORDER BY stored_at DESC, id DESC", StringComparison.Ordinal) && !known.Contains("'waiting' ORDER", StringComparison.Ordinal));

        var plan = await Plan(sql);

        Assert.Contains(plan, step => step.Contains("INDEX messages_waiting", StringComparison.Ordinal));
        Assert.Contains(plan, step => step.Contains("INDEX messages_by_agency (agency=?)", StringComparison.Ordinal));
    }

    private Task<List<string>> Plan(string sql) => _store.Database.Read(
        session =>
        {
            var explain = "EXPLAIN QUERY PLAN " + sql;
            var values = new SqliteValue[sql.Split('$').Skip(1).Select(after => new string([.. after.TakeWhile(letter => char.IsLetterOrDigit(letter) || letter == '_')])).Distinct(StringComparer.Ordinal).Count()];
            return session.Many(explain, row => row.Text(3), values);
        },
        default);

    private async Task CallEverything()
    {
        await _store.Directory.Save(Sample.Agency(), default);
        await _store.Directory.Save(Sample.Unit("intake"), default);
        await _store.Directory.Save(Sample.Person("ines"), default, hasten: Noon);
        await _store.Directory.Agencies(default);
        await _store.Directory.Find("sample", default);
        await _store.Directory.FindPerson("ines", default);
        await _store.Cases.Save(
            Sample.Opened("a-1") with
            {
                File = Sample.File("a-1", facts: [Sample.Assignment("s", "ines")]),
                Plans = [Sample.Plan("a-1", VersionStatus.PendingApproval)],
                Contents = [new PlanContent { Plan = "a-1.placed", Version = 1 }],
                Progress = [new PlanProgress { Plan = "a-1.placed", Version = 1 }],
                Marks = new(),
                History = [Sample.Entry("a-1", "1")],
                Notices = [Sample.Notice("a-1", "1")],
                Inbox = [Sample.Item("a-1", "1")],
                Messages = [Sample.Message("m") with { Case = "a-1" }],
                Wakes = [Sample.Wake("a-1", Noon), Sample.Wake("a-1", null, "p")],
                Reply = Sample.Reply("r"),
            },
            default);
        await _store.Cases.Save(Sample.Next("a-1", 1) with { DecidedWith = new("sample", 1), Wakes = [Sample.Wake("a-1", Noon)] }, default);
        await _store.Cases.Find("a-1", default);
        await _store.Cases.Find(["a-1"], default);
        Assert.Equal(1, await _store.Cases.Each("sample", default).CountAsync());
        await _store.Cases.FindContent("a-1.placed", 1, default);
        await _store.Cases.FindProgress("a-1.placed", 1, default);
        await _store.Cases.FindReply("r", Noon, default);
        await _store.Cases.History("a-1", default);
        await _store.Cases.Notices("a-1", default);
        await _store.Cases.Cases("sample", default);
        await _store.Cases.Cases("sample", default, "ines");
        await _store.Cases.PlansPendingApproval("sample", default);
        await _store.Wakes.Due(Noon, 10, default);
        await _store.Wakes.Earliest(default);
        await _store.Wakes.Find("case:a-1", default);
        await _store.Inbox.PeopleWaiting(Noon, 10, default);
        await _store.Inbox.Earliest(default);
        await _store.Inbox.Waiting("ines", default);
        await _store.Inbox.Postpone(["1>ines"], Noon.AddDays(1), default);
        await _store.Inbox.MarkMailed(["1>ines"], "m", default);
        await _store.Inbox.Add([Sample.Item("a-1", "2")], default);
        await _store.Inbox.CarriedBy("m", default);
        await _store.Inbox.OfCase("a-1", default);
        await _store.Outbox.Find("m", default);
        await _store.Outbox.Unheard(default);
        await _store.Outbox.Waiting(Noon, 10, default);
        await _store.Outbox.Earliest(default);
        await _store.Outbox.Update(Sample.Message("m") with { Revision = 1 }, default);
        await _store.Calendars.Save(new CalendarFeed("sample", "ines", "c0ffee", Noon), default);
        await _store.Calendars.Find("ines", default);
        await _store.Calendars.FindByToken("c0ffee", default);
        await _store.Calendars.Remove("ines", default);
        foreach (var state in new MessageState?[] { null, MessageState.Waiting, MessageState.Sent, MessageState.Dead })
        {
            await _store.Outbox.List("sample", default, state);
            await _store.Outbox.List("sample", default, state, "a-1");
        }

        await _store.Cases.Save(Sample.Next("a-1", 2) with { Inbox = [Sample.Item("a-1", "2")] }, default);
        await _store.Cases.Save(Sample.Next("a-1", 3) with { File = Sample.File("a-1", "other") }, default);
    }
}
