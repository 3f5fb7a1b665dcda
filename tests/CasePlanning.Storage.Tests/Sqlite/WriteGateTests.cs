using CasePlanning.Application.Ports;
using CasePlanning.Storage.Sqlite;
using CasePlanning.Storage.Tests.Contract;
using Microsoft.Data.Sqlite;

namespace CasePlanning.Storage.Tests.Sqlite;

public sealed class WriteGateTests : IAsyncLifetime
{
    private readonly SqliteFolder _folder = new();
    private readonly ManualResetEventSlim _open = new();
    private readonly SqliteStore _store;

    public WriteGateTests() => _store = _folder.OpenStore(new SqliteOptions { UnitsPerCommit = 64 });

    private SqliteDatabase Database => _store.Database;

    public async Task InitializeAsync() => await Database.Write(session => session.Run("CREATE TABLE turns (turn INTEGER NOT NULL PRIMARY KEY)"), default);

    public async Task DisposeAsync()
    {
        _open.Set();
        await _store.DisposeAsync();
        _folder.Dispose();
        _open.Dispose();
    }

    [Fact]
    public async Task Writers_take_turns_in_the_order_in_which_they_came_and_share_commits_up_to_the_limit()
    {
        var turns = new List<(int Turn, int Committed)>();
        var all = new List<Task> { await CloseGate() };
        for (var turn = 0; turn <= 1_000; turn++)
        {
            var mine = turn;
            all.Add(Database.Write(
                session =>
                {
                    turns.Add((mine, Committed()));
                    return session.Run("INSERT INTO turns VALUES ($turn)", mine);
                },
                default));
        }

        _open.Set();
        await Task.WhenAll(all);

        Assert.Equal(Enumerable.Range(0, 1_001), turns.Select(each => each.Turn));
        Assert.All(turns, each => Assert.InRange(each.Committed, each.Turn - 63, each.Turn));
        Assert.True(turns.Select(each => each.Committed).Distinct().Count() <= 17, "a thousand units in groups of 64 are about 16 commits");
    }

    [Fact]
    public async Task Those_who_wait_with_a_unit_of_their_own_share_the_commits_of_a_loops_batches()
    {
        var turns = new List<(int Turn, int Committed)>();
        var all = new List<Task> { await CloseGate() };
        all.AddRange(Enumerable.Range(0, 3).Select(batch => Database.WriteTogether([.. Enumerable.Range(100 * (batch + 1), 10).Select(Turn)], default)));
        all.AddRange(Enumerable.Range(0, 70).Select(turn => Database.Write(Turn(turn), default)));

        _open.Set();
        await Task.WhenAll(all);

        // Who holds the gate closed is one of the 64 who share the first commit.
        Assert.Equal([.. Enumerable.Range(0, 63), .. Enumerable.Range(100, 10), .. Enumerable.Range(63, 7), .. Enumerable.Range(200, 10), .. Enumerable.Range(300, 10)], turns.Select(each => each.Turn));
        Assert.Equal([0, 63, 80, 90], turns.Select(each => each.Committed).Distinct());

        Func<SqliteSession, int> Turn(int turn) => session =>
        {
            turns.Add((turn, Committed()));
            return session.Run("INSERT INTO turns VALUES ($turn)", turn);
        };
    }

