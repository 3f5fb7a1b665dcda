using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;

namespace CasePlanning.Storage.Tests.Tables;

/// <summary>Something is saved while it is being read row by row: what is read is of one version.</summary>
public sealed class TornReadTests
{
    private readonly InMemoryTableService _service = new(TimeProvider.System);
    private readonly TablesStore _writer;

    public TornReadTests() => _writer = new TablesStore(_service);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public async Task A_case_is_of_one_version(int rows, int version)
    {
        await _writer.Cases.Save(Unit(0, 700_000), default);

        var found = await new TablesStore(new Slow(_service, rows, () => _writer.Cases.Save(Unit(1, 1_200_000), default))).Cases.Find("a-1", default);

        Assert.Equal((version, $"{version}", $"{version}"), (found!.Version, found.File.Number[^1..], found.Plans[0].Versions[0].CreatedBy));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_plan_version_is_of_one_write(int rows)
    {
        await _writer.Cases.Save(Sample.Opened("a-1") with { Contents = [Content('a')] }, default);

        var found = await new TablesStore(new Slow(_service, rows, () => _writer.Cases.Save(Sample.Next("a-1", 1) with { Contents = [Content('b')] }, default))).Cases.FindContent("a-1.placed", 1, default);

        Assert.Equal(['b'], found!.Appropriateness.Distinct());

        static PlanContent Content(char character) => new() { Plan = "a-1.placed", Version = 1, Appropriateness = new string(character, 2_500_000) };
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_directory_is_of_one_revision(int rows)
    {
        await _writer.Directory.Save(Sample.Agency(), default);
        await _writer.Directory.Save(Sample.Person("ines"), default);

        var found = await new TablesStore(new Slow(_service, rows, () => _writer.Directory.Save(Sample.Person("ines", revision: 2) with { Name = "new" }, default))).Directory.Find("sample", default);

        Assert.Equal((3, "new"), (found!.Revision, found.Person("ines")!.Name));
    }

    private static CaseChange Unit(long version, int length) => new()
    {
        Case = "a-1",
        ExpectedVersion = version,
        File = Sample.File("a-1") with { Number = new string('x', length) + (version + 1) },
        Plans = [Sample.Plan("a-1") with { Versions = [Sample.Plan("a-1").Versions[0] with { CreatedBy = $"{version + 1}" }] }],
    };

    /// <summary>Gives one row a page, and has something saved after a number of them.</summary>
    private sealed class Slow(ITableService inner, int rows, Func<Task> save) : ITableService
    {
        private int _left = rows;

        public Task<TableRow?> Get(string table, string partition, string key, CancellationToken ct) => inner.Get(table, partition, key, ct);

        public async Task<TablePage> Query(TableQuery query, CancellationToken ct)
        {
            var page = await inner.Query(query with { Most = 1 }, ct);
            if (--_left == 0)
            {
                await save();
            }

            return page;
        }

        public Task<string?> PartitionAfter(string table, string name, CancellationToken ct) => inner.PartitionAfter(table, name, ct);

        public Task<TableResult> Submit(string table, string partition, IReadOnlyList<TableAction> actions, CancellationToken ct) => inner.Submit(table, partition, actions, ct);
    }
}
