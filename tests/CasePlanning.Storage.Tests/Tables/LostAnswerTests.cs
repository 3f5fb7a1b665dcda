using CasePlanning.Application.Ports;
using CasePlanning.Storage.Memory;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Tables;

/// <summary>A transaction takes place, its answer is lost, and the client of the service sends it again: it then meets what it wrote itself.</summary>
public sealed class LostAnswerTests
{
    private readonly InMemoryTableService _service = new(TimeProvider.System);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Whichever_answers_are_lost_every_act_is_done_once(int each)
    {
        await using var memory = new InMemoryStore();
        var tables = new TablesStore(new Repeating(_service, (_, transaction) => transaction % each == 0));
        foreach (var act in Act.All)
        {
            await act.Do(memory);
            await act.Do(tables);
        }

        Assert.Equal(await Answers.Of(memory), await Answers.Of(tables));
    }

    [Fact]
    public async Task A_unit_that_was_saved_is_saved_also_for_the_caller()
    {
        Assert.Equal(SaveOutcome.Saved, await Losing("cases").Cases.Save(Sample.Opened("a-1") with { Wakes = [Sample.Wake("a-1", Sample.Noon)] }, default));
        Assert.Equal(SaveOutcome.Saved, await Losing("cases").Cases.Save(Sample.Next("a-1", 1) with { History = [Sample.Entry("a-1", "2.1")] }, default));

        Assert.Equal(2, (await new TablesStore(_service).Cases.Find("a-1", default))!.Version);
    }

    [Fact]
    public async Task A_unit_that_was_saved_is_saved_also_when_others_were_saved_after_it()
    {
        await new TablesStore(_service).Cases.Save(Sample.Opened("a-1"), default);
        var losing = Losing("cases", async () =>
        {
            for (var version = 2; version < 6; version++)
            {
                Assert.Equal(SaveOutcome.Saved, await new TablesStore(_service).Cases.Save(Sample.Next("a-1", version), default));
            }
        });

        Assert.Equal(SaveOutcome.Saved, await losing.Cases.Save(Sample.Next("a-1", 1), default));
    }

    [Fact]
    public async Task A_unit_that_came_second_is_in_conflict_however_alike_the_two_are()
    {
        await new TablesStore(_service).Cases.Save(Sample.Opened("a-1"), default);
        var second = new TablesStore(new Interposed(_service, () => new TablesStore(_service).Cases.Save(Sample.Next("a-1", 1), default)));

        Assert.Equal(SaveOutcome.Conflict, await second.Cases.Save(Sample.Next("a-1", 1), default));
    }

    [Fact]
    public async Task A_person_who_was_saved_is_saved_also_for_the_caller()
    {
        var store = new TablesStore(_service);
        await store.Directory.Save(Sample.Agency(), default);

        Assert.Equal(SaveOutcome.Saved, await Losing("directory").Directory.Save(Sample.Person("ines"), default));
        Assert.Equal(SaveOutcome.Saved, await Losing("directory").Directory.Save(Sample.Person("ines", revision: 2) with { Email = "new@county.example" }, default));
        Assert.Equal(SaveOutcome.Conflict, await store.Directory.Save(Sample.Person("ines", revision: 2) with { Email = "new@county.example" }, default));
    }

    /// <summary>Over a service that loses the answer to the first transaction of a table.</summary>
    private TablesStore Losing(string table, Func<Task>? meanwhile = null)
    {
        var transactions = 0;
        return new(new Repeating(_service, (each, _) => each == table && transactions++ == 0, meanwhile));
    }

    /// <summary>Sends transactions again after they took place, and gives the second answer.</summary>
    private sealed class Repeating(ITableService inner, Func<string, int, bool> isToBe, Func<Task>? meanwhile = null) : ITableService
    {
        private int _transactions;

        public Task<TableRow?> Get(string table, string partition, string key, CancellationToken ct) => inner.Get(table, partition, key, ct);

        public Task<TablePage> Query(TableQuery query, CancellationToken ct) => inner.Query(query, ct);

        public Task<string?> PartitionAfter(string table, string name, CancellationToken ct) => inner.PartitionAfter(table, name, ct);

        public async Task<TableResult> Submit(string table, string partition, IReadOnlyList<TableAction> actions, CancellationToken ct)
        {
            var answer = await inner.Submit(table, partition, actions, ct);
            if (answer.Outcome != TableOutcome.Done || !isToBe(table, _transactions++))
            {
                return answer;
            }

            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            return await inner.Submit(table, partition, actions, ct);
        }
    }

    /// <summary>Has something done before the first transaction of a case.</summary>
    private sealed class Interposed(ITableService inner, Func<Task> first) : ITableService
    {
        private bool _isDone;

        public Task<TableRow?> Get(string table, string partition, string key, CancellationToken ct) => inner.Get(table, partition, key, ct);

        public Task<TablePage> Query(TableQuery query, CancellationToken ct) => inner.Query(query, ct);

        public Task<string?> PartitionAfter(string table, string name, CancellationToken ct) => inner.PartitionAfter(table, name, ct);

        public async Task<TableResult> Submit(string table, string partition, IReadOnlyList<TableAction> actions, CancellationToken ct)
        {
            if (table == "cases" && !_isDone)
            {
                _isDone = true;
                await first();
            }

            return await inner.Submit(table, partition, actions, ct);
        }
    }
}