    [Fact]
    public async Task Units_of_one_commit_see_the_directory_as_those_before_them_left_it()
    {
        await _store.Directory.Save(Sample.Agency(), default);
        await _store.Cases.Save(Sample.Opened("a-1"), default);
        await _store.Cases.Save(Sample.Opened("a-2"), default);
        var decidedWith = new DirectoryState("sample", (await _store.Directory.Find("sample", default))!.Revision);
        var all = new List<Task> { await CloseGate() };
        all.Add(_store.Cases.Save(Sample.Next("a-1", 1) with { DecidedWith = decidedWith, Wakes = [Sample.Wake("a-1", Sample.Noon.AddDays(9))] }, default));
        all.Add(_store.Directory.Save(Sample.Unit("intake"), default, hasten: Sample.Noon));
        all.Add(_store.Cases.Save(Sample.Next("a-2", 1) with { DecidedWith = decidedWith, Wakes = [Sample.Wake("a-2", Sample.Noon.AddDays(9))] }, default));

        _open.Set();
        await Task.WhenAll(all);

        Assert.Equal(Sample.Noon, (await _store.Wakes.Find("case:a-1", default))?.Due);
        Assert.Equal(Sample.Noon, (await _store.Wakes.Find("case:a-2", default))?.Due);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public async Task Who_comes_while_a_batch_is_applied_is_committed_before_the_rest_of_it_once_the_loop_has_got_on(int comesAt)
    {
        const int Person = 1000;
        var turns = new List<(int Turn, int Committed)>();
        Task<int>? person = null;
        var gate = await CloseGate();
        var batch = Database.WriteTogether([.. Enumerable.Range(1, 64).Select(Turn)], default);

        _open.Set();
        await Task.WhenAll(gate, batch);
        await person!;

        var before = Math.Max(comesAt, 16);
        Assert.Equal([.. Enumerable.Range(1, before), Person, .. Enumerable.Range(before + 1, 64 - before)], turns.Select(each => each.Turn));
        Assert.Equal([0, before + 1], turns.Select(each => each.Committed).Distinct());

        Func<SqliteSession, int> Turn(int turn) => session =>
        {
            turns.Add((turn, Committed()));
            person = turn == comesAt ? Database.Write(Turn(Person), default) : person;
            return session.Run("INSERT INTO turns VALUES ($turn)", turn);
        };
    }

    [Fact]
    public async Task A_unit_of_a_batch_that_throws_fails_alone_and_its_batch_says_so()
    {
        var gate = await CloseGate();
        var batch = Database.WriteTogether<int>(
            [
                session => session.Run("INSERT INTO turns VALUES ($turn)", 1),
                _ => throw new InvalidDataException("Half done"),
                session => session.Run("INSERT INTO turns VALUES ($turn)", 3),
            ],
            default);
        _open.Set();

        await gate;
        await Assert.ThrowsAsync<InvalidDataException>(() => batch);
        Assert.Equal([1, 3], await Turns());
    }

    [Fact]
    public async Task A_write_is_on_disk_when_its_task_completes()
    {
        for (var turn = 0; turn < 20; turn++)
        {
            await Insert(turn);
            Assert.Equal(turn + 1, Committed());
        }
    }

    [Fact]
    public async Task A_unit_that_throws_in_the_middle_fails_alone_and_leaves_nothing_behind()
    {
        var gate = await CloseGate();
        var before = Insert(1);
        var failing = Database.Write<int>(
            session =>
            {
                session.Run("INSERT INTO turns VALUES ($turn)", 2);
                throw new InvalidDataException("Half done");
            },
            default);
        var broken = Database.Write(session => session.Run("INSERT INTO turns VALUES ($a), ($b)", 3, 1), default);
        var after = Insert(4);
        _open.Set();

        await Task.WhenAll(gate, before, after);
        await Assert.ThrowsAsync<InvalidDataException>(() => failing);
        await Assert.ThrowsAsync<SqliteException>(() => broken);
        Assert.Equal([1, 4], await Turns());
    }

    [Fact]
    public async Task A_writer_who_gave_up_while_waiting_is_skipped()
    {
        using var cancel = new CancellationTokenSource();
        var gate = await CloseGate();
        var skipped = Database.Write(session => session.Run("INSERT INTO turns VALUES (1)"), cancel.Token);
        var after = Insert(2);
        await cancel.CancelAsync();
        _open.Set();

        await Task.WhenAll(gate, after);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => skipped);
        Assert.Equal([2], await Turns());
    }

    [Fact]
    public async Task Closing_finishes_what_was_queued_and_then_takes_no_more()
    {
        var gate = await CloseGate();
        var queued = Enumerable.Range(0, 200).Select(Insert).ToArray();
        var closing = _store.DisposeAsync();
        _open.Set();

        await closing;
        Assert.All([gate, .. queued], task => Assert.True(task.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Insert(1_000));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _store.Cases.Find("a-1", default));
        Assert.False(File.Exists(_folder.File + "-wal"), "the log is folded into the file");
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task Readers_do_not_wait_for_the_writer()
    {
        await _store.Cases.Save(Sample.Opened("a-1"), default);
        var gate = await CloseGate();

        Assert.NotNull(await _store.Cases.Find("a-1", default));
        Assert.False(gate.IsCompleted);

        _open.Set();
        await gate;
    }

    [Fact]
    public async Task A_case_saved_by_another_process_is_a_conflict_here()
    {
        await _store.Cases.Save(Sample.Opened("a-1"), default);
        await using var other = _folder.OpenStore();

        Assert.Equal(SaveOutcome.Saved, await other.Cases.Save(Sample.Next("a-1", 1), default));
        Assert.Equal(SaveOutcome.Conflict, await _store.Cases.Save(Sample.Next("a-1", 1), default));
        Assert.Equal(SaveOutcome.Saved, await _store.Cases.Save(Sample.Next("a-1", 2), default));
    }

    /// <summary>Holds the writer until the gate is opened, so that what is queued meanwhile is known.</summary>
    private async Task<Task<int>> CloseGate()
    {
        var held = new TaskCompletionSource();
        var gate = Database.Write(
            _ =>
            {
                held.TrySetResult();
                _open.Wait();
                return 0;
            },
            default);
        await held.Task;
        return gate;
    }

    private Task<int> Insert(int turn) => Database.Write(session => session.Run("INSERT INTO turns VALUES ($turn)", turn), default);

    private int Committed() => Database.Read(session => session.One("SELECT COUNT(*) FROM turns", row => row.Int(0)), default).Result;

    private Task<List<int>> Turns() => Database.Read(session => session.Many("SELECT turn FROM turns ORDER BY turn", row => row.Int(0)), default);
}
