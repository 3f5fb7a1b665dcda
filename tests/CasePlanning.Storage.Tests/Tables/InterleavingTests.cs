using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Tables;

/// <summary>
/// One writer has saved and is about to take away the index rows that it made wrong; before it does, another puts back what was before,
/// and needs the very rows again.
/// </summary>
public sealed class InterleavingTests
{
    private static readonly DateTimeOffset Noon = Sample.Noon;

    private readonly InMemoryTableService _service = new(TimeProvider.System);
    private readonly TablesStore _other;

    public InterleavingTests() => _other = new TablesStore(_service);

    [Fact]
    public async Task A_case_that_goes_back_to_what_it_was_stays_listed()
    {
        await _other.Cases.Save(Unit(0, "sample", "ines", VersionStatus.PendingApproval, Noon), default);

        await While(
            () => _other.Cases.Save(Unit(2, "sample", "ines", VersionStatus.PendingApproval, Noon), default),
            store => store.Cases.Save(Unit(1, "other", "raul", VersionStatus.Draft, Noon.AddDays(1)), default));

        Assert.Single(await _other.Cases.Cases("sample", default));
        Assert.Single(await _other.Cases.Cases("sample", default, "ines"));
        Assert.Single(await _other.Cases.PlansPendingApproval("sample", default));
        Assert.Single(await _other.Wakes.Due(Noon, 10, default));
        await ExpectNothingMissing();
    }

    [Fact]
    public async Task A_message_that_is_released_at_once_is_tried_again()
    {
        await _other.Outbox.Add(Sample.Message("m"), default);

        await While(
            () => _other.Outbox.Update(Sample.Message("m") with { Revision = 2 }, default),
            store => store.Outbox.Update(Sample.Message("m") with { State = MessageState.Dead, Revision = 1 }, default));

        Assert.Single(await _other.Outbox.Waiting(Noon, 10, default));
        await ExpectNothingMissing();
    }

    [Fact]
    public async Task An_item_that_is_raised_anew_after_a_transfer_waits()
    {
        await _other.Cases.Save(Sample.Opened("a-1") with { Inbox = [Sample.Item("a-1", "1")] }, default);

        await While(
            () => _other.Cases.Save(Sample.Next("a-1", 2) with { File = Sample.File("a-1"), Inbox = [Sample.Item("a-1", "1") with { RaisedAt = Noon.AddTicks(1) }] }, default),
            store => store.Cases.Save(Sample.Next("a-1", 1) with { File = Sample.File("a-1", "other") }, default));

        Assert.Single(await _other.Inbox.Waiting("ines", default));
        Assert.Single(await _other.Inbox.PeopleWaiting(Noon, 10, default));
        await ExpectNothingMissing();
    }

    [Fact]
    public async Task A_person_who_takes_an_address_back_is_found_by_it()
    {
        await _other.Directory.Save(Sample.Agency(), default);
        await _other.Directory.Save(Sample.Person("ines"), default);

        await While(
            () => _other.Directory.Save(Sample.Person("ines", revision: 3), default),
            store => store.Directory.Save(Sample.Person("ines", revision: 2) with { Email = "new@county.example" }, default));

        Assert.NotNull(await _other.Directory.FindPerson("ines@county.example", default));
        await ExpectNothingMissing();
    }

    private static CaseChange Unit(long version, string agency, string person, VersionStatus status, DateTimeOffset due) => Sample.Next("a-1", version) with
    {
        File = Sample.File("a-1", agency, Sample.Assignment("s", person)),
        Plans = [Sample.Plan("a-1", status)],
        Wakes = [Sample.Wake("a-1", due)],
    };

    private async Task While(Func<Task> other, Func<TablesStore, Task> one)
    {
        var service = new Interposing(_service, other);
        await one(new TablesStore(service));
        Assert.True(service.HasInterposed);
    }

    private async Task ExpectNothingMissing() => Assert.Equal(0, (await _other.Repair(null, int.MaxValue, Noon, default)).Added);

    /// <summary>Has something done before the first index row is taken away.</summary>
    private sealed class Interposing(ITableService inner, Func<Task> other) : ITableService
    {
        public bool HasInterposed { get; private set; }

        public Task<TableRow?> Get(string table, string partition, string key, CancellationToken ct) => inner.Get(table, partition, key, ct);

        public Task<TablePage> Query(TableQuery query, CancellationToken ct) => inner.Query(query, ct);

        public Task<string?> PartitionAfter(string table, string name, CancellationToken ct) => inner.PartitionAfter(table, name, ct);

        public async Task<TableResult> Submit(string table, string partition, IReadOnlyList<TableAction> actions, CancellationToken ct)
        {
            if (!HasInterposed && table == "caseindex" && actions[0] is TableAction.Delete)
            {
                HasInterposed = true;
                await other();
            }

            return await inner.Submit(table, partition, actions, ct);
        }
    }
}
